/** What is still to be added to the sums of a matrix-vector unit. */

import { areaOf, blockRams, inBlockRam, ram } from "../cost.ts";
import { greatest, least } from "../extremes.ts";
import { bitCount } from "../signed-digits.ts";
import type { Sums } from "../sums.ts";
import { absentOf, fractions, startValues } from "../sums.ts";
import { zerosBelow } from "./addends.ts";
import { lanesOf } from "./elementwise.ts";
import type { LaneSums } from "./finish.ts";
import type { Pipeline, Signal } from "./pipeline.ts";
import { placesFrom } from "./pipeline.ts";
import { memoryLines, wordAt } from "./reloadable.ts";
import type { SumsFormat } from "./sums.ts";
import { LOOK, lacksOf } from "./sums.ts";
import { inPairs, table, tableLuts, truthInPairs } from "./tables.ts";
import { indexBits, instance, packed, wordOf } from "./verilog.ts";
import { hasStarts, linksOf, startsOf } from "./weight-memories.ts";

interface Offsets {
  offset(lane: number, pipeline: Pipeline): LaneSums["offset"];
  /** Of all lanes. */
  readonly bram18: number;
}

/**
 * For each lane the bias, what the unit's sums lack, and what the taps that a pixel lacks would have given. What depends on the pixel is
 * looked up ahead, while the sums are still to come: it is there with them.
 */
export function offsets(sums: Sums, { bits, planes }: SumsFormat, ahead: Pipeline, pipeline: Pipeline): Offsets {
  if (sums.accumulator) return { offset: () => [], bram18: 0 };
  if (hasStarts(sums)) return { offset: loadedOffsets(sums, { bits, planes }, pipeline), bram18: 0 };
  const { pe, outputs } = sums.shape;
  const rows = outputs / pe;
  const values = startValues(sums, fractions(sums).sum, lacksOf(sums, planes), bits);
  const classes = values.length / outputs;
  const at = (lane: number, border: number, row: number) =>
    values[border * outputs + Math.min(row, rows - 1) * pe + lane] as bigint;
  if (classes === 1) return { offset: (lane) => lanesOf(rows).map((row) => at(lane, 0, row)), bram18: 0 };
  const rowBits = indexBits(rows);
  const { index, width: inputs, time } = borderRow(sums, ahead, `${LOOK}_`);
  const lookup: Lookup = {
    ...{ ahead, bits, inputs, index, time, used: classes * 2 ** rowBits },
    entries: (lane) =>
      Array.from({ length: 2 ** inputs }, (_, i) =>
        BigInt.asIntN(bits, at(lane, Math.min(i >> rowBits, classes - 1), i % 2 ** rowBits)),
      ),
  };
  return offsetsInBlockRam(sums, bits)
    ? { offset: fromMemory(lookup, pe), bram18: blockRams(pe * bits, 2 ** inputs) }
    : { offset: fromTables(lookup), bram18: 0 };
}

/** Whether what is added to sums of `bits` bits at the borders of a map is in block RAM: all that the finish has of the memories. */
export function offsetsInBlockRam(sums: Sums, bits: number): boolean {
  const { pe, outputs, blockRam } = sums.shape;
  const [classes, rowBits] = [absentOf(sums).length, indexBits(outputs / pe)];
  const inputs = indexBits(classes) + rowBits;
  if (sums.accumulator || hasStarts(sums) || classes === 1 || inputs <= 6) return false;
  return inBlockRam(pe * tableLuts(bits, classes * 2 ** rowBits), blockRams(pe * bits, 2 ** inputs), !!blockRam);
}

/** A table for each lane, all of which have the same index, in a pipeline that goes ahead. */
interface Lookup {
  readonly ahead: Pipeline;
  readonly bits: number;
  readonly inputs: number;
  /** Entries that are ever looked up. */
  readonly used: number;
  readonly index: string;
  /** Of the index. */
  readonly time: number;
  /** By lane. */
  entries(lane: number): bigint[];
}

/** The tables of all lanes in one block RAM. */
function fromMemory({ ahead, bits, inputs, index, entries }: Lookup, pe: number): Offsets["offset"] {
  const all = ahead.name();
  const width = pe * bits;
  ahead.lines(`wire [${width - 1}:0] ${all};`);
  ahead.later(() => {
    const columns = lanesOf(pe).map(entries);
    const words = Array.from({ length: 2 ** inputs }, (_, i) =>
      wordOf(
        columns.map((column) => column[i] as bigint),
        bits,
      ),
    );
    const numbers = { ports: 1, inputs, bits: width, table: packed(width, words) };
    return instance("table_memory", `memory_${all}`, numbers, { clk: "clk", step: LOOK, index, y: all });
  });
  return (lane, pipeline) =>
    pipeline.wire({ ...shapeOf(entries(lane), bits), time: 0 }, `${all}[${lane * bits}+:${bits}]`);
}

function fromTables({ ahead, bits, inputs, used, index, time, entries }: Lookup): Offsets["offset"] {
  const pairs = inPairs(inputs);
  return (lane) => {
    const name = ahead.name();
    const own = pairs ? entries(lane) : entries(lane).slice(0, used);
    if (pairs) ahead.lines(`wire [${bits - 1}:0] ${name};`);
    ahead.later(() => (pairs ? truthInPairs(name, index, inputs, bits, own) : table(name, bits, index, inputs, own)));
    const differ = own.reduce((all, raw) => all | (raw ^ (own[0] as bigint)), 0n);
    ahead.spend(pairs ? Math.ceil(bits / 2) : tableLuts(bitCount(BigInt.asUintN(bits, differ)), used));
    return { ...ahead.register({ ...shapeOf(own, bits), time }, name), time: 0 };
  };
}

const shapeOf = (entries: readonly bigint[], width: number) => ({
  ...{ width, signed: true, low: least(entries), high: greatest(entries) },
  places: placesFrom(zerosBelow(entries), width, true),
});

/** From a memory, since the weights of the taps that a pixel lacks may be others; not ahead, since they may become others before the next sums. */
function loadedOffsets(sums: Sums, { bits, planes }: SumsFormat, pipeline: Pipeline): Offsets["offset"] {
  const starts = startsOf(sums, bits, lacksOf(sums, planes));
  const { index, width, time } = borderRow(sums, pipeline, "");
  const { between, last } = linksOf(sums);
  const half = 1n << BigInt(bits - 1);
  const shape = { width: bits, signed: true, time, low: -half, high: half - 1n };
  pipeline.later(() => [
    ...memoryLines(starts, false, [between, last]),
    `wire [${width - 1}:0] start_index = ${index};`,
    `wire [${starts.width - 1}:0] start = ${wordAt(starts, "start_index")};`,
  ]);
  return (lane) => {
    pipeline.spend(areaOf(ram(bits, starts.depth)).lut);
    return pipeline.register(shape, `start[${lane * bits}+:${bits}]`);
  };
}

/** The class of the pixel, whose place is in wires of that prefix, and the row of its outputs as one number. */
function borderRow(sums: Sums, pipeline: Pipeline, prefix: string): { index: string; width: number; time: number } {
  const { outputs, pe } = sums.shape;
  const borderBits = indexBits(absentOf(sums).length);
  const border = borderClass(sums, borderBits, pipeline, prefix);
  const index = `{${pipeline.at(border, border.time)}, ${pipeline.row(border.time)}}`;
  return { index, width: borderBits + indexBits(outputs / pe), time: border.time };
}

function borderClass({ borders }: Sums, width: number, pipeline: Pipeline, prefix: string): Signal {
  const { rowClass, columnClass, columnClasses } = borders as NonNullable<Sums["borders"]>;
  const shape = { width, signed: false, time: 0, low: 0n, high: (1n << BigInt(width)) - 1n };
  const registered = (index: string, values: readonly number[]) => {
    const name = pipeline.name();
    pipeline.lines(...table(name, width, index, indexBits(values.length), values.map(BigInt)));
    pipeline.spend(tableLuts(width, values.length));
    return pipeline.register(shape, name);
  };
  const row = registered(
    `${prefix}y`,
    rowClass.map((index) => index * columnClasses.length),
  );
  const column = registered(`${prefix}x`, columnClass);
  pipeline.spend(width);
  return pipeline.register({ ...shape, time: 1 }, `${pipeline.at(row, 1)} + ${pipeline.at(column, 1)}`);
}
