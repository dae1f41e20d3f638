/** Prices a formula: what one lane of an elementwise stage takes. */
import type { Cast } from "./cast.ts";
import { isFixedCast } from "./cast.ts";
import type { Area } from "./cost.ts";
import { area } from "./cost.ts";
import type { Parameter } from "./parameter.ts";
import type { Range } from "./range.ts";
import { typeOfRange } from "./range.ts";
import { RangeArithmetic } from "./range-arithmetic.ts";
import { signedDigitCount } from "./signed-digits.ts";

/** The widths are those of the ranges that flow through the formula; every operation adds its LUTs. */
export class CostArithmetic extends RangeArithmetic {
  private lut = 0;
  private ff = 0;
  /** Operations that take a cycle each when they are pipelined. */
  operations = 0;
  /** Whether one lane serves several channels, so that constants change from beat to beat. */
  private readonly shared: boolean;

  constructor(channels: number, shared: boolean) {
    super(channels);
    this.shared = shared;
  }

  get area(): Area {
    return area(Math.ceil(this.lut), Math.ceil(this.ff));
  }

  override add(a: Range, b: Range): Range {
    return this.spend(super.add(a, b), 1);
  }

  /** Shifted adds, one for each signed digit of the constant but the first. */
  override multiply(a: Range, b: Range): Range {
    const product = super.multiply(a, b);
    const [constant, other] = isConstant(b) ? [b, a] : [a, b];
    if (!isConstant(constant)) return this.spend(product, widthOf(other));
    const digits = meanDigitsOf(constant);
    const adders = Math.max(0, digits - 1);
    const selectable = this.shared && !isUniform(constant);
    const shifters = selectable
      ? (digits * widthOf(other) * Math.log2(widthOf(constant) + 1)) / widthOf(product) / 2
      : 0;
    return this.spend(product, adders + shifters);
  }

  override ifNegative(x: Range, negative: (x: Range) => Range, otherwise: (x: Range) => Range): Range {
    return this.spend(super.ifNegative(x, negative, otherwise), 0.5);
  }

  /** A comparator with a constant takes about a third of a LUT for each bit. */
  override countThresholds(x: Range, thresholds: Parameter): Range {
    const count = thresholds.shape.at(-1) as number;
    this.lut += count * ((widthOf(x) + 1) / (this.shared && thresholds.data.length > count ? 1 : 3) + 1);
    return this.spend(super.countThresholds(x, thresholds), 0);
  }

  /** A LUT holds 64 entries of one bit. */
  override lookup(x: Range, table: Parameter, low: bigint): Range {
    const entries = this.shared ? table.data.length : (table.shape.at(-1) as number);
    return this.spend(super.lookup(x, table, low), Math.max(0.5, entries / 64));
  }

  override cast(x: Range, cast: Cast | undefined): Range {
    const result = super.cast(x, cast);
    if (!cast || !isFixedCast(cast)) return result;
    const rounds = cast.rounding !== "AP_TRN" && x.fraction > cast.type.fraction ? 0.7 : 0;
    const saturates = cast.overflow !== "AP_WRAP" ? 0.6 : 0;
    return this.spend(result, rounds + saturates);
  }

  private spend(result: Range, lutPerBit: number): Range {
    const width = widthOf(result);
    this.lut += lutPerBit * width;
    this.ff += lutPerBit > 0 ? width * Math.max(1, lutPerBit) : 0;
    this.operations += lutPerBit > 0 ? 1 : 0;
    return result;
  }
}

const widthOf = (range: Range): number => typeOfRange(range).width;
const isConstant = ({ low, high }: Range): boolean => low.every((raw, c) => raw === high[c]);
const isUniform = ({ low }: Range): boolean => low.every((raw) => raw === low[0]);
const meanDigitsOf = ({ low }: Range): number =>
  low.reduce((sum, raw) => sum + signedDigitCount(raw), 0) / Math.max(1, low.length);
