/** The C++ compiler of the system, for csim. */
import type { ToolSpec } from "../build/tool.ts";

export const CXX: ToolSpec = {
  name: "C++ compiler",
  executables: ["g++", "clang++", "c++"],
  overrides: ["BITLOOM_CXX", "CXX"],
  versionArguments: ["--version"],
  versionPattern: /^(.*\S)/,
  neededFor: "csim: running the generated C++ on this machine",
  howToGet: "Debian, Ubuntu: apt-get install g++. Fedora: dnf install gcc-c++. macOS: xcode-select --install.",
};
