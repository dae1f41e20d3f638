import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findTool } from "./tool.ts";
import { formatToolError } from "./tool-error.ts";

const spec = {
  name: "loom",
  executables: ["loom-new", "loom"],
  overrides: ["BITLOOM_LOOM"],
  versionArguments: ["--version"],
  versionPattern: /loom (\d+\.\d+)/,
  neededFor: "weaving",
  howToGet: "apt-get install loom",
};

const bin = mkdtempSync(join(tmpdir(), "bitloom-tool-"));
function fake(name: string, script: string): string {
  const file = join(bin, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}
const loom = fake("loom", 'echo "WARNING: old"; echo "this is loom 4.2 of 2026"');
writeFileSync(join(bin, "loom-new"), "not executable");
const environment = { PATH: `/nowhere:${bin}:/bin` };

test("finds the first executable on PATH and reads its version", async () => {
  expect(await findTool(spec, environment)).toEqual({ name: "loom", path: loom, version: "4.2" });
});

test("an override by path or by name wins", async () => {
  const mine = fake("my-loom", "echo some other words");
  const found = { name: "loom", path: mine, version: "some other words" };
  expect(await findTool(spec, { ...environment, BITLOOM_LOOM: mine })).toEqual(found);
  expect(await findTool(spec, { ...environment, BITLOOM_LOOM: "my-loom" })).toEqual(found);
});

test("says where it looked and how to get it", async () => {
  await expect(findTool(spec, { PATH: "/nowhere" })).rejects.toThrow(
    `error[tool-missing] find loom for weaving: looked for loom-new, loom on PATH (no BITLOOM_LOOM is set), found none
  hint: apt-get install loom`,
  );
  await expect(findTool(spec, { ...environment, BITLOOM_LOOM: "warp" })).rejects.toThrow(
    "looked for warp as BITLOOM_LOOM says",
  );
});

test("a tool that does not start is an error", async () => {
  const broken = fake("broken", "echo in line 1; echo no thread; exit 1");
  await expect(findTool(spec, { ...environment, BITLOOM_LOOM: broken })).rejects.toThrow(
    "does not tell its version: no thread",
  );
});

test("a ToolError shows the command as one can paste it", () => {
  const text = formatToolError({
    reason: "failed",
    step: "csynth",
    message: "exited with 1",
    command: ["/opt/my tools/vitis_hls", "-f", "it's.tcl"],
    log: "logs/csynth.log",
    lines: ["ERROR: no"],
    hint: "Read the log.",
  });
  expect(text).toBe(`error[tool-failed] csynth: exited with 1
  | ERROR: no
  command: '/opt/my tools/vitis_hls' -f 'it'\\''s.tcl'
  log: logs/csynth.log
  hint: Read the log.`);
});
