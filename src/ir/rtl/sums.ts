/** The sums of conv2d, gated-conv2d and dense as stages: a window, the matrix-vector unit, and what is done with its sums. */
import { castRaw, OVERFLOWS, ROUNDINGS } from "../cast.ts";
import { bitWidth } from "../data-type.ts";
import type { Stream } from "../graph.ts";
import type { Sums } from "../hls/sums.ts";
import { alignedBias, elementBits, fractions, startTable } from "../hls/sums.ts";
import { productBits } from "../hls/weights.ts";
import { CLOCK, indexBits, instance, streamPorts, streamWires, table } from "./verilog.ts";
import { weightCode, weightMemory } from "./weights.ts";

/** Of the wires that the unit gives: `sums_data` has for each lane `planes` sums of `bits` bits. */
export interface SumsFormat {
  readonly bits: number;
  readonly planes: number;
}

/** Reads the stream `from`; gives `sums`, and with it `row`, `y` and `x`. */
export function matrixVector(sums: Sums, from: string, output: Stream, { bits, planes }: SumsFormat): string[] {
  const { weight, input, shape, groups, accumulator } = sums;
  const { pe, simd } = shape;
  const rows = shape.outputs / pe;
  const folds = (shape.channels * shape.taps) / simd;
  const bipolar = planes > 1 || input.type.kind === "bipolar";
  const code = weightCode(weight, bipolar);
  const [, height, width] = output.shape;
  const numbers = {
    ...{ pe, simd, planes, groups, folds, sum_bits: bits, row_folds: rows / groups },
    x_bits: planes > 1 ? 1 : elementBits(sums),
    x_kind: sums.signs ? 1 : bipolar ? 2 : signedKind(sums),
    w_bits: code.bits,
    w_kind: code.kind,
    product_bits: bits,
    out_height: height,
    out_width: width,
    ...rounding(sums),
  };
  return [
    ...streamWires("sums", pe * planes * bits),
    `wire [${indexBits(rows * folds) - 1}:0] address;`,
    `wire [${indexBits(rows) - 1}:0] row, start_row;`,
    `wire [${indexBits(height) - 1}:0] y;`,
    `wire [${indexBits(width) - 1}:0] x;`,
    ...weightMemory(weight, code, shape),
    ...(accumulator ? starts(sums, bits) : [`wire [${pe * bits - 1}:0] start = 0;`]),
    ...instance("matrix_vector", "unit", numbers, {
      ...CLOCK,
      ...streamPorts("in", from),
      ...{ address: "address", weights: "weights", start_row: "start_row", start: "start" },
      ...streamPorts("out", "sums"),
      ...{ row: "row", y: "y", x: "x" },
    }),
  ];
}

const signedKind = ({ input: { type } }: Sums): number => (type.kind === "bipolar" || type.signed ? 1 : 0);

/** Numbers of a unit that casts after every product. */
function rounding(sums: Sums): Record<string, number | boolean> {
  const { accumulator, weight } = sums;
  if (!accumulator) return {};
  const { type, overflow } = accumulator;
  const { product } = fractions(sums);
  const bits = productBits(weight, elementBits(sums) + 1);
  const fraction = Math.max(product, type.fraction);
  const [sumShift, productShift] = [fraction - type.fraction, fraction - product];
  return {
    rounds: true,
    product_bits: bits,
    sum_shift: sumShift,
    product_shift: productShift,
    cast_bits: Math.max(type.width + 1 + sumShift, bits + productShift) + 1,
    drop: fraction - type.fraction,
    sum_signed: type.signed,
    rounding: ROUNDINGS.indexOf(accumulator.rounding),
    overflow: OVERFLOWS.indexOf(overflow === "AP_WRAP_SM" && !type.signed ? "AP_WRAP" : overflow),
  };
}

/** What the sums of a unit that casts start from: the bias. */
function starts(sums: Sums, bits: number): string[] {
  const { bias, accumulator, shape } = sums;
  const { sum } = fractions(sums);
  const rows = shape.outputs / shape.pe;
  return lanesOf(shape.pe)
    .flatMap((lane) => {
      const raws = Array.from({ length: rows }, (_, row) =>
        castRaw(bias ? alignedBias(bias, row * shape.pe + lane, sum) : 0n, sum, accumulator!),
      );
      return table(`start_${lane}`, bits, "start_row", indexBits(rows), raws);
    })
    .concat(
      `wire [${shape.pe * bits - 1}:0] start = {${lanesOf(shape.pe)
        .map((lane) => `start_${lane}`)
        .reverse()
        .join(", ")}};`,
    );
}

export const lanesOf = (count: number): number[] => Array.from({ length: count }, (_, lane) => lane);

/** For each lane a wire `offset_LANE` of so many bits: the bias, and what the taps that a pixel lacks would have given. */
export function offsets(sums: Sums, bits: number): string[] {
  const { borders, shape } = sums;
  const { pe, outputs } = shape;
  const { sum } = fractions(sums);
  const rows = outputs / pe;
  const { values } = startTable(sums, sum, 0n, bits);
  const classes = values.length / outputs;
  const [rowBits, borderBits] = [indexBits(rows), indexBits(classes)];
  const at = (lane: number, border: number, row: number) =>
    BigInt(values[border * outputs + Math.min(row, rows - 1) * pe + lane] as number | bigint);
  const places = Array.from({ length: classes * 2 ** rowBits }, (_, i) => [i >> rowBits, i % 2 ** rowBits] as const);
  const index = classes > 1 ? "{border, row}" : "row";
  const lines = borders ? borderLines(sums, borderBits) : [];
  return lines.concat(
    lanesOf(pe).flatMap((lane) =>
      table(
        `offset_${lane}`,
        bits,
        index,
        rowBits + (classes > 1 ? borderBits : 0),
        places.map(([border, row]) => at(lane, border, row)),
      ),
    ),
  );
}

/** `border`: the class of the pixel. */
function borderLines({ borders }: Sums, bits: number): string[] {
  if (!borders) return [];
  const columns = borders.columnClasses.length;
  const classes = (name: string, index: string, values: readonly number[]) =>
    table(name, bits, index, indexBits(values.length), values.map(BigInt));
  return [
    ...classes(
      "row_border",
      "y",
      borders.rowClass.map((index) => index * columns),
    ),
    ...classes("column_border", "x", borders.columnClass),
    `wire [${bits - 1}:0] border = row_border + column_border;`,
  ];
}

/** The stage of conv2d and dense behind its chunks. */
export function sumsLines(sums: Sums, from: string, output: Stream): string[] {
  const { accumulator, shape } = sums;
  const bits = bitWidth(output.type);
  const { product, sum } = fractions(sums);
  const finish = accumulator
    ? ["assign result_data = sums_data;"]
    : [
        ...offsets(sums, bits),
        ...lanesOf(shape.pe).map((lane) => {
          const part = `[${lane * bits}+:${bits}]`;
          return `assign result_data${part} = offset_${lane} + (sums_data${part} << ${sum - product});`;
        }),
      ];
  return [
    ...matrixVector(sums, from, output, { bits, planes: 1 }),
    `wire [${shape.pe * bits - 1}:0] result_data;`,
    ...finish,
    ...leave(shape.pe * bits),
  ];
}

/** `result_data`, which follows from the sums, leaves the stage. */
export const leave = (bits: number): string[] =>
  instance(
    "register",
    "leave",
    { width: bits },
    {
      ...CLOCK,
      ...{ in_data: "result_data", in_valid: "sums_valid", in_ready: "sums_ready" },
      ...streamPorts("out", "out"),
    },
  );
