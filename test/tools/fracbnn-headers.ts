/**
 * Writes the two headers of a FracBNN release from its parameters: a model for the importer's tests, and a way to try others.
 * The layout is that of ../shared/fracnet/SPEC.md §5; `style` varies what a C compiler does not care about.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { STAGES } from "../../src/model/importers/fracbnn-stages.ts";

/** Raw integers by the names of params.json: `conv1.weight`, `layer1_0.1.bn_a.scale`, ... */
export type FracbnnParameters = ReadonlyMap<string, ArrayLike<number>>;

export interface HeaderStyle {
  /** `[CHANNEL_OUT/CHANNEL_OUT_T][16]` and a dimension_def.h that defines them, instead of `[4][16]`. */
  readonly macros?: boolean;
  readonly decimal?: boolean;
  /** Comments, pragmas, include guards, `static`, other arrays. */
  readonly noise?: boolean;
  /** Number of a fixed-point element's text, `raw / 256` by default. */
  readonly number?: (table: string, index: number, raw: number) => string;
}

const LANES = 16;
const KERNEL = 9;

/** Tensors of a stage and their tables. */
const TABLES = [
  ["threshold", (h: number) => `conv${h}_threshold`],
  ["bn_a.scale", (h: number) => `bn${h}_weight`],
  ["bn_a.bias", (h: number) => `bn${h}_bias`],
  ["shift_x", (h: number) => `rprelu${h}_shift_x_bias`],
  ["slope", (h: number) => `rprelu${h}_prelu_weight`],
  ["shift_y", (h: number) => `rprelu${h}_shift_y_bias`],
  ["bn_b.scale", (h: number) => `bn${h + 2}_weight`],
  ["bn_b.bias", (h: number) => `bn${h + 2}_bias`],
] as const;

export function writeFracbnnHeaders(folder: string, parameters: FracbnnParameters, style: HeaderStyle = {}): void {
  mkdirSync(folder, { recursive: true });
  if (style.macros)
    writeFileSync(
      join(folder, "dimension_def.h"),
      "/*\nsizes\n*/\n#define CHANNEL_OUT 64\n#define CHANNEL_OUT_T 16 // lanes\n",
    );
  writeFileSync(join(folder, "weights_fracnet_64.h"), framed(fixedTables(parameters, style), "WEIGHTS", style));
  writeFileSync(join(folder, "conv_weights.h"), framed([packedTable(parameters, style)], "CONV", style));
}

function framed(tables: readonly string[], guard: string, { noise }: HeaderStyle): string {
  if (!noise) return `${tables.join("\n")}\n`;
  const other =
    "static const FIX_WT placeholder_fix[2][2] = {0};\nstruct Unused { int a[3]; };\ninline int f(int x) { int y = x; return y; }";
  const between = "\n#pragma HLS ARRAY_PARTITION variable=x complete\n/* a table\n { of numbers */\n";
  return `#ifndef ${guard}_H\n#define ${guard}_H\n#include "typedefs.h"\n${other}\n${tables.join(between)}\n#endif // ${guard}_H\n`;
}

function fixedTables(parameters: FracbnnParameters, style: HeaderStyle): string[] {
  const perChannel = (table: string, tensor: string) =>
    channelTable(`${table}_fix`, valuesOf(parameters, tensor), style);
  const stages = STAGES.flatMap(({ tensors, block, half }) =>
    TABLES.map(([tensor, table]) => perChannel(`${block}_${table(half)}`, `${tensors}.${tensor}`)),
  );
  const bias = valuesOf(parameters, "linear.bias");
  const weight = rows(valuesOf(parameters, "linear.weight"), 64).map((row, k) =>
    braced(numbers("linear_weight_fix", row, style, 64 * k)),
  );
  return [
    perChannel("bn1_weight", "bn1.scale"),
    perChannel("bn1_bias", "bn1.bias"),
    ...stages,
    `const FIX_WT linear_weight_fix[${weight.length}][64] = ${braced(weight)};`,
    `const FIX_WT linear_bias_fix[${bias.length}] = ${braced(numbers("linear_bias_fix", bias, style))};`,
  ];
}

function valuesOf(parameters: FracbnnParameters, name: string): number[] {
  const values = parameters.get(name);
  if (!values) throw new Error(`no parameter ${name}`);
  return Array.from(values);
}

/** `[4][16]`, with zeros behind the channels. */
function channelTable(name: string, values: readonly number[], style: HeaderStyle): string {
  const texts = numbers(name, values, style);
  const padded = rows([...texts, ...new Array<string>(64 - texts.length).fill("0")], LANES).map(braced);
  const bounds = style.macros ? "[CHANNEL_OUT/CHANNEL_OUT_T][CHANNEL_OUT_T]" : "[4][16]";
  return `${style.noise ? "static " : ""}const FIX_WT ${name}${bounds} = ${braced(padded)};`;
}

const numbers = (table: string, raws: readonly number[], { number }: HeaderStyle, base = 0): string[] =>
  raws.map((raw, i) => number?.(table, base + i, raw) ?? String(raw / 256));

function packedTable(parameters: FracbnnParameters, style: HeaderStyle): string {
  const first = valuesOf(parameters, "conv1.weight");
  const words = [0, 1, 2].flatMap((colour) => packed(first, 96, 0, 32 * colour, 32));
  for (const { tensors, inputs, outputs } of STAGES) {
    const bits = valuesOf(parameters, `${tensors}.weight`);
    for (let from = 0; from < outputs; from += LANES) words.push(...packed(bits, inputs, from, 0, inputs));
  }
  const text = (word: bigint) =>
    style.decimal ? `${word}ULL` : `0x${word.toString(16).padStart(16, "0")}${style.noise ? "ull" : ""}`;
  const kernels = rows(rows(words.map(text), 3).map(braced), 3).map(braced);
  const groups = rows(kernels, LANES).map(braced);
  return `const uint64 conv_weight_all[${groups.length}][16][3][3] = ${braced(groups)};`;
}

/** Words of 16 outputs: bit 63 - i is that of input `base + i`. */
function packed(bits: readonly number[], inputs: number, output: number, base: number, count: number): bigint[] {
  return Array.from({ length: LANES * KERNEL }, (_, at) => {
    const [o, tap] = [output + Math.floor(at / KERNEL), at % KERNEL];
    let word = 0n;
    for (let i = 0; i < count; i++) if (bits[(o * inputs + base + i) * KERNEL + tap]) word |= 1n << BigInt(63 - i);
    return word;
  });
}

function rows<T>(values: readonly T[], length: number): T[][] {
  return Array.from({ length: values.length / length }, (_, i) => values.slice(i * length, (i + 1) * length));
}

const braced = (items: readonly string[]): string => `{${items.join(", ")}}`;
