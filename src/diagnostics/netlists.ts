/** Netlists of Yosys (src/opentools/yosys). */
import { error } from "./diagnostic.ts";

export const unknownPrimitive = (module: string, type: string, count: number) =>
  error(
    "unknown-primitive",
    module,
    `${count} ${count === 1 ? "cell is" : "cells are"} a ${type}, whose price is not known`,
    "If you have not changed the generated files, please report this.",
  );

export const combinationalLoop = (module: string, wires: readonly string[]) =>
  error(
    "combinational-loop",
    module,
    `a signal follows from itself without a register: ${wires.join(" -> ")}`,
    "Put a register into the loop; if you have not changed the generated files, please report this.",
  );
