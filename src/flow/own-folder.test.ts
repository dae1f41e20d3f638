import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ToolError } from "../build/tool-error.ts";
import { inOwnFolder } from "./own-folder.ts";

const failure = (what: { log?: string; hint?: string; reason?: "cancelled" }) =>
  new ToolError({ reason: "failed", step: "compile", message: "exited with 1", hint: "", ...what });

/** Whether the folder of work that ends like this is still there, and what was told. */
async function after(end: (folder: string) => { report: { equivalent: boolean } }) {
  let made = "";
  const told = await inOwnFolder("test", async (folder) => {
    made = folder;
    writeFileSync(join(folder, "a.cpp"), "");
    return end(folder);
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
  ["a tool is missing", () => failure({}), false],
  ["a tool left a log", (folder: string) => failure({ log: join(folder, "compile.log") }), true],
  ["a hint names it", (folder: string) => failure({ hint: `Report ${folder}.` }), true],
  ["the user had enough", (folder: string) => failure({ log: join(folder, "run.log"), reason: "cancelled" }), false],
  ["anything else fails", () => new Error("no"), false],
])("where %s", async (_, error, kept) => {
  const thrown = (folder: string) => {
    throw error(folder);
  };
  expect((await after(thrown)).kept).toBe(kept);
});
