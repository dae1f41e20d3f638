/**
 * What a path will take once it is placed and routed, before anything is: a guess, on the careful side. Of routed designs on the
 * XCZU3EG-1, the worst paths of 3, 4 and 7 LUTs took 2.4, 3.2 and 5.8 ns, wires included; this gives 2.6, 3.4 and 5.8 ns.
 */
import type { LongestPath } from "./resource-report.ts";

/** Nanoseconds. */
export const PATH_NS = {
  /** Out of one register and into the next. */
  registers: 0.2,
  /** A LUT and the wire behind it. */
  lut: 0.8,
  /** Into a carry chain and out of it, and along each CARRY8. */
  chain: 0.5,
  carry8: 0.03,
};

/** Nanoseconds. */
export const pathDelay = ({ luts, chains, carry8 }: LongestPath): number =>
  PATH_NS.registers + PATH_NS.lut * luts + PATH_NS.chain * chains + PATH_NS.carry8 * carry8;

/** `3 LUT + 1 chain of 2 CARRY8`. */
export function pathLevels({ luts, chains, carry8 }: LongestPath): string {
  const carries = chains > 0 ? ` + ${chains} ${chains === 1 ? "chain" : "chains"} of ${carry8} CARRY8` : "";
  return `${luts} LUT${carries}`;
}
