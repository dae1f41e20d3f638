/** Sums whose weights are all constants of the same cycle: members of a unit of constant_sums.hpp with an adder a line, and no table. */
import { maxRaw, minRaw, signedBits, smallestType, unsignedInteger } from "../data-type.ts";
import type { Row } from "../shared-sums.ts";
import { rowsOf } from "../shared-sums.ts";
import type { Sums } from "../sums.ts";
import { laneWeights, wordsOf } from "../sums.ts";
import type { Adders, Interval } from "./adders.ts";
import { addersOf } from "./adders.ts";

/** What a unit of exact sums differs in. */
export interface ExactSums {
  readonly base: string;
  /** Members. */
  readonly lines?: readonly string[];
  /** What the sum of a lane lacks, in products. */
  readonly extra?: (lane: number) => bigint;
  /** Places of the sums below the products. */
  readonly shift?: number;
  /** The unit's function for the sum with its bias. */
  readonly exact?: string;
}

/** Modulo 2^bits. Undefined for several words of weights, or for too many weights. */
export function constantSums({ weight, shape, input }: Sums, bits: number): ExactSums | undefined {
  if (wordsOf(shape) > 1) return undefined;
  // A bipolar element is 2 * bit - 1.
  const bipolar = input.type.kind === "bipolar";
  const type = input.type.kind === "bipolar" ? unsignedInteger(1) : input.type;
  const weights = Array.from({ length: shape.pe }, (_, lane) => laneWeights(weight, shape, 0, lane));
  const rows = weights.map((lane) => rowsOf(lane).filter(({ shift }) => shift < bits));
  const elements = Array.from({ length: shape.simd }, () => ({ low: minRaw(type), high: maxRaw(type) }));
  const adders = addersOf(rows, elements);
  if (!adders) return undefined;
  return {
    base: `bitloom::constant_unit<${shape.simd}, bitloom::${type.signed ? "signed" : "unsigned"}_input<${type.width}>, ${bits}>`,
    lines: addUp(elements, adders, bits),
    extra: (lane) => (bipolar ? -(weights[lane] as bigint[]).reduce((sum, raw) => sum + raw, 0n) : 0n),
    shift: bipolar ? 1 : 0,
  };
}

/** The unit's function `add_up`. */
function addUp(elements: readonly Interval[], { adders, sums }: Adders, bits: number): string[] {
  const used = new Set([...adders.flatMap(({ first, second }) => [first, second]), ...sums.map((row) => row?.source)]);
  const name = (source: number) => (source < elements.length ? `x${source}` : `s${source - elements.length}`);
  const typeOf = ({ low, high }: Interval) => `number<${Math.min(bits, signedBits(smallestType(low, high, 0)))}>`;
  const shifted = (type: string, source: number, shift: number) =>
    shift === 0 ? `${type}(${name(source)})` : `(${type}(${name(source)}) << ${shift})`;
  const sumOf = (row: Row) => `${row.sign < 0 ? "-" : ""}${shifted(`number<${bits}>`, row.source, row.shift)}`;
  const chunk = elements.flatMap((element, i) =>
    used.has(i) ? [`const ${typeOf(element)} x${i} = element(x, ${i});`] : [],
  );
  const lines = adders.map((adder, i) => {
    const type = typeOf(adder);
    const [first, second] = [`${type}(${name(adder.first)})`, shifted(type, adder.second, adder.shift)];
    return `const ${type} s${i} = ${first} ${adder.sign < 0 ? "-" : "+"} ${second};`;
  });
  return [
    `static void add_up(const chunk&${chunk.length > 0 ? " x" : ""}, accumulator (&sums)[shape::pe][1]) {`,
    "  BITLOOM_HLS(INLINE)",
    ...[...chunk, ...lines].map((line) => `  ${line}`),
    ...sums.map((row, lane) => `  sums[${lane}][0] = ${row ? sumOf(row) : "0"};`),
    "}",
  ];
}
