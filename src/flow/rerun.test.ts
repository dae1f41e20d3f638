import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { rerunOnChange } from "./rerun.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bitloom-rerun-"));
});
afterEach(() => rm(folder, { recursive: true }));

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const until = async (condition: () => boolean) => {
  while (!condition()) await pause(10);
};

it("runs again once for a burst of changes, and cancels what is running", async () => {
  const stop = new AbortController();
  const runs: string[] = [];
  const bursts: number[] = [];
  const work = async (signal: AbortSignal) => {
    runs.push("started");
    // The second run is long, and is cancelled by a change.
    for (let i = 0; runs.length === 2 && i < 500 && !signal.aborted; i++) await pause(10);
    if (signal.aborted) runs.push("cancelled");
  };
  let ready = false;
  const loop = rerunOnChange(work, {
    folders: [folder],
    matters: (file) => file.endsWith(".json"),
    signal: stop.signal,
    quiet: 100,
    onChange: (files) => bursts.push(files.length),
    onReady: () => {
      ready = true;
    },
  });
  await until(() => ready && runs.length === 1);
  await writeFile(join(folder, "notes.txt"), "does not matter");
  for (const name of ["a", "b", "c"]) await writeFile(join(folder, `${name}.json`), "1");
  await until(() => runs.length === 2);
  await writeFile(join(folder, "a.json"), "2");
  await until(() => runs.length === 4);
  stop.abort();
  await loop;
  expect(runs).toEqual(["started", "started", "cancelled", "started"]);
  expect(bursts).toEqual([3, 1]);
});
