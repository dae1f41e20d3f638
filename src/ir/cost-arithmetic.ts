/** Counts the parts of a formula: what one lane of an elementwise stage has, as sv-arithmetic.ts writes it. */
import type { Cast } from "./cast.ts";
import { isFixedCast } from "./cast.ts";
import type { Part, Parts } from "./cost.ts";
import { signedBits } from "./data-type.ts";
import type { Parameter } from "./parameter.ts";
import type { Range } from "./range.ts";
import { typeOfRange } from "./range.ts";
import { RangeArithmetic } from "./range-arithmetic.ts";
import { shiftAddCode } from "./rtl/shift-add.ts";
import { signedDigits } from "./signed-digits.ts";

/** The widths are those of the ranges that flow through the formula. */
export class CostArithmetic extends RangeArithmetic {
  private readonly counts: Partial<Record<Part, number>> = {};
  /** Whether one lane serves several channels, so that constants change from beat to beat. */
  private readonly shared: boolean;

  constructor(channels: number, shared: boolean) {
    super(channels);
    this.shared = shared;
  }

  get parts(): Parts {
    return this.counts;
  }

  override add(a: Range, b: Range): Range {
    const sum = super.add(a, b);
    if (isConstant(a) && isConstant(b)) return sum;
    for (const term of [a, b]) if (isConstant(term)) this.table(term);
    return this.spend("adder", sum);
  }

  /** With one constant for all beats shifted adds, else a selected shift for each two of its digits. */
  override multiply(a: Range, b: Range): Range {
    const product = super.multiply(a, b);
    const constant = isConstant(b) ? b : a;
    if (!isConstant(constant) || (isConstant(a) && isConstant(b))) return product;
    if (this.shared && !isUniform(constant)) {
      const { digits } = shiftAddCode(constant.low);
      this.count("constant", 3 * digits);
      return this.spend("digit", product, digits);
    }
    return this.spend("adder", product, mean(constant.low.map(addersOf)));
  }

  override ifNegative(x: Range, negative: (x: Range) => Range, otherwise: (x: Range) => Range): Range {
    return this.spend("select", super.ifNegative(x, negative, otherwise));
  }

  override countThresholds(x: Range, thresholds: Parameter): Range {
    const count = thresholds.shape.at(-1) as number;
    this.count("compare", count * widthOf(x));
    if (this.shared && thresholds.data.length > count) this.count("constant", count * widthOf(x));
    const passed = super.countThresholds(x, thresholds);
    return this.spend("adder", passed, Math.log2(count));
  }

  override lookup(x: Range, table: Parameter, low: bigint): Range {
    const entries = this.shared ? table.data.length : (table.shape.at(-1) as number);
    return this.spend("rom", super.lookup(x, table, low), Math.ceil(entries / 64));
  }

  override cast(x: Range, cast: Cast | undefined): Range {
    const result = super.cast(x, cast);
    if (!cast || !isFixedCast(cast)) return result;
    if (cast.rounding !== "AP_TRN" && x.fraction > cast.type.fraction) this.spend("round", result);
    if (cast.overflow !== "AP_WRAP") this.spend("saturate", result);
    return result;
  }

  /** Constants that differ from beat to beat are a table. */
  private table(constant: Range): void {
    if (this.shared && !isUniform(constant)) this.count("constant", widthOf(constant));
  }

  private spend(part: Part, result: Range, pieces = 1): Range {
    this.count(part, pieces * widthOf(result));
    return result;
  }

  private count(part: Part, pieces: number): void {
    this.counts[part] = (this.counts[part] ?? 0) + pieces;
  }
}

const widthOf = (range: Range): number => signedBits(typeOfRange(range));
const isConstant = ({ low, high }: Range): boolean => low.every((raw, c) => raw === high[c]);
const isUniform = ({ low }: Range): boolean => low.every((raw) => raw === low[0]);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Adders of a product with a constant: one for each digit but the first, unless that one is subtracted from nothing. */
function addersOf(constant: bigint): number {
  const digits = signedDigits(constant);
  return digits.length - (digits.at(-1)?.sign === -1 ? 0 : Math.min(1, digits.length));
}
