import { execFile } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockFolder } from "./lock.ts";
import type { Step } from "./plan.ts";
import { makePlan } from "./plan.ts";
import type { RunEvent } from "./run.ts";
import { run } from "./run.ts";
import { ToolError } from "./tool-error.ts";

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "bitloom-run-")), "ä build");
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const node = { name: "node", path: process.execPath, version: process.version };
const step = (name: string, script: string, rest: Partial<Step> = {}): Step => ({
  name,
  tool: node,
  arguments: ["-e", script],
  inputs: [],
  products: [],
  timeoutSeconds: 30,
  ...rest,
});
const copy = (name: string, from: string, to: string) =>
  step(name, `fs.writeFileSync("${to}", fs.readFileSync("${from}", "utf8") + "!")`, { inputs: [from], products: [to] });

const chain = (text: string) => makePlan(new Map([["a", text]]), [copy("first", "a", "b"), copy("second", "b", "c")]);
const read = (path: string) => readFileSync(join(folder, path), "utf8");

async function states(plan: ReturnType<typeof makePlan>): Promise<string[]> {
  const seen: RunEvent[] = [];
  await run(plan, folder, { onEvent: (event) => seen.push(event) });
  return seen.flatMap((event) => (event.kind === "step" ? `${event.step} ${event.state}` : []));
}

const failureOf = async (plan: ReturnType<typeof makePlan>, signal?: AbortSignal) => {
  const error = await run(plan, folder, signal ? { signal } : {}).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ToolError);
  return (error as ToolError).details;
};

test("runs what is not done, and only that", async () => {
  const all = ["first started", "first finished", "second started", "second finished"];
  expect(await states(chain("1"))).toEqual(all);
  expect(read("c")).toBe("1!!");
  expect(await states(chain("1"))).toEqual(["first up to date", "second up to date"]);
  expect(await states(chain("2"))).toEqual(all);
  rmSync(join(folder, "c"));
  expect(await states(chain("2"))).toEqual(["first up to date", "second started", "second finished"]);
});

test("leaves a file whose bytes are the same alone, and removes one that is no longer planned", async () => {
  const files: [string, string][] = [
    ["same", "1"],
    ["other", "1"],
    ["deep/gone", "1"],
  ];
  await run(makePlan(new Map(files)), folder);
  const before = statSync(join(folder, "same")).mtimeMs;
  writeFileSync(join(folder, "mine"), "a user's file");
  const written: RunEvent[] = [];
  const changed = new Map([
    ["same", "1"],
    ["other", "2"],
  ]);
  await run(makePlan(changed), folder, { onEvent: (event) => written.push(event) });
  expect(written).toEqual([{ kind: "files", written: ["other"], total: 2 }]);
  expect(statSync(join(folder, "same")).mtimeMs).toBe(before);
  expect(existsSync(join(folder, "deep/gone"))).toBe(false);
  expect(read("mine")).toBe("a user's file");
});

test("a failing step quotes the lines that matter, and the next run continues there", async () => {
  const script = `console.log("reading"); console.error("ERROR: [HLS 1] it broke"); process.exit(3)`;
  const details = await failureOf(makePlan(chain("1").files, [copy("first", "a", "b"), step("second", script)]));
  expect(details).toMatchObject({ reason: "failed", step: "second", exitCode: 3, message: "exited with 3" });
  expect(details.lines).toEqual(["ERROR: [HLS 1] it broke"]);
  expect(readFileSync(details.log as string, "utf8")).toBe("reading\nERROR: [HLS 1] it broke\n");
  expect(await states(chain("1"))).toEqual(["first up to date", "second started", "second finished"]);
});

test("a step that exits with 0 without its product has failed", async () => {
  const details = await failureOf(makePlan(new Map(), [step("empty", "0", { products: ["x"] })]));
  expect(details.message).toBe("exited with 0, but did not make x");
});

test("a tool that cannot be started is a ToolError", async () => {
  const tool = { ...node, path: join(folder, "nowhere") };
  expect((await failureOf(makePlan(new Map(), [step("start", "", { tool })]))).message).toContain(
    "could not be started",
  );
});

/** Starts a grandchild that writes its number to `pid` and never ends. */
const FOREVER = `
  const { spawn } = require("node:child_process");
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" });
  fs.writeFileSync("pid", String(child.pid));`;

const waitFor = async (done: () => boolean) => {
  for (let i = 0; i < 3000 && !done(); i++) await setTimeout(10);
  expect(done()).toBe(true);
};
const alive = (pid: number) => {
  try {
    // A process that has ended but that nobody has waited for counts as ended.
    return process.kill(pid, 0) && !/ Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};

test("a timeout ends the whole process group", async () => {
  const details = await failureOf(makePlan(new Map(), [step("hang", FOREVER, { timeoutSeconds: 1 })]));
  expect(details).toMatchObject({ reason: "timeout", message: "still ran after 1 s, and was ended" });
  await waitFor(() => !alive(Number(read("pid"))));
});

test("an abort ends the whole process group", async () => {
  const abort = new AbortController();
  const failing = failureOf(makePlan(new Map(), [step("hang", FOREVER)]), abort.signal);
  await waitFor(() => existsSync(join(folder, "pid")) && read("pid") !== "");
  abort.abort();
  expect((await failing).reason).toBe("cancelled");
  await waitFor(() => !alive(Number(read("pid"))));
});

test("a folder has one builder at a time", async () => {
  const notes = join(folder, ".bitloom");
  const first = await lockFolder(notes);
  await expect(run(chain("1"), folder)).rejects.toThrow("another Bitloom is working in this folder");
  await first?.release();
  await run(chain("1"), folder);
  expect(readdirSync(notes).filter((name) => name.startsWith("claim"))).toEqual([]);
});

test("of many builders that start at once never two have the folder", async () => {
  const locks = await Promise.all(Array.from({ length: 6 }, () => lockFolder(folder)));
  expect(locks.filter(Boolean).length).toBeLessThanOrEqual(1);
});

/** A builder in a process of its own, which runs an endless step. */
const BUILDER = `
  import { makePlan } from "${new URL("../../dist/build/plan.js", import.meta.url)}";
  import { run } from "${new URL("../../dist/build/run.js", import.meta.url)}";
  const tool = { name: "node", path: process.execPath, version: "1" };
  const step = { name: "hang", tool, arguments: ["-e", process.argv[2]], inputs: [], products: ["x"], timeoutSeconds: 60 };
  await run(makePlan(new Map(), [step]), process.argv[1]);`;

test("after kill -9 nothing is left running, and the next builder completes", async () => {
  const builder = execFile(process.execPath, ["--input-type=module", "-e", BUILDER, folder, FOREVER]);
  await waitFor(() => existsSync(join(folder, "pid")) && read("pid") !== "");
  const orphan = Number(read("pid"));
  builder.kill("SIGKILL");
  await new Promise((resolve) => builder.once("exit", resolve));
  await waitFor(() => !alive(orphan));
  expect(await states(chain("1"))).toContain("second finished");
});

test("a folder that Bitloom did not make is refused and stays as it is", async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "thesis.tex"), "");
  await expect(run(chain("1"), folder)).rejects.toThrow("error[foreign-folder]");
  expect(readdirSync(folder)).toEqual(["thesis.tex"]);
});

test("a folder that cannot be written is a diagnostic", async () => {
  writeFileSync(folder, "");
  await expect(run(chain("1"), folder)).rejects.toThrow(`error[unwritable-file] ${folder}`);
});

test.skipIf(process.getuid?.() === 0)("a read-only folder is a diagnostic", async () => {
  mkdirSync(folder);
  chmodSync(folder, 0o500);
  await expect(run(chain("1"), folder)).rejects.toThrow("permission denied");
});
