/** Yosys: the native one, else the one of npm (@yowasp/yosys), if it is installed. */
import { createRequire } from "node:module";
import type { ToolSpec } from "../../build/tool.ts";
import { packageFile } from "../../package-root.ts";

const FROM_NPM = packageFile("sim/yosys/yowasp-yosys.mjs");

export const YOSYS: ToolSpec = {
  name: "Yosys",
  executables: ["yosys", "yowasp-yosys", ...(isInstalled("@yowasp/yosys") ? [FROM_NPM] : [])],
  overrides: ["BITLOOM_YOSYS"],
  versionArguments: ["-V"],
  versionPattern: /Yosys (\S+)/,
  neededFor: "resources of the SystemVerilog back end",
  howToGet:
    "Debian, Ubuntu: apt-get install yosys. macOS: brew install yosys. Else run npm install with optional dependencies.",
};

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
