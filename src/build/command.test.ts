import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../test/tools/temporary.ts";
import { runCommand } from "./command.ts";

it("loses no line of a command that is done before its start has been noted", async () => {
  const folder = temporaryFolder();
  const log = join(folder, "quick.log");
  const lines: string[] = [];
  await runCommand({
    step: "quick",
    path: process.execPath,
    arguments: ["-e", "console.log('first'); console.log('last')"],
    folder,
    log,
    timeoutSeconds: 60,
    hint: "",
    onStart: () => new Promise((resolve) => setTimeout(resolve, 500)),
    onLine: (line) => lines.push(line),
  });
  expect(lines).toEqual(["first", "last"]);
  expect(readFileSync(log, "utf8")).toBe("first\nlast\n");
});
