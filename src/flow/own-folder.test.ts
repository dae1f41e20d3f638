import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ToolError } from "../build/tool-error.ts";
import { inOwnFolder } from "./own-folder.ts";

const failure = (log?: string) =>
  new ToolError({ reason: "failed", step: "compile", message: "exited with 1", hint: "", ...(log && { log }) });

/** Whether the folder of work that ends like this is still there, and what was told. */
async function after(end: () => { report: { equivalent: boolean } }) {
  let made = "";
  const told = await inOwnFolder("test", async (folder) => {
    made = folder;
    writeFileSync(join(folder, "a.cpp"), "");
    return end();
  }).catch(() => undefined);
  const kept = existsSync(made);
  rmSync(made, { recursive: true, force: true });
  return { kept, told: told?.folder === made };
}

test("only a folder that tells what is wrong is kept", async () => {
  expect(await after(() => ({ report: { equivalent: true } }))).toEqual({ kept: false, told: false });
  expect(await after(() => ({ report: { equivalent: false } }))).toEqual({ kept: true, told: true });
});

test.each([
  ["a tool is missing", failure(), false],
  ["a tool left a log", failure("compile.log"), true],
  ["anything else fails", new Error("no"), false],
])("where %s", async (_, error, kept) => {
  const thrown = () => {
    throw error;
  };
  expect((await after(thrown)).kept).toBe(kept);
});
