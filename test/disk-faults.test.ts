/** Disks that are full or read-only: small file systems in memory, which only root can mount. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exampleModel } from "./tools/example-model.ts";
import { keptFolder } from "./tools/temporary.ts";
import { resultsOf, runIn } from "./tools/vendor-run.ts";

const folder = keptFolder();
const disk = join(folder, "disk");
const model = join(folder, "tiny.json");
const start = runIn(folder);
const mount = (...words: string[]) => spawnSync("mount", [...words, disk]).status === 0;

mkdirSync(disk);
const canMount = mount("-t", "tmpfs", "-o", "size=64k", "tmpfs");
const title = canMount ? "a disk" : "a disk (skipped: only root can mount one for the test)";

describe.skipIf(!canMount)(title, () => {
  beforeAll(async () => {
    writeFileSync(model, exampleModel());
    expect((await start(["build", model, "-o", "calm"])).exitCode).toBe(0);
  });
  afterAll(() => spawnSync("umount", [disk]));

  /** From one that has no room for the sources to one that is full in the last step. */
  test.each([64, 150, 250, 350, 450])(
    "that is full at %i KiB says so, and with more room the build goes on",
    async (size) => {
      const project = join(disk, `full-${size}`);
      expect(mount("-o", `remount,size=${size}k`)).toBe(true);
      const full = await start(["build", model, "-o", project]);
      expect([1, 2], full.stderr).toContain(full.exitCode);
      expect(full.stderr).toMatch(/error\[[a-z-]+\]/);
      expect(full.stderr).not.toMatch(/\n {4}at /);
      expect(mount("-o", "remount,size=64m")).toBe(true);
      const after = await start(["build", model, "-o", project]);
      expect(after.exitCode, after.stderr).toBe(0);
      expect(resultsOf(project)).toEqual(resultsOf(join(folder, "calm")));
      spawnSync("rm", ["-r", project]);
    },
  );

  test("that turns read-only says so", async () => {
    const project = join(disk, "sealed");
    expect(mount("-o", "remount,size=64m")).toBe(true);
    expect((await start(["build", model, "-o", project, "--until", "csynth"])).exitCode).toBe(0);
    expect(mount("-o", "remount,ro")).toBe(true);
    const sealed = await start(["build", project]);
    expect(sealed.exitCode).toBe(1);
    expect(sealed.stderr).toMatch(/sealed[\s\S]*read-only/);
    expect(mount("-o", "remount,rw")).toBe(true);
    const after = await start(["build", project]);
    expect(after.exitCode, after.stderr).toBe(0);
    expect(resultsOf(project)).toEqual(resultsOf(join(folder, "calm")));
  });
});
