import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { attemptWrite, hasContent, readJson, writeWhole } from "./files.ts";

const folder = mkdtempSync(join(tmpdir(), "bitloom-disk-"));

test("writes a whole file into a new folder", async () => {
  const file = join(folder, "deep", "a.json");
  await writeWhole(file, '{"a":1}');
  expect(readFileSync(file, "utf8")).toBe('{"a":1}');
  expect(readdirSync(join(folder, "deep"))).toEqual(["a.json"]);
  expect(await hasContent(file, Buffer.from('{"a":1}'))).toBe(true);
  expect(await readJson(file)).toEqual({ a: 1 });
  await writeWhole(file, '{"a":');
  expect(await readJson(file)).toBeUndefined();
});

test("nothing is left where a file cannot be written", async () => {
  await writeWhole(join(folder, "taken/inside"), "");
  await expect(writeWhole(join(folder, "taken"), "")).rejects.toThrow("it is a folder");
  expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test.runIf(existsSync("/dev/full"))("a full disk is a diagnostic", async () => {
  await expect(attemptWrite("x.log", () => appendFileSync("/dev/full", "x"))).rejects.toThrow(
    "error[unwritable-file] x.log: cannot write the file: the disk is full",
  );
});
