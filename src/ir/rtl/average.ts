/** The average pools: sums that are cast after every addition, and a division that is rounded once. */
import type { Averaging } from "../averaging.ts";
import { exactSum } from "../averaging.ts";
import type { FixedCast } from "../cast.ts";
import type { Parts } from "../cost.ts";
import { allParts, times } from "../cost.ts";
import type { FixedType } from "../data-type.ts";
import { maxRaw, minRaw, numeric, signedBits } from "../data-type.ts";
import type { Stream } from "../graph.ts";
import { CAST_SUM_LATENCY, castSumParts, sumNumbers } from "./cast.ts";
import { divided } from "./division.ts";
import type { Lanes } from "./elementwise.ts";
import { leave } from "./elementwise.ts";
import { Pipeline, pipelineControl } from "./pipeline.ts";
import { SvArithmetic } from "./sv-arithmetic.ts";
import type { Tiling } from "./tiling.ts";
import { tiledMap, tilingNumbers, tilingParts } from "./tiling.ts";
import { CLOCK, instance, streamPorts, streamWires } from "./verilog.ts";

export interface Averages extends Tiling {
  readonly number: FixedType;
}

/** The whole stage. */
export function tiledAverageLines(input: Stream, kernel: Tiling["kernel"], pe: number, averaging: Averaging): string[] {
  const averages = { ...tiledMap(input.shape, kernel, pe), number: numeric(input.type) };
  if (input.type.kind !== "bipolar") return averageLines(averages, averaging, "in0");
  const numbers = Array.from({ length: pe }, (_, lane) => `!in0_data[${lane}], 1'b1`).reverse();
  return [
    `wire [${2 * pe - 1}:0] number_data = {${numbers.join(", ")}};`,
    "wire number_valid = in0_valid;",
    "wire number_ready;",
    "assign in0_ready = number_ready;",
    ...averageLines(averages, averaging, "number"),
  ];
}

/** Cycles from the last number of an average to its beat. */
export const averageLatency = (averages: Averages, averaging: Averaging): number =>
  CAST_SUM_LATENCY + quotients({ ...averages, pe: 1 }, averaging).depth;

/** Reads the stream `from`; gives the averages to `out`. */
export function averageLines(averages: Averages, averaging: Averaging, from: string): string[] {
  const { pe, number } = averages;
  const sum = sumCast(averages, averaging);
  const { depth, lines } = quotients(averages, averaging);
  const numbers = {
    ...tilingNumbers(averages),
    ...{ number_bits: number.width, number_signed: number.signed, ...sumNumbers(number.fraction, sum) },
  };
  return [
    ...streamWires("sums", pe * sum.type.width),
    ...instance("accumulate", "add", numbers, { ...CLOCK, ...streamPorts("in", from), ...streamPorts("out", "sums") }),
    ...pipelineControl(depth, "sums"),
    ...lines(),
  ];
}

/** What they are made of. */
export function averageParts(averages: Averages, averaging: Averaging): Parts {
  const { pe, number } = averages;
  const sum = sumCast(averages, averaging);
  const { depth, parts } = quotients({ ...averages, pe: 1 }, averaging);
  return allParts([
    { stage: 1, register: depth },
    tilingParts(averages, sum.type.width),
    times(pe, allParts([castSumParts({ width: signedBits(number), fraction: number.fraction }, sum), parts])),
  ]);
}

const tapsOf = ({ kernel }: Averages): number => kernel[0] * kernel[1];

/** Without an accumulator the type of the exact sum. */
const sumCast = (averages: Averages, { accumulator }: Averaging): FixedCast =>
  accumulator ?? { type: exactSum(averages.number, tapsOf(averages)), rounding: "AP_TRN", overflow: "AP_WRAP" };

/** The divisions, from `sums_data` to `out_data`. */
function quotients(averages: Averages, averaging: Averaging): Lanes {
  const { type } = sumCast(averages, averaging);
  const taps = BigInt(tapsOf(averages));
  const bits = averaging.accumulator ? type : averages.number;
  const times = averaging.accumulator ? 1n : taps;
  const shape = {
    width: signedBits(type),
    signed: true,
    time: 0,
    low: times * minRaw(bits),
    high: times * maxRaw(bits),
  };
  const pipeline = new Pipeline(1);
  const results = Array.from({ length: averages.pe }, (_, lane) => {
    pipeline.lines(`// lane ${lane}`);
    const part = `sums_data[${lane * type.width}+:${type.width}]`;
    const x = pipeline.wire(shape, `$signed(${type.signed ? part : `{1'b0, ${part}}`})`);
    const arithmetic = new SvArithmetic(pipeline, [lane]);
    const dividend = { x, fraction: type.fraction, divisor: Number(taps) };
    return arithmetic.bits(divided(arithmetic, pipeline, dividend, averaging.type), averaging.type.type);
  });
  const depth = leave(pipeline, results);
  return { depth, lines: () => pipeline.text(), usesRow: false, parts: pipeline.parts };
}
