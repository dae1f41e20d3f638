/** What conv2d, gated-conv2d and dense do with the sums of their unit: a pipeline from `sums_data` and `row` to `out_data`. */
import { allParts } from "../cost.ts";
import { bitWidth } from "../data-type.ts";
import type { Stream } from "../graph.ts";
import { fullRange } from "../range.ts";
import type { Sums } from "../sums.ts";
import { fractions } from "../sums.ts";
import type { Lanes } from "./elementwise.ts";
import { lanesOf, leave } from "./elementwise.ts";
import { offsets } from "./offsets.ts";
import type { Signal } from "./pipeline.ts";
import { Pipeline, pipelineControl, placesFrom } from "./pipeline.ts";
import type { SumsFormat } from "./sums.ts";
import { LOOK, matrixVector, zerosBelowSums } from "./sums.ts";
import { SvArithmetic } from "./sv-arithmetic.ts";

/** A lane's sums of each plane as they come, and what is still to be added to each of them. */
export interface LaneSums {
  readonly planes: readonly Signal[];
  /** As a signal where it depends on the pixel, else for each row. */
  readonly offset: Signal | readonly bigint[];
}

/** The sums of conv2d and dense have the bits of the output. */
export const sumsFormat = ({ type }: Stream): SumsFormat => ({ bits: bitWidth(type), planes: 1 });

/** The stage of conv2d and dense behind its chunks. */
export function sumsLines(sums: Sums, from: string, output: Stream): string[] {
  return [...matrixVector(sums, from, output, sumsFormat(output)), ...finishLines(finishedSums(sums, output))];
}

/** What follows from the sums leaves the stage. */
export const finishLines = ({ depth, lines }: Lanes): string[] => [...pipelineControl(depth, "sums"), ...lines()];

/** `lane` says what leaves; `lanes`: which of them. */
export function finished(
  sums: Sums,
  format: SumsFormat,
  lane: (arithmetic: SvArithmetic, sums: LaneSums) => Signal,
  lanes: readonly number[],
): Lanes {
  const { pe, outputs } = sums.shape;
  const rows = outputs / pe;
  const pipeline = new Pipeline(rows);
  const ahead = new Pipeline(rows, LOOK, `${LOOK}_v`);
  const { offset, bram18 } = offsets(sums, format, ahead, pipeline);
  const zeros = sums.accumulator ? 0 : zerosBelowSums(sums, format.planes);
  const results = lanes.map((index) => {
    pipeline.lines(`// lane ${index}`);
    const planes = lanesOf(format.planes).map((plane) =>
      part(pipeline, index * format.planes + plane, format.bits, zeros),
    );
    const channels = Array.from({ length: rows }, (_, row) => row * pe + index);
    return lane(new SvArithmetic(pipeline, channels), { planes, offset: offset(index, pipeline) });
  });
  const depth = leave(pipeline, results);
  const shared = { bram18: (bram18 * lanes.length) / pe };
  const lines = () => [...ahead.text(), ...pipeline.text()];
  return { depth, lines, usesRow: false, parts: allParts([ahead.parts, pipeline.parts, shared]) };
}

/** The sums of conv2d and dense. */
export function finishedSums(sums: Sums, { type }: Stream, lanes: readonly number[] = lanesOf(sums.shape.pe)): Lanes {
  const { product, sum } = fractions(sums);
  const bits = bitWidth(type);
  const { accumulator } = sums;
  const leaves = (arithmetic: SvArithmetic, { planes, offset }: LaneSums): Signal => {
    const [only] = planes as [Signal];
    if (accumulator) return only;
    const range = fullRange(type, sums.shape.outputs / sums.shape.pe);
    return arithmetic.bits(arithmetic.wrapped(only, sum - product, offset, range), type);
  };
  return finished(sums, { bits, planes: 1 }, leaves, lanes);
}

/** Part of `sums_data`: what it stands for is known when its offset has been added. */
function part(pipeline: Pipeline, index: number, width: number, zeros: number): Signal {
  const half = 1n << BigInt(width - 1);
  const places = { places: placesFrom(zeros, width, true) };
  const shape = { width, signed: true, time: 0, low: -half, high: half - 1n, ...places };
  return pipeline.wire(shape, `sums_data[${index * width}+:${width}]`);
}
