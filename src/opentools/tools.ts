/** The open tools, in the order in which one needs them. */
import type { ToolSpec } from "../build/tool.ts";
import { CXX } from "./cxx.ts";
import { GCC } from "./multiplications.ts";
import { MAKE, VERILATOR } from "./verilator-tool.ts";
import { YOSYS } from "./yosys/tool.ts";

const PYTHON: ToolSpec = {
  name: "Python with PyTorch",
  executables: ["python3", "python"],
  overrides: ["BITLOOM_PYTHON"],
  versionArguments: ["-c", "import sys, torch; print('Python', sys.version.split()[0], 'PyTorch', torch.__version__)"],
  versionPattern: /^(Python \S+ PyTorch \S+)$/m,
  neededFor: "training models of your own (python/)",
  howToGet: "Install Python 3.11 or newer, then: pip install torch numpy.",
};

export const OPEN_TOOLS: readonly ToolSpec[] = [CXX, GCC, VERILATOR, MAKE, YOSYS, PYTHON];
