/** Folders that are gone after the test, or after the tests of the file. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, onTestFinished } from "vitest";

const make = () => mkdtempSync(join(tmpdir(), "bitloom-"));
const remove = (folder: string) => rmSync(folder, { recursive: true, force: true });

export function temporaryFolder(): string {
  const folder = make();
  onTestFinished(() => remove(folder));
  return folder;
}

/** For all tests of the file. */
export function keptFolder(): string {
  const folder = make();
  afterAll(() => remove(folder));
  return folder;
}
