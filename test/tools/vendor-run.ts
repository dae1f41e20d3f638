/** `bitloom` in a folder, with the stand-ins of AMD's tools on the PATH. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { packageFile } from "../../src/package-root.ts";

const environment = {
  ...process.env,
  PATH: `${packageFile("test/fake-tools")}:${process.env["PATH"]}`,
  FAKE_XILINX_VERSION: "2024.1",
};

export const runIn =
  (folder: string) =>
  (args: readonly string[], env: Record<string, string> = {}) =>
    execa(process.execPath, [packageFile("dist/cli/main.js"), ...args], {
      cwd: folder,
      env: { ...environment, ...env },
      extendEnv: false,
      reject: false,
    });

/** What a build gave, without dates and times. */
export function resultsOf(project: string) {
  const report = JSON.parse(readFileSync(join(project, "reports/build.json"), "utf8"));
  return { ...report, created: undefined };
}
