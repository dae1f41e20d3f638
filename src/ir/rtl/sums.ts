/** The sums of conv2d, gated-conv2d and dense as stages: a window, the matrix-vector unit, and what is done with its sums. */
import type { FixedCast } from "../cast.ts";
import { castRaw } from "../cast.ts";
import type { Parts } from "../cost.ts";
import { areaOf, blockRams, inBlockRam, ram } from "../cost.ts";
import type { Stream } from "../graph.ts";
import type { Folding } from "../layer.ts";
import type { Sums } from "../sums.ts";
import { alignedBias, elementBits, foldsOf, fractions, productBits } from "../sums.ts";
import { CAST_SUM_LATENCY, sumNumbers } from "./cast.ts";
import { sumBits } from "./compressor.ts";
import { compressorName } from "./compressor-module.ts";
import type { ChunkFormat } from "./constant-groups.ts";
import { lanesOf } from "./elementwise.ts";
import type { SumsUnit } from "./sums-unit.ts";
import { sumsUnitOf, worksInTurn } from "./sums-unit.ts";
import { table } from "./tables.ts";
import type { Terms } from "./terms.ts";
import { countWaits, laneTerms } from "./terms.ts";
import { CLOCK, delayed, indexBits, instance, streamPorts, streamWires } from "./verilog.ts";
import type { Loadable } from "./weight-memories.ts";
import { hasStarts, layoutOf, linksOf, startsOf, weightsOf } from "./weight-memories.ts";

/** Of the wires that the unit gives: `sums_data` has for each lane `planes` sums of `bits` bits. */
export interface SumsFormat {
  readonly bits: number;
  readonly planes: number;
}

/** What the sums of each output that leave the unit lack: `offsets` adds it. */
export function lacksOf(sums: Sums, planes: number): (output: number) => bigint {
  const { terms, lanes } = sumsUnitOf(sums, planes);
  return (output) => laneTerms(terms, output % lanes).constant * BigInt(foldsOf(sums.shape));
}

/** Bits of the sums that leave the unit that are always 0, from the lowest one on. */
export const zerosBelowSums = (sums: Sums, planes: number): number => sumsUnitOf(sums, planes).terms.shift;

const folded = (sums: Sums, folding: Folding): Sums => ({ ...sums, shape: { ...sums.shape, ...folding } });

/** From here on Yosys 0.23 has no distributed RAM with a single port: it stops with an error. */
const LARGE_FOLDS = 257;

/** Of all planes. */
export const chunkBits = ({ format: { bits, products } }: Terms, simd: number, planes: number): number =>
  (simd / products) * bits * planes;

/** Where the chunks of a pixel wait for the next rows of weights. */
export const keptInBlockRam = (bits: number, folds: number): boolean =>
  folds >= LARGE_FOLDS || inBlockRam(areaOf(ram(bits, folds)).lut, blockRams(bits, folds));

/** What of a stage can be loaded, if anything; `tensor` is the weights' name. */
export function loadableOf(sums: Sums, tensor: string, { bits, planes }: SumsFormat): Loadable | undefined {
  if (!sums.weight.reloadable) return undefined;
  const { code } = sumsUnitOf(sums, planes);
  const lacks = lacksOf(sums, planes);
  const starts = hasStarts(sums) ? [startsOf(sums, bits, lacks)] : [];
  return {
    memories: [weightsOf(sums.weight, code, sums.shape), ...starts],
    layout: layoutOf(sums, tensor, code, bits, lacks),
  };
}

/** What a window must give. */
export const chunkFormat = (sums: Sums, planes: number): ChunkFormat => sumsUnitOf(sums, planes).terms.format;

/** What keeps the weights, for each folding. */
export const weightParts =
  (sums: Sums, planes: number) =>
  (folding: Folding): Parts =>
    sumsUnitOf(folded(sums, folding), planes).terms.memory;

/** Cycles from the last chunk of a sum to the one in which it is there. */
export function sumsLatency(sums: Sums, folding: Folding, planes: number): number {
  const own = folded(sums, folding);
  const [folds, unit] = [foldsOf(own.shape), sumsUnitOf(own, planes)];
  const { terms, latency } = unit;
  const replay = folds === 1 ? 0 : keptInBlockRam(chunkBits(terms, folding.simd, planes), folds) ? 2 : 1;
  const add = sums.accumulator ? CAST_SUM_LATENCY : folds > 1 ? 1 : 0;
  return replay + latency + add + (worksInTurn(unit, planes) ? 1 : 0);
}

/**
 * Reads the stream `from`; gives `sums`, and with it its place: a chunk and its weights, their products as bits, the sum of the
 * bits, the sum of all chunks. All of it stops while sums wait to leave.
 */
export function matrixVector(sums: Sums, from: string, output: Stream, format: SumsFormat): string[] {
  const { shape } = sums;
  const { bits, planes } = format;
  const unit = sumsUnitOf(sums, planes);
  return [
    ...streamWires("sums", shape.pe * planes * bits),
    "wire advance = !sums_valid || sums_ready;",
    ...orderLines(sums, unit, planes, from),
    ...unit.terms.weights(),
    ...counts(sums, unit),
    ...allFolds(sums, unit, format),
    ...places(sums, output, shape.outputs / shape.pe),
  ];
}

/** `chunk`, the word of weights at `address` that is read for the next one where `read` is set, and `counts_valid` with the sums of products. */
function orderLines(sums: Sums, unit: SumsUnit, planes: number, from: string): string[] {
  const { shape, groups, weight } = sums;
  const [folds, rows] = [foldsOf(shape), shape.outputs / shape.pe];
  const [bits, addressBits] = [chunkBits(unit.terms, shape.simd, planes), indexBits(rows * folds)];
  const inTurn = worksInTurn(unit, planes);
  const own = (name: string) => (inTurn ? `row_${name}` : name);
  const numbers = {
    ...{ chunk_bits: bits, folds, row_folds: rows / groups, words: rows * folds },
    ...{ block: keptInBlockRam(bits, folds) ? 1 : 0, latency: unit.latency },
  };
  const ports = { advance: "advance", address: own("address"), read: own("read"), chunk: own("chunk") };
  return [
    `wire [${addressBits - 1}:0] ${own("address")};`,
    `wire [${bits - 1}:0] ${own("chunk")};`,
    `wire ${own("read")}, counts_valid;`,
    ...instance("matrix_order", "order", numbers, {
      ...CLOCK,
      ...streamPorts("in", from),
      reread: weight.reloadable ? `${linksOf(sums).between}_last` : "1'b0",
      ...{ ...ports, valid: "counts_valid" },
    }),
    ...(inTurn ? turnLines(shape.simd, rows, own) : []),
  ];
}

/** The same of one plane after the other. */
const turnLines = (simd: number, rows: number, own: (name: string) => string): string[] => [
  `wire [${simd - 1}:0] chunk;`,
  `wire [${indexBits(rows) - 1}:0] turn_word;`,
  `wire [${indexBits(rows / 2) - 1}:0] address = turn_word[${indexBits(rows / 2) - 1}:0];`,
  "wire read = advance;",
  ...instance(
    "plane_turns",
    "turns",
    { bits: simd, row_bits: indexBits(rows) },
    {
      ...{ clk: "clk", read: own("read"), row: own("address"), advance: "advance", planes: own("chunk") },
      ...{ plane: "chunk", word: "turn_word" },
    },
  ),
];

/** For each lane and plane a wire `count_LANE_PLANE`: the sum of the bits of a chunk. */
function counts({ shape: { simd } }: Sums, { terms, lanes, planes }: SumsUnit): string[] {
  return lanesOf(lanes * planes).flatMap((index) => {
    const [name, lane, plane] = [countName(index, planes), Math.floor(index / planes), index % planes];
    const part = planes > 1 ? `chunk[${plane * simd}+:${simd}]` : "chunk";
    const { lines, bits, inverted } = terms.bits(name, part, lane, plane);
    const { heights } = laneTerms(terms, lane);
    const [width, waits] = [sumBits(heights), countWaits(terms, heights)];
    const ports = { clk: "clk", advance: "advance", x: bits, sum: waits > 0 ? `${name}_0` : name };
    return [
      `wire [${width - 1}:0] ${name};`,
      ...lines,
      ...(waits > 0 ? delayed(name, width, waits) : []),
      ...instance(compressorName(heights), `add_${name}`, inverted === undefined ? {} : { inverted }, ports),
    ];
  });
}

const countName = (index: number, planes: number): string => `count_${Math.floor(index / planes)}_${index % planes}`;

/** The counts as words of so many bits, side by side as `name`. */
function widened(name: string, { terms, lanes, planes }: SumsUnit, bits: number): string[] {
  const words = lanesOf(lanes * planes).map((index) => {
    const count = countName(index, planes);
    const zeros = terms.shift > 0 ? `, ${terms.shift}'b0` : "";
    return [`${name}_${index}`, `wire [${bits - 1}:0] ${name}_${index} = {${count}${zeros}};`] as const;
  });
  const names = words.map(([word]) => word).reverse();
  return [...words.map(([, line]) => line), `wire [${bits * names.length - 1}:0] ${name} = {${names.join(", ")}};`];
}

/** The sums of all chunks of a pixel. */
function allFolds(sums: Sums, unit: SumsUnit, { bits, planes }: SumsFormat): string[] {
  const [{ pe }, folds] = [sums.shape, foldsOf(sums.shape)];
  if (sums.accumulator) return roundingSums(sums, sums.accumulator, unit, bits);
  const parts = widened("parts", unit, bits);
  const streams = { in_data: "parts", in_valid: "counts_valid", out_data: "sums_data", out_valid: "sums_valid" };
  const ports = { ...CLOCK, advance: "advance", ...streams };
  if (worksInTurn(unit, planes)) return [...parts, ...instance("plane_pairs", "pairs", { lanes: pe, bits }, ports)];
  if (folds === 1) return [...parts, "assign sums_valid = counts_valid;", "assign sums_data = parts;"];
  return [...parts, ...instance("fold_sums", "add_folds", { sums: pe * planes, bits, folds }, ports)];
}

/** Sums that are cast after every product. */
function roundingSums(sums: Sums, accumulator: FixedCast, unit: SumsUnit, bits: number): string[] {
  const { shape, weight } = sums;
  const width = productBits(weight, elementBits(sums) + 1);
  const rows = shape.outputs / shape.pe;
  const numbers = {
    pe: shape.pe,
    x_bits: width,
    folds: foldsOf(shape),
    rows,
    ...sumNumbers(fractions(sums).product, accumulator),
  };
  return [
    `wire [${indexBits(rows) - 1}:0] start_row;`,
    ...starts(sums, bits),
    ...widened("products", unit, width),
    ...instance("rounding_sums", "add_folds", numbers, {
      ...CLOCK,
      ...{ advance: "advance", in_data: "products", in_valid: "counts_valid" },
      ...{ start_row: "start_row", start: "start", out_data: "sums_data", out_valid: "sums_valid" },
    }),
  ];
}

/** The enable of what is looked up ahead of the sums that it belongs to, and of these by so many steps. */
export const LOOK = "look";
const LOOK_AHEAD = 3;

/** Which sums they are that leave, `row` and the pixel; where weights stay as they are the pixel comes ahead, while the first sums are on their way. */
function places(sums: Sums, { shape: [, height, width] }: Stream, rows: number): string[] {
  const counter = (name: string, count: number, step: string) => [
    `wire [${indexBits(count) - 1}:0] ${name};`,
    `wire last_${name};`,
    ...instance("counter", `count_${name}`, { count }, { ...CLOCK, step, value: name, last: `last_${name}` }),
  ];
  const pixel = (prefix: string, step: string) => [
    ...counter(`${prefix}row`, rows, step),
    ...counter(`${prefix}x`, width, `${step} && last_${prefix}row`),
    ...counter(`${prefix}y`, height, `${step} && last_${prefix}row && last_${prefix}x`),
  ];
  const leaves = "wire leaves = sums_valid && sums_ready;";
  if (!sums.borders || hasStarts(sums)) return [leaves, ...pixel("", "leaves")];
  return [
    leaves,
    ...counter("row", rows, "leaves"),
    `logic [${LOOK_AHEAD - 1}:0] looked;`,
    "always_ff @(posedge clk) looked <= rst ? 0 : {looked, 1'b1};",
    `wire ${LOOK} = leaves || !looked[${LOOK_AHEAD - 1}];`,
    ...pixel(`${LOOK}_`, LOOK),
  ];
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
