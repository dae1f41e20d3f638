/** The products of a chunk as bits for a compressor (compressor.ts): XNOR-popcount, or rows of digits (src/templates/rtl/products.sv). */
import type { Sums } from "../sums.ts";
import { elementBits } from "../sums.ts";
import type { Heights } from "./compressor.ts";
import { instance } from "./verilog.ts";
import type { WeightCode } from "./weights.ts";

export interface Terms {
  readonly heights: Heights;
  /** The sum of the products is (sum of the bits << shift) + constant. */
  readonly shift: number;
  readonly constant: bigint;
  /** Lines of SystemVerilog, and the bits, of the chunk `x` and the weights of a lane; their wires begin with `name`. */
  bits(name: string, x: string, weights: string): { lines: string[]; bits: string };
}

/**
 * XNOR-popcount where both factors are bipolar, else digits. With `exactBits` they are digits, and nothing is left to add: the sum of the bits is that of the
 * products modulo 2^exactBits.
 */
export function termsOf(sums: Sums, code: WeightCode, planes: number, exactBits?: number): Terms {
  const { input, shape, signs } = sums;
  const bipolar = (planes > 1 || input.type.kind === "bipolar") && !signs;
  if (bipolar && code.kind === 0 && exactBits === undefined) return xnorTerms(shape.simd);
  return productTerms(shape.simd, {
    xBits: planes > 1 ? 1 : elementBits(sums),
    xKind: bipolar ? 2 : signs || input.type.kind === "bipolar" || input.type.signed ? 1 : 0,
    ...{ code, exactBits },
  });
}

function xnorTerms(simd: number): Terms {
  const heights = [Math.ceil(simd / 3), Math.floor((simd + 1) / 3)].filter((height) => height > 0);
  const count = heights.reduce((sum, height) => sum + height);
  return {
    heights,
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
  readonly xBits: number;
  /** X_KIND of products.sv. */
  readonly xKind: number;
  readonly code: WeightCode;
  readonly exactBits: number | undefined;
}

function productTerms(simd: number, { xBits, xKind, code, exactBits }: Factors): Terms {
  const number = code.kind === 2 ? code.bits : xKind === 1 ? xBits : xBits + 1;
  const row = number + (code.kind === 3 ? 1 : 0);
  const digits = Array.from({ length: code.kind === 3 ? code.bits / 3 : 1 }, (_, digit) => digit);
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
  const numbers = { simd, x_bits: xBits, x_kind: xKind, w_bits: code.bits, w_kind: code.kind };
  return {
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
