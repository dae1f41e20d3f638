/** The sums of conv2d and dense as stages: a sliding window (conv2d) and the matrix-vector unit. */
import type { FixedCast } from "../cast.ts";
import { castRaw } from "../cast.ts";
import { bitWidth, fixed, numeric } from "../data-type.ts";
import type { Stream } from "../graph.ts";
import type { Parameter } from "../parameter.ts";
import { channelIndex, rawAt } from "../parameter.ts";
import { cppCast, cppType } from "./cpp-type.ts";
import type { HlsOptions, HlsProcess, HlsStage } from "./stage.ts";
import type { HlsTable } from "./table.ts";
import { integerTable } from "./table.ts";
import type { WeightCode, WeightShape } from "./weights.ts";
import { packWeights, productBits, weightCode } from "./weights.ts";
import type { Borders, Windowing } from "./window.ts";
import { absentTaps, windowNumbers } from "./window.ts";

export interface Sums {
  readonly name: string;
  readonly weight: Parameter;
  readonly bias: Parameter | undefined;
  readonly accumulator: FixedCast | undefined;
  readonly input: Stream;
  /** Outputs, channels of a group, taps. */
  readonly shape: WeightShape;
  readonly groups: number;
  /** Whether the elements of a chunk are bipolar ones made signed (window.ts). */
  readonly signs: boolean;
  /** Pixels whose windows lack taps that the window fills with -1. */
  readonly borders: Borders | undefined;
  readonly kernel: readonly [number, number];
}

/** How an element of a chunk is read: a policy of product_unit.hpp. */
function inputPolicy({ input, signs }: Sums): string {
  if (signs) return "bitloom::signed_input<2>";
  const { type } = input;
  if (type.kind === "bipolar") return "bitloom::bipolar_input";
  return `bitloom::${type.signed ? "signed" : "unsigned"}_input<${type.width}>`;
}

export const elementBits = ({ input, signs }: Sums): number => (signs ? 2 : bitWidth(input.type));

/** Fractions of weight * x and of the sum, in which the bias is exact too. */
export function fractions({ weight, bias, input }: Sums) {
  const product = numeric(weight.type).fraction + numeric(input.type).fraction;
  return { product, sum: Math.max(product, bias ? numeric(bias.type).fraction : product) };
}

export function sumsProcess(sums: Sums, options: HlsOptions): Omit<HlsStage, "shape"> & { words: number } {
  const { name, weight, accumulator, input, shape } = sums;
  const bipolar = input.type.kind === "bipolar";
  const code = weightCode(weight, bipolar, options.allowDsp);
  const weights = packWeights(`${name}_weights`, weight, code, shape);
  const xnor = bipolar && weight.encoding === "bipolar" && !accumulator;
  const { unitBase, unit, tables } = accumulator
    ? roundingUnit(sums, accumulator, code)
    : exactUnit(sums, options, xnor ? undefined : code);
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
    folds: (shape.channels * shape.taps) / shape.simd,
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

export const alignedBias = (bias: Parameter, output: number, fraction: number): bigint =>
  rawAt(bias, channelIndex(bias, output)) << BigInt(fraction - numeric(bias.type).fraction);

/** Without a weight code: XNOR-popcount. */
function exactUnit(sums: Sums, { output }: HlsOptions, code: WeightCode | undefined): Unit {
  const { name, shape } = sums;
  const { product, sum } = fractions(sums);
  const width = bitWidth(output.type);
  const base = code
    ? `bitloom::product_unit<${shape.simd}, ${inputPolicy(sums)}, ${code.policy}, ${width}>`
    : `bitloom::xnor_unit<${shape.simd}, 1, ${shape.channels * shape.taps}>`;
  const [borderLines, borderTables] = borderLookup(name, sums.borders);
  const start = startTable(sums, sum, code ? 0n : BigInt(shape.channels * shape.taps), width);
  return {
    unitBase: base,
    unit: [
      ...borderLines,
      `static ap_uint<${width}> finish(const accumulator (&sums)[1], const int border, const int row, const int lane) {`,
      "  BITLOOM_HLS(INLINE)",
      `  return exact${code ? "" : `<${width}>`}(${start.name}[border][row][lane], sums[0], ${sum - product});`,
      "}",
    ],
    tables: [...borderTables, start],
  };
}

/** What a sum starts from: the bias, `extra`, and the weights of the taps that a class of pixels lacks, modulo 2^width. */
export function startTable(sums: Sums, fraction: number, extra: bigint, width: number): HlsTable {
  const { name, bias, shape, borders, kernel, weight, input } = sums;
  const shift = BigInt(fraction - numeric(weight.type).fraction - numeric(input.type).fraction);
  const tapSums = borders && tapSumsOf(weight, shape);
  const classes = borders
    ? borders.rowClasses.flatMap((rows) => borders.columnClasses.map((columns) => absentTaps(rows, columns, kernel)))
    : [[]];
  const values = classes.flatMap((absent) =>
    Array.from({ length: shape.outputs }, (_, o) => {
      const lacking = absent.reduce(
        (total, lacks, tap) => total + (lacks ? (tapSums?.[o * shape.taps + tap] ?? 0n) : 0n),
        0n,
      );
      const start = ((extra + lacking) << shift) + (bias ? alignedBias(bias, o, fraction) : 0n);
      return BigInt.asIntN(Math.min(64, width), start);
    }),
  );
  const dimensions = [classes.length, shape.outputs / shape.pe, shape.pe];
  return integerTable(`${name}_start`, "what the sums start from, by border, row and lane", dimensions, values, [3]);
}

/** Sum of the weights of each output and tap over the channels. */
function tapSumsOf(weight: Parameter, { outputs, channels, taps }: WeightShape): bigint[] {
  return Array.from({ length: outputs * taps }, (_, i) => {
    const [o, tap] = [Math.floor(i / taps), i % taps];
    let sum = 0n;
    for (let c = 0; c < channels; c++) sum += rawAt(weight, (o * channels + c) * taps + tap);
    return sum;
  });
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
