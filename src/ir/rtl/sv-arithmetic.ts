/**
 * Runs a formula into SystemVerilog for one lane of a stage: each operation becomes a signed wire that is as wide as the range of
 * its values asks for. Products with constants are sums of shifted terms. Channels of the lane follow one another by `row`.
 */
import type { Arithmetic } from "../arithmetic.ts";
import type { Cast } from "../cast.ts";
import { isFixedCast } from "../cast.ts";
import type { DataType, FixedType } from "../data-type.ts";
import { BIPOLAR, numeric, signedBits } from "../data-type.ts";
import type { Parameter } from "../parameter.ts";
import type { Range } from "../range.ts";
import { fullRange, highest, lowest, typeOfRange } from "../range.ts";
import { cutPoints, RangeArithmetic, tableRow } from "../range-arithmetic.ts";
import { signedDigits } from "../signed-digits.ts";
import { castInstance } from "./cast.ts";
import { shiftAddCode } from "./shift-add.ts";
import { indexBits, instance, signedLiteral, table } from "./verilog.ts";

export interface SvValue {
  /** A signed wire; undefined for a constant. */
  readonly text: string | undefined;
  readonly width: number;
  /** Has the fraction, too. */
  readonly range: Range;
  /** The wire of a value that is bipolar: one bit. */
  readonly bit?: string;
}

export interface SvOptions {
  /** Ends the names of this lane's wires. */
  readonly suffix: string;
  /** The lane's channels, by row. */
  readonly channels: readonly number[];
}

export class SvArithmetic implements Arithmetic<SvValue> {
  readonly lines: string[] = [];
  private readonly options: SvOptions;
  private readonly ranges: RangeArithmetic;
  private readonly rowBits: number;
  private temporaries = 0;

  constructor(options: SvOptions) {
    this.options = options;
    this.ranges = new RangeArithmetic(options.channels.length);
    this.rowBits = indexBits(options.channels.length);
  }

  /** An element that comes in as the bits `bits`. */
  input(bits: string, type: DataType, range = fullRange(type, this.options.channels.length)): SvValue {
    if (type.kind === "bipolar") return this.bipolar(bits, range);
    const text = this.wire(signedBits(type), type.signed ? `$signed(${bits})` : `$signed({1'b0, ${bits}})`);
    return { text, width: signedBits(type), range };
  }

  /** The bits of a value in a stream of that type. */
  bits(value: SvValue, type: DataType): string {
    if (value.bit !== undefined && type.kind === "bipolar") return value.bit;
    const name = this.name();
    const width = type.kind === "bipolar" ? 1 : type.width;
    this.lines.push(`wire [${width - 1}:0] ${name} = ${this.aligned(value, numeric(type).fraction)};`);
    return name;
  }

  /** The value as the stream after its node has it. */
  result(value: SvValue, type: DataType): SvValue {
    if (value.bit !== undefined || value.text !== undefined) return value;
    const width = signedBits(type);
    return { text: this.wire(width, this.text(value)), width, range: value.range };
  }

  parameter(parameter: Parameter): SvValue {
    return constantValue(this.ranges.parameter(this.rows(parameter, 1)));
  }

  constant(raw: bigint, fraction: number): SvValue {
    return constantValue(this.ranges.constant(raw, fraction));
  }

  add(a: SvValue, b: SvValue): SvValue {
    const range = this.ranges.add(a.range, b.range);
    if (isConstant(a) && isConstant(b)) return constantValue(range);
    return this.declare(range, `${this.aligned(a, range.fraction)} + ${this.aligned(b, range.fraction)}`);
  }

  multiply(a: SvValue, b: SvValue): SvValue {
    const range = this.ranges.multiply(a.range, b.range);
    if (isConstant(a) && isConstant(b)) return constantValue(range);
    const [x, constant] = isConstant(a) ? [b, a] : [a, b];
    if (!isConstant(constant)) throw new Error("internal error: a product of two values");
    const { low } = constant.range;
    if (low.every((raw) => raw === 0n)) return constantValue(range);
    return isUniform(low) ? this.declare(range, shifted(this.text(x), low[0] as bigint)) : this.product(x, low, range);
  }

  ifNegative(x: SvValue, negative: (x: SvValue) => SvValue, otherwise: (x: SvValue) => SvValue): SvValue {
    if (lowest(x.range) >= 0n) return otherwise(x);
    if (highest(x.range) < 0n) return negative(x);
    const n = negative(limited(x, (raw) => (raw > -1n ? -1n : raw)));
    const o = otherwise(limited(x, (raw) => (raw < 0n ? 0n : raw)));
    const range = this.ranges.ifNegative(
      x.range,
      () => n.range,
      () => o.range,
    );
    const [below, above] = [this.aligned(n, range.fraction), this.aligned(o, range.fraction)];
    return this.declare(range, `${this.text(x)} < 0 ? ${below} : ${above}`);
  }

  countThresholds(x: SvValue, thresholds: Parameter): SvValue {
    const range = this.ranges.countThresholds(x.range, this.rows(thresholds, thresholds.shape.at(-1) as number));
    const { fraction } = x.range;
    const cuts = this.options.channels.map((channel) => cutPoints(thresholds, fraction, channel));
    const width = Math.max(x.width, ...cuts.flat().map(wordBits));
    const passed = (cuts[0] as bigint[]).map((_, i) => {
      const cut = this.stored(
        cuts.map((row) => row[i] as bigint),
        width,
      );
      return `$signed({1'b0, ${this.text(x)} >= ${cut}})`;
    });
    return this.declare(range, passed.join(" + "));
  }

  lookup(x: SvValue, parameter: Parameter, low: bigint): SvValue {
    const range = this.ranges.lookup(x.range, this.rows(parameter, parameter.shape.at(-1) as number), low);
    const width = widthOf(range);
    const [name, place] = [this.name(), this.name()];
    const { channels } = this.options;
    const rows = channels.map((channel) => tableRow(parameter, channel));
    const bits = indexBits((rows[0] as bigint[]).length);
    const span = 2 ** bits;
    this.lines.push(`wire [${bits - 1}:0] ${place} = ${this.text(x)} - ${signedLiteral(x.width + 1, low)};`);
    const different = rows.some((row) => row.some((raw, i) => raw !== rows[0]?.[i]));
    const entries = different ? rows : rows.slice(0, 1);
    const values = entries.flatMap((row) => [
      ...row,
      ...new Array<bigint>(span - row.length).fill(row.at(-1) as bigint),
    ]);
    const index = different ? `{row, ${place}}` : place;
    this.lines.push(...table(name, width, index, bits + (different ? this.rowBits : 0), values));
    return { text: name, width, range };
  }

  cast(x: SvValue, cast: Cast | undefined): SvValue {
    if (!cast) return x;
    const range = this.ranges.cast(x.range, cast);
    if (!isFixedCast(cast)) return this.bipolar(this.bit(`!(${this.text(x)} < 0)`), range);
    const { type } = cast;
    const raw = this.name();
    this.lines.push(`wire [${type.width - 1}:0] ${raw};`);
    const from = { width: x.width, fraction: x.range.fraction };
    this.lines.push(...castInstance(`${raw}_cast`, this.text(x), from, cast, raw));
    return { ...this.input(raw, type), range };
  }

  private product(x: SvValue, raws: readonly bigint[], range: Range): SvValue {
    const { digits, codes } = shiftAddCode(raws);
    const [name, code] = [this.name(), this.name()];
    const width = widthOf(range);
    this.lines.push(...table(code, 3 * digits, "row", this.rowBits, codes), `wire signed [${width - 1}:0] ${name};`);
    const parameters = { x_width: x.width, digits, y_width: width };
    this.lines.push(
      ...instance("shift_add", `${name}_product`, parameters, { x: this.text(x), digits: code, y: name }),
    );
    return { text: name, width, range };
  }

  private bipolar(bit: string, range: Range): SvValue {
    return { text: this.wire(2, `$signed({!${bit}, 1'b1})`), width: numeric(BIPOLAR).width, range, bit };
  }

  private declare(range: Range, expression: string): SvValue {
    return { text: this.wire(widthOf(range), expression), width: widthOf(range), range };
  }

  private name(): string {
    return `t${++this.temporaries}_${this.options.suffix}`;
  }

  private wire(width: number, expression: string): string {
    const name = this.name();
    this.lines.push(`wire signed [${width - 1}:0] ${name} = ${expression};`);
    return name;
  }

  private bit(expression: string): string {
    const name = this.name();
    this.lines.push(`wire ${name} = ${expression};`);
    return name;
  }

  private text(value: SvValue): string {
    return value.text ?? this.stored(value.range.low, value.width);
  }

  /** A constant: a literal if all rows have the same, else a table. */
  private stored(raws: readonly bigint[], width: number): string {
    if (isUniform(raws)) return signedLiteral(width, raws[0] as bigint);
    const name = this.name();
    this.lines.push(...table(name, width, "row", this.rowBits, raws));
    return name;
  }

  /** The value with more fraction bits: what is assigned is wide enough. */
  private aligned(value: SvValue, fraction: number): string {
    const shift = fraction - value.range.fraction;
    return shift === 0 ? this.text(value) : `(${this.text(value)} <<< ${shift})`;
  }

  /** The rows of this lane's channels of a parameter with `count` numbers for each channel. */
  private rows(parameter: Parameter, count: number): Parameter {
    if (parameter.data.length === count) return parameter;
    const { data, shape } = parameter;
    const picked = this.options.channels.flatMap((channel) => [...data.slice(channel * count, (channel + 1) * count)]);
    const rows = Object.assign(data.slice(0, picked.length), picked);
    return { ...parameter, shape: [this.options.channels.length, ...shape.slice(1)], data: rows };
  }
}

/** Bits of a signed word that holds the range. */
const widthOf = (range: Range): number => signedBits(typeOfRange(range) as FixedType);
const wordBits = (raw: bigint): number => (raw < 0n ? ~raw : raw).toString(2).length + 1;
const constantValue = (range: Range): SvValue => ({ text: undefined, width: widthOf(range), range });
const isConstant = ({ text }: SvValue): boolean => text === undefined;
const isUniform = (raws: readonly bigint[]): boolean => raws.every((raw) => raw === raws[0]);

function limited(x: SvValue, limit: (raw: bigint) => bigint): SvValue {
  const { fraction, low, high } = x.range;
  return { ...x, range: { fraction, low: low.map(limit), high: high.map(limit) } };
}

/** x times a constant, as a sum of shifted terms. */
function shifted(x: string, constant: bigint): string {
  const terms = signedDigits(constant).reverse();
  return terms
    .map(({ sign, shift }, i) => `${sign < 0 ? "-" : i > 0 ? "+" : ""} (${x} <<< ${shift})`)
    .join(" ")
    .trim();
}
