/** What conv2d, gated-conv2d and dense do with the sums of their unit: a pipeline from `sums_data`, `row`, `y` and `x` to `out_data`. */
import { areaOf, ram } from "../cost.ts";
import { bitWidth } from "../data-type.ts";
import type { Stream } from "../graph.ts";
import { fullRange } from "../range.ts";
import type { Sums } from "../sums.ts";
import { absentOf, fractions, startValues } from "../sums.ts";
import { zerosBelow } from "./addends.ts";
import type { Lanes } from "./elementwise.ts";
import { lanesOf, leave } from "./elementwise.ts";
import type { Signal } from "./pipeline.ts";
import { Pipeline, pipelineControl, placesFrom } from "./pipeline.ts";
import type { ReloadableMemory } from "./reloadable.ts";
import { memoryLines, wordAt } from "./reloadable.ts";
import type { SumsFormat } from "./sums.ts";
import { lacksOf, matrixVector, zerosBelowSums } from "./sums.ts";
import { SvArithmetic } from "./sv-arithmetic.ts";
import { indexBits, table, tableLuts } from "./verilog.ts";
import { hasStarts, linksOf, startsOf } from "./weight-memories.ts";

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
  const offset = offsets(sums, format, pipeline);
  const zeros = sums.accumulator ? 0 : zerosBelowSums(sums, format.planes);
  const results = lanes.map((index) => {
    pipeline.lines(`// lane ${index}`);
    const planes = lanesOf(format.planes).map((plane) =>
      part(pipeline, index * format.planes + plane, format.bits, zeros),
    );
    const channels = Array.from({ length: rows }, (_, row) => row * pe + index);
    return lane(new SvArithmetic(pipeline, channels), { planes, offset: offset(index) });
  });
  const depth = leave(pipeline, results);
  return { depth, lines: () => pipeline.text(), usesRow: false, parts: pipeline.parts };
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

/** For each lane the bias, what the unit's sums lack, and what the taps that a pixel lacks would have given. */
function offsets(sums: Sums, { bits, planes }: SumsFormat, pipeline: Pipeline): (lane: number) => LaneSums["offset"] {
  if (sums.accumulator) return () => [];
  const { pe, outputs } = sums.shape;
  const rows = outputs / pe;
  if (hasStarts(sums)) return loadedOffsets(sums, startsOf(sums, bits, lacksOf(sums, planes)), bits, pipeline);
  const values = startValues(sums, fractions(sums).sum, lacksOf(sums, planes), bits);
  const classes = values.length / outputs;
  const at = (lane: number, border: number, row: number) =>
    values[border * outputs + Math.min(row, rows - 1) * pe + lane] as bigint;
  if (classes === 1) return (lane) => lanesOf(rows).map((row) => at(lane, 0, row));
  const rowBits = indexBits(rows);
  const { index, width, time } = borderRow(sums, pipeline);
  return (lane) => {
    const entries = Array.from({ length: classes * 2 ** rowBits }, (_, i) =>
      BigInt.asIntN(bits, at(lane, i >> rowBits, i % 2 ** rowBits)),
    );
    const name = pipeline.name();
    pipeline.later(() => table(name, bits, index, width, entries));
    const differ = entries.reduce((all, raw) => all | (raw ^ (entries[0] as bigint)), 0n);
    pipeline.spend(tableLuts(onesIn(BigInt.asUintN(bits, differ)), entries.length));
    const [low, high] = [entries.reduce(smaller), entries.reduce(larger)];
    const places = { places: placesFrom(zerosBelow(entries), bits, true) };
    return pipeline.register({ width: bits, signed: true, time, low, high, ...places }, name);
  };
}

/** From a memory, since the weights of the taps that a pixel lacks may be others. */
function loadedOffsets(sums: Sums, starts: ReloadableMemory, bits: number, pipeline: Pipeline) {
  const { index, width, time } = borderRow(sums, pipeline);
  const { between, last } = linksOf(sums);
  const half = 1n << BigInt(bits - 1);
  const shape = { width: bits, signed: true, time, low: -half, high: half - 1n };
  pipeline.later(() => [
    ...memoryLines(starts, false, [between, last]),
    `wire [${width - 1}:0] start_index = ${index};`,
    `wire [${starts.width - 1}:0] start = ${wordAt(starts, "start_index")};`,
  ]);
  return (lane: number): Signal => {
    pipeline.spend(areaOf(ram(bits, starts.depth)).lut);
    return pipeline.register(shape, `start[${lane * bits}+:${bits}]`);
  };
}

/** The class of the pixel and the row of its outputs as one number. */
function borderRow(sums: Sums, pipeline: Pipeline): { index: string; width: number; time: number } {
  const { outputs, pe } = sums.shape;
  const borderBits = indexBits(absentOf(sums).length);
  const border = borderClass(sums, borderBits, pipeline);
  const index = `{${pipeline.at(border, border.time)}, ${pipeline.row(border.time)}}`;
  return { index, width: borderBits + indexBits(outputs / pe), time: border.time };
}

const onesIn = (raw: bigint): number => [...raw.toString(2)].filter((bit) => bit === "1").length;
const smaller = (a: bigint, b: bigint): bigint => (b < a ? b : a);
const larger = (a: bigint, b: bigint): bigint => (b > a ? b : a);

/** The class of the pixel. */
function borderClass({ borders }: Sums, width: number, pipeline: Pipeline): Signal {
  const { rowClass, columnClass, columnClasses } = borders as NonNullable<Sums["borders"]>;
  const shape = { width, signed: false, time: 0, low: 0n, high: (1n << BigInt(width)) - 1n };
  const registered = (index: string, values: readonly number[]) => {
    const name = pipeline.name();
    pipeline.lines(...table(name, width, index, indexBits(values.length), values.map(BigInt)));
    pipeline.spend(tableLuts(width, values.length));
    return pipeline.register(shape, name);
  };
  const row = registered(
    "y",
    rowClass.map((index) => index * columnClasses.length),
  );
  const column = registered("x", columnClass);
  pipeline.spend(width);
  return pipeline.register({ ...shape, time: 1 }, `${pipeline.at(row, 1)} + ${pipeline.at(column, 1)}`);
}
