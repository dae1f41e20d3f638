/** The sums of conv2d and dense as stages: a sliding window (conv2d) and the matrix-vector unit. */
import type { FixedCast } from "../cast.ts";
import { castRaw } from "../cast.ts";
import { bitWidth, fixed } from "../data-type.ts";
import type { Stream } from "../graph.ts";
import type { Sums, WeightShape } from "../sums.ts";
import { alignedBias, elementBits, foldsOf, fractions, productBits, startValues } from "../sums.ts";
import type { Borders, Windowing } from "../windowing.ts";
import { windowNumbers } from "../windowing.ts";
import type { ExactSums } from "./constant-sums.ts";
import { constantSums } from "./constant-sums.ts";
import { cppCast, cppType } from "./cpp-type.ts";
import type { HlsOptions, HlsProcess, HlsStage } from "./stage.ts";
import type { HlsTable } from "./table.ts";
import { integerTable } from "./table.ts";
import type { WeightCode } from "./weights.ts";
import { packWeights, weightCode } from "./weights.ts";

/** How an element of a chunk is read: a policy of product_unit.hpp. */
function inputPolicy({ input, signs }: Sums): string {
  if (signs) return "bitloom::signed_input<2>";
  const { type } = input;
  if (type.kind === "bipolar") return "bitloom::bipolar_input";
  return `bitloom::${type.signed ? "signed" : "unsigned"}_input<${type.width}>`;
}

export function sumsProcess(sums: Sums, options: HlsOptions): Omit<HlsStage, "shape"> & { words: number } {
  const { name, weight, accumulator, input, shape } = sums;
  const bipolar = input.type.kind === "bipolar";
  const xnor = bipolar && weight.encoding === "bipolar" && !accumulator;
  const bits = bitWidth(options.output.type);
  const constants = accumulator || xnor || options.allowDsp ? undefined : constantSums(sums, bits);
  if (constants) return constantProcess(exactUnit(sums, bits, constants));
  const code = weightCode(weight, bipolar, options.allowDsp);
  const weights = packWeights(`${name}_weights`, weight, code, shape);
  const { unitBase, unit, tables } = accumulator
    ? roundingUnit(sums, accumulator, code)
    : exactUnit(sums, bits, xnor ? xnorSums(sums, bits) : productSums(sums, bits, code));
  const all = [weights, ...tables];
  return {
    headers: [xnor ? "xnor_unit.hpp" : "product_unit.hpp"],
    tables: all,
    unit,
    unitBase,
    processes: [matrixVector(weights, all)],
    words: weights.dimensions[2] as number,
  };
}

/** Without weights in memory. */
function constantProcess(unit: Unit) {
  const body = "bitloom::constant_sums<shape, unit>(in0, out, frames);";
  const tables = unit.tables.map((table) => table.name);
  return { ...unit, headers: ["constant_sums.hpp"], processes: [{ name: "sums", body, tables }], words: 0 };
}

export const matrixVector = (weights: HlsTable, tables: readonly HlsTable[]): HlsProcess => ({
  name: "sums",
  body: `bitloom::matrix_vector<shape, unit>(in0, out, ${weights.name}, frames);`,
  tables: tables.map((table) => table.name),
});

/** Numbers of matrix_vector.hpp. */
export function matrixVectorNumbers(
  shape: WeightShape,
  groups: number,
  chunkBits: number,
  output: Stream,
  words: number,
) {
  const [outputs, height, width] = output.shape;
  return {
    out_height: height,
    out_width: width,
    groups,
    folds: foldsOf(shape),
    row_folds: outputs / groups / shape.pe,
    pe: shape.pe,
    chunk_bits: chunkBits,
    out_bits: bitWidth(output.type),
    words,
  };
}

interface Unit {
  readonly unitBase: string;
  readonly unit: string[];
  readonly tables: HlsTable[];
}

function roundingUnit(sums: Sums, accumulator: FixedCast, code: WeightCode): Unit {
  const { name, weight, bias, shape } = sums;
  const { product, sum } = fractions(sums);
  const bits = productBits(weight, elementBits(sums) + 1);
  const productType = cppType(fixed(true, bits, product));
  const start = Array.from({ length: shape.outputs }, (_, o) => {
    const raw = bias ? alignedBias(bias, o, sum) : 0n;
    return BigInt.asIntN(64, castRaw(raw, sum, accumulator));
  });
  const base = `bitloom::rounding_unit<${shape.simd}, ${inputPolicy(sums)}, ${code.policy}, ${productType}, ${cppCast(accumulator)}>`;
  const table = `${name}_start`;
  const summary = `bias, raws of ${cppType(accumulator.type)}`;
  return {
    unitBase: base,
    unit: [
      "static int border(const int, const int) { return 0; }",
      "static accumulator start(const int row, const int lane) {",
      "  BITLOOM_HLS(INLINE)",
      `  return bitloom::from_raw<accumulator>(${table}[row][lane]);`,
      "}",
      "static ap_uint<shape::out_bits> finish(const accumulator (&sums)[1], const int, const int, const int) {",
      "  BITLOOM_HLS(INLINE)",
      "  return bitloom::to_bits(sums[0]);",
      "}",
    ],
    tables: [integerTable(table, summary, [shape.outputs / shape.pe, shape.pe], start, [2])],
  };
}

const productSums = (sums: Sums, bits: number, code: WeightCode): ExactSums => ({
  base: `bitloom::product_unit<${sums.shape.simd}, ${inputPolicy(sums)}, ${code.policy}, ${bits}>`,
});

function xnorSums({ shape: { simd, channels, taps } }: Sums, bits: number): ExactSums {
  const length = channels * taps;
  return {
    base: `bitloom::xnor_unit<${simd}, 1, ${length}>`,
    extra: () => BigInt(length),
    exact: `exact<${bits}>`,
  };
}

function exactUnit(sums: Sums, bits: number, { base, lines = [], extra, shift = 0, exact = "exact" }: ExactSums): Unit {
  const { product, sum } = fractions(sums);
  const [borderLines, borderTables] = borderLookup(sums.name, sums.borders);
  const start = startTable(sums, sum, extra ?? (() => 0n), bits);
  return {
    unitBase: base,
    unit: [
      ...lines,
      ...borderLines,
      `static ap_uint<${bits}> finish(const accumulator (&sums)[1], const int border, const int row, const int lane) {`,
      "  BITLOOM_HLS(INLINE)",
      `  return ${exact}(${start.name}[border][row][lane], sums[0], ${sum - product + shift});`,
      "}",
    ],
    tables: [...borderTables, start],
  };
}

/** What the sums start from (`startValues`) as a table. */
export function startTable(sums: Sums, fraction: number, extra: (lane: number) => bigint, width: number): HlsTable {
  const { pe, outputs } = sums.shape;
  const values = startValues(sums, fraction, extra, width);
  const dimensions = [values.length / outputs, outputs / pe, pe];
  return integerTable(
    `${sums.name}_start`,
    "what the sums start from, by border, row and lane",
    dimensions,
    values,
    [3],
  );
}

/** `border(y, x)` of the unit: the class of a pixel. */
export function borderLookup(name: string, borders: Borders | undefined): [string[], HlsTable[]] {
  if (!borders) return [["static int border(const int, const int) { return 0; }"], []];
  const columns = borders.columnClasses.length;
  const classes = (which: string, values: readonly number[]) =>
    integerTable(
      `${name}_${which}_border`,
      `class of each ${which} of pixels`,
      [values.length],
      values.map(BigInt),
      [],
    );
  const row = classes(
    "row",
    borders.rowClass.map((index) => index * columns),
  );
  const column = classes("column", borders.columnClass);
  return [
    [
      "static int border(const int y, const int x) {",
      "  BITLOOM_HLS(INLINE)",
      `  return ${row.name}[y] + ${column.name}[x];`,
      "}",
    ],
    [row, column],
  ];
}

/** A stage that slides a window and then computes. */
export function windowedStage(
  windowing: Windowing,
  after: Omit<HlsStage, "shape">,
  numbers: Readonly<Record<string, number>>,
): HlsStage {
  const window = windowNumbers(windowing);
  const linkBits = windowing.simd * windowing.bits;
  const slide: HlsProcess = {
    name: "window",
    body: "bitloom::sliding_window<shape>(in0, out, frames);",
    tables: [],
    linkBits,
  };
  return {
    ...after,
    headers: ["sliding_window.hpp", ...after.headers],
    shape: { ...window, ...numbers },
    processes: [slide, ...after.processes],
  };
}
