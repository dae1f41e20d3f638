/** What the matrix-vector unit of sums.ts is made of, for each folding of a node. */

import type { FixedCast } from "../cast.ts";
import type { Parts } from "../cost.ts";
import { allParts, bitsOf, blockRams, counter, ram, rom, times } from "../cost.ts";
import type { Stream } from "../graph.ts";
import type { Folding } from "../layer.ts";
import type { Sums } from "../sums.ts";
import { elementBits, foldsOf, fractions, productBits } from "../sums.ts";
import { castSumParts } from "./cast.ts";
import { compressor } from "./compressor.ts";
import { loaderParts } from "./reloadable.ts";
import type { SumsFormat } from "./sums.ts";
import { chunkBits, keptInBlockRam } from "./sums.ts";
import type { SumsUnit } from "./sums-unit.ts";
import { countBits, sumsUnitOf, turnLuts, worksInTurn } from "./sums-unit.ts";
import type { LaneTerms, Terms } from "./terms.ts";
import { countWaits } from "./terms.ts";
import { hasStarts, startsDepth } from "./weight-memories.ts";

/** `node` may have any folding. */
export function sumsParts(node: Sums, output: Stream, { bits, planes }: SumsFormat) {
  const { accumulator, groups } = node;
  const { outputs } = node.shape;
  const [, height, width] = output.shape;
  return (folding: Folding): Parts => {
    const { pe, simd } = folding;
    const folded = { ...node, shape: { ...node.shape, ...folding } };
    const [folds, rows] = [foldsOf(folded.shape), outputs / pe];
    const unit = sumsUnitOf(folded, planes);
    const { terms } = unit;
    const sums = pe * planes;
    return allParts([
      { unit: 1, stage: 1, register: unit.latency },
      ...[folds, rows / groups, rows * folds, folds, rows].map(counter),
      ...(node.borders ? [rows, width, height] : []).map(counter),
      folds > 1 ? kept(chunkBits(terms, simd, planes), folds) : {},
      terms.memory,
      worksInTurn(unit, planes) ? turns(unit, simd) : {},
      hasStarts(folded) ? loaderParts(pe * bits, startsDepth(folded)) : {},
      times(sums / terms.lanes.length, allParts(terms.lanes.map((lane) => counted(terms, lane)))),
      accumulator
        ? rounded(node, pe, accumulator, rows)
        : { adder: folds > 1 ? sums * bits : 0, register: folds > 1 ? sums * bits : 0 },
    ]);
  };
}

/** A plane of the chunk, and the sums that wait for those of the other plane. */
const turns = (unit: SumsUnit, simd: number): Parts => ({
  lut: turnLuts(unit, simd),
  register: simd + 1.5 * unit.lanes * countBits(unit.terms),
});

/** The bits of a lane and their sum. */
function counted(terms: Terms, lane: LaneTerms): Parts {
  const { luts, registers, width } = compressor(lane.heights);
  return { lut: lane.luts + luts, register: registers + countWaits(terms, lane.heights) * width };
}

/** The chunks of a pixel, for all rows of weights. */
const kept = (bits: number, folds: number): Parts =>
  allParts([
    { register: bits, select: bits },
    // Block RAM with the register behind it; the counters of its words and of those of the weights are long.
    keptInBlockRam(bits, folds)
      ? { bram18: blockRams(bits, folds), lut: 2 * bitsOf(folds), register: bits }
      : ram(bits, folds),
  ]);

/** A cast after every product, and what the sums start from. */
function rounded(node: Sums, pe: number, cast: FixedCast, rows: number): Parts {
  const product = { width: productBits(node.weight, elementBits(node) + 1), fraction: fractions(node).product };
  const start = { ...rom(cast.type.width, rows), register: cast.type.width };
  return times(pe, allParts([castSumParts(product, cast), start]));
}
