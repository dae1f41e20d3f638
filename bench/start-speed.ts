import { execFileSync } from "node:child_process";
import { packageFile } from "../src/package-root.ts";
import type { Row } from "./table.ts";

const RUNS = 5;

/** The best of some: the first one reads the files from the disk. */
export function startSpeed(): Row[] {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    execFileSync(process.execPath, [packageFile("dist/cli/main.js"), "--help"]);
    return performance.now() - start;
  });
  return [{ what: "`bitloom --help`", value: `${Math.min(...times).toFixed(0)} ms` }];
}
