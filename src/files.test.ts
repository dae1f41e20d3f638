import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  attemptWrite,
  checkFolderWritable,
  checkWritable,
  hasContent,
  makeFolder,
  readJson,
  writeWhole,
} from "./files.ts";

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

test("makes folders, also at the same time as others do", async () => {
  const deep = join(folder, "a/b/c/d");
  await Promise.all(Array.from({ length: 8 }, () => makeFolder(deep)));
  expect(readdirSync(join(folder, "a/b/c"))).toEqual(["d"]);
});

/** Node's own mkdir never ends in /proc. */
const PLACES = ["/dev/null", "/dev/null/x", ...(existsSync("/proc/self") ? ["/proc/x", "/proc/x/y"] : [])];

test.each(PLACES)("%s is no place for a folder", async (place) => {
  const problem = `error[unwritable-file] ${place}: cannot write into the folder: `;
  await expect(makeFolder(place)).rejects.toThrow(problem);
  await expect(checkFolderWritable(place)).rejects.toThrow(problem);
  await expect(checkWritable(join(place, "file"))).rejects.toThrow(`error[unwritable-file] ${place}/file: `);
});

test("a check before the work leaves nothing", async () => {
  await makeFolder(join(folder, "results"));
  await checkFolderWritable(join(folder, "results/new/deep"));
  await checkWritable(join(folder, "results/logits.npy"));
  await checkWritable(undefined);
  expect(readdirSync(join(folder, "results"))).toEqual([]);
  await expect(checkWritable(join(folder, "results"))).rejects.toThrow("it is a folder");
  await expect(checkWritable(join(folder, "absent/logits.npy"))).rejects.toThrow("there is no such file or folder");
});
