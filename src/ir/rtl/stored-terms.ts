/** Products with weights from a memory: XNOR-popcount (src/templates/rtl/xnor.sv), or rows of digits (products.sv). */
import type { Sums } from "../sums.ts";
import { wordsOf } from "../sums.ts";
import { linkWires, memoryLines, reloadableInBlockRam, reloadableParts, wordAt } from "./reloadable.ts";
import type { Element, LaneTerms, Terms } from "./terms.ts";
import { instance } from "./verilog.ts";
import { linksOf, weightsOf } from "./weight-memories.ts";
import type { WeightCode } from "./weights.ts";
import { weightMemory, weightParts } from "./weights.ts";

/** A weight as a piece of `weights`. */
type Products = LaneTerms & {
  readonly shift: number;
  bits(name: string, x: string, weights: string): { lines: string[]; bits: string };
};

/** XNOR-popcount where both factors are bipolar and the sum need not be exact, else digits. */
export function storedTerms(sums: Sums, code: WeightCode, element: Element, exactBits: number | undefined): Terms {
  const { weight, shape } = sums;
  const { simd } = shape;
  const xnor = element.kind === "bipolar" && code.kind === 0 && exactBits === undefined;
  const { heights, constant, shift, luts, bits } = xnor
    ? xnorTerms(simd)
    : productTerms(simd, { element, code, exactBits });
  const width = simd * code.bits;
  return {
    ...{ shift, latency: 0 },
    format: { bits: element.bits, products: 1 },
    lanes: [{ heights, constant, luts }],
    memory: weight.reloadable
      ? reloadableParts(shape.pe * width, wordsOf(shape), !!shape.blockRam)
      : weightParts(code, shape),
    weights: () => (weight.reloadable ? reloadableWeights(sums, code) : weightMemory(weight, code, shape)),
    bits: (name, x, lane) => bits(name, x, `weights[${lane * width}+:${width}]`),
  };
}

/** `weights` is the word at `address` from the cycle after `read` on. */
function reloadableWeights(sums: Sums, code: WeightCode): string[] {
  const { weight, shape } = sums;
  const memory = weightsOf(weight, code, shape);
  const { width, depth } = memory;
  const block = reloadableInBlockRam(width, depth, !!shape.blockRam);
  const { first, between, last } = linksOf(sums);
  const lines = [...(between === last ? [] : linkWires(between)), ...memoryLines(memory, block, [first, between])];
  // A single word needs no reading.
  if (depth === 1) return [...lines, `wire [${width - 1}:0] weights = ${wordAt(memory, "0")};`];
  return [
    ...lines,
    `logic [${width - 1}:0] weights;`,
    `always_ff @(posedge clk) if (read) weights <= ${wordAt(memory, "address")};`,
  ];
}

function xnorTerms(simd: number): Products {
  const heights = [Math.ceil(simd / 3), Math.floor((simd + 1) / 3)].filter((height) => height > 0);
  const count = heights.reduce((sum, height) => sum + height);
  return {
    heights,
    luts: count,
    shift: 1,
    constant: -BigInt(simd),
    bits: (name, x, weights) => ({
      lines: [
        `wire [${count - 1}:0] ${name}_ones;`,
        ...instance("xnor", `${name}_xnor`, { simd }, { x, weights, ones: `${name}_ones` }),
      ],
      bits: `${name}_ones`,
    }),
  };
}

interface Factors {
  readonly element: Element;
  readonly code: WeightCode;
  readonly exactBits: number | undefined;
}

/** X_KIND of products.sv. */
const KINDS = ["unsigned", "signed", "bipolar"] as const;

function productTerms(simd: number, { element, code, exactBits }: Factors): Products {
  const number = code.kind === 2 ? code.bits : element.kind === "signed" ? element.bits : element.bits + 1;
  const row = number + (code.kind >= 3 ? 1 : 0);
  const digits = Array.from({ length: code.digits }, (_, digit) => digit);
  const width = row + 2 * (digits.length - 1);
  const short = digits.reduce((sum, digit) => sum - (BigInt(simd) << BigInt(row - 1 + 2 * digit)), 0n);
  const added = exactBits === undefined ? 0n : BigInt.asUintN(exactBits, short);
  /** Of each column what holds its bits, each `simd` of them, and a constant one. */
  const columns = Array.from({ length: Math.max(width, exactBits ?? 0) }, (_, column) => ({
    one: ((added >> BigInt(column)) & 1n) === 1n,
    slices: digits.flatMap((digit) => {
      const place = column - 2 * digit;
      const rows = place >= 0 && place < row ? [`rows_${digit}[${place * simd}+:${simd}]`] : [];
      return place === 0 ? [...rows, `negative_${digit}`] : rows;
    }),
  }));
  const numbers = {
    ...{ simd, x_bits: element.bits, x_kind: KINDS.indexOf(element.kind) },
    ...{ w_bits: code.bits, w_kind: code.kind },
  };
  // Weights say which rows are negative, and so the signs of rows of unsigned numbers: nothing makes these bits.
  const made = row - (element.kind === "unsigned" ? 1 : 0) + (code.kind === 0 || code.kind === 2 ? 1 : 0);
  return {
    luts: simd * digits.length * made,
    heights: columns.map(({ one, slices }) => simd * slices.length + (one ? 1 : 0)),
    shift: 0,
    constant: exactBits === undefined ? short : 0n,
    bits: (name, x, weights) => ({
      lines: digits.flatMap((digit) => {
        const [rows, negative] = [`${name}_rows_${digit}`, `${name}_negative_${digit}`];
        return [
          `wire [${row * simd - 1}:0] ${rows};`,
          `wire [${simd - 1}:0] ${negative};`,
          ...instance("products", `${name}_products_${digit}`, { ...numbers, digit }, { x, weights, rows, negative }),
        ];
      }),
      bits: `{${columns
        .flatMap(({ one, slices }) => [...slices.map((slice) => `${name}_${slice}`), ...(one ? ["1'b1"] : [])])
        .reverse()
        .join(", ")}}`,
    }),
  };
}
