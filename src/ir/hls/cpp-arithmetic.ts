/**
 * Runs a formula into C++: each operation becomes a statement of an exact type, sized by the range of its values, so that casts are
 * the only places where anything is lost. Products with constants are sums of shifted terms.
 */
import type { Arithmetic } from "../arithmetic.ts";
import type { Cast } from "../cast.ts";
import { isFixedCast } from "../cast.ts";
import type { DataType, FixedType } from "../data-type.ts";
import { BIPOLAR, elementKind, MAX_WIDTH, maxRaw, minRaw, numeric } from "../data-type.ts";
import type { Parameter } from "../parameter.ts";
import type { Range } from "../range.ts";
import { fullRange, highest, lowest, typeOfRange } from "../range.ts";
import { cutPoints, RangeArithmetic, tableRow } from "../range-arithmetic.ts";
import { signedDigits } from "../signed-digits.ts";
import { cppCastSource, cppType, cppTypeOfCast } from "./cpp-type.ts";
import type { HlsTable } from "./table.ts";
import { integerTable } from "./table.ts";

export interface CppValue {
  /** A C++ expression; undefined for a constant, which stands in a table once it is used. */
  readonly text: string | undefined;
  /** Type of the expression; it holds the range. */
  readonly type: FixedType;
  readonly range: Range;
  /** The expression of a value that is bipolar: one bit. */
  readonly bit?: string;
}

interface Statement {
  readonly type: string;
  name: string;
  readonly expression: string;
}

export interface CppOptions {
  /** Of the stage: begins the names of tables that have no better one. */
  readonly name: string;
  readonly channels: number;
  /** Channels per beat: tables are indexed by `row` (beat of the pixel) and `lane`. */
  readonly lanes: number;
  readonly allowDsp: boolean;
  /** What a parameter is called. */
  nameOf(parameter: Parameter): string | undefined;
}

export class CppArithmetic implements Arithmetic<CppValue> {
  private readonly tables: HlsTable[] = [];
  private readonly statements: (Statement | string)[] = [];
  private readonly options: CppOptions;
  private readonly ranges: RangeArithmetic;
  private readonly names = new Map<Range, string>();
  private readonly loaded = new Map<Range, string>();
  private temporaries = 0;

  constructor(options: CppOptions) {
    this.options = options;
    this.ranges = new RangeArithmetic(options.channels);
  }

  /** The statements on which the expression `result` and the taps depend. */
  lines(result: string): string[] {
    const needed = new Set(namesIn(result));
    const kept: string[] = [];
    for (const line of [...this.statements].reverse()) {
      if (typeof line === "object" && !needed.has(line.name)) continue;
      for (const name of namesIn(typeof line === "string" ? line : line.expression)) needed.add(name);
      kept.unshift(typeof line === "string" ? line : `const ${line.type} ${line.name} = ${line.expression};`);
    }
    return kept;
  }

  /** The tables that lines read. */
  tablesIn(lines: readonly string[]): HlsTable[] {
    const names = new Set(lines.flatMap(namesIn));
    return this.tables.filter(({ name }) => names.has(name));
  }

  /** An element that comes in as the bits `bits`. */
  input(name: string, bits: string, type: DataType, range = fullRange(type, this.options.channels)): CppValue {
    if (type.kind === "bipolar") return this.bipolar(bits, range);
    this.statements.push({ type: cppType(type), name, expression: `bitloom::from_bits<${cppType(type)}>(${bits})` });
    return { text: name, type, range };
  }

  /** Gives the value of a node its name and type; gives its bits as an expression too. */
  result(name: string, value: CppValue, type: DataType): { value: CppValue; bits: string } {
    if (type.kind === "bipolar") {
      if (value.bit === undefined) throw new Error(`internal error: ${name} is not bipolar`);
      this.statements.push({ type: "ap_uint<1>", name, expression: value.bit });
      return { value: this.bipolar(name, value.range), bits: name };
    }
    const last = this.statements.at(-1);
    const renamed = typeof last === "object" && last.name === value.text && sameFixed(value.type, type);
    if (renamed) last.name = name;
    else this.statements.push({ type: cppType(type), name, expression: this.text(value) });
    return { value: { text: name, type, range: value.range }, bits: `bitloom::to_bits(${name})` };
  }

  /** Records the value where csim is built with taps. */
  tap(name: string, value: CppValue): void {
    const bits = value.bit ?? `bitloom::to_bits(${this.text(value)})`;
    this.statements.push(`BITLOOM_TAP("${name}", ${bits}, ${value.bit ? "BIPOLAR" : elementKind(value.type)})`);
  }

  parameter(parameter: Parameter): CppValue {
    const value = constantValue(this.ranges.parameter(parameter));
    const name = this.options.nameOf(parameter);
    if (name !== undefined) this.names.set(value.range, name);
    return value;
  }

  constant(raw: bigint, fraction: number): CppValue {
    return constantValue(this.ranges.constant(raw, fraction));
  }

  add(a: CppValue, b: CppValue): CppValue {
    const range = this.ranges.add(a.range, b.range);
    if (isConstant(a) && isConstant(b) && fits(range)) return constantValue(range);
    return this.declare(range, `${this.text(a)} + ${this.text(b)}`);
  }

  multiply(a: CppValue, b: CppValue): CppValue {
    const range = this.ranges.multiply(a.range, b.range);
    if (isConstant(a) && isConstant(b) && fits(range)) return constantValue(range);
    const [x, constant] = isConstant(a) ? [b, a] : [a, b];
    if (!isConstant(constant)) return this.declare(range, `${this.text(a)} * ${this.text(b)}`);
    if (lowest(constant.range) === 0n && highest(constant.range) === 0n) return constantValue(range);
    if (isMinusOne(constant.range)) return this.declare(range, `-${this.text(x)}`);
    if (this.options.allowDsp) return this.declare(range, `${this.text(x)} * ${this.text(constant)}`);
    const product = cppType(typeOfRange(range));
    return this.declare(
      range,
      `bitloom::shift_add<${product}>(${this.text(x)}, ${this.digits(constant)}, ${this.rawText(constant)})`,
    );
  }

  ifNegative(x: CppValue, negative: (x: CppValue) => CppValue, otherwise: (x: CppValue) => CppValue): CppValue {
    if (lowest(x.range) >= 0n) return otherwise(x);
    if (highest(x.range) < 0n) return negative(x);
    const [below, above] = [
      this.limited(x, (raw) => (raw > -1n ? -1n : raw)),
      this.limited(x, (raw) => (raw < 0n ? 0n : raw)),
    ];
    const [n, o] = [negative(below), otherwise(above)];
    const range = this.ranges.ifNegative(
      x.range,
      () => n.range,
      () => o.range,
    );
    const type = cppType(typeOfRange(range));
    return this.declare(range, `${this.text(x)} < 0 ? ${type}(${this.text(n)}) : ${type}(${this.text(o)})`);
  }

  countThresholds(x: CppValue, thresholds: Parameter): CppValue {
    const range = this.ranges.countThresholds(x.range, thresholds);
    const count = thresholds.shape.at(-1) as number;
    const shared = thresholds.data.length === count;
    const [least, most] = [minRaw(x.type), maxRaw(x.type)];
    const cuts = Array.from({ length: shared ? 1 : this.options.channels }, (_, c) =>
      cutPoints(thresholds, x.type.fraction, c),
    );
    const base = this.options.nameOf(thresholds) ?? `${this.options.name}_cuts`;
    const inside = cuts.flat().map((cut) => clamp(cut, least, most));
    const args = [`bitloom::raw(${this.text(x)})`, this.table(base, "cut points", shared, inside, count)];
    const reachable = cuts.map((row) => BigInt(row.filter((cut) => cut <= most).length));
    if (reachable.some((n) => n < BigInt(count)))
      args.push(
        shared ? `${reachable[0]}` : this.table(`${base}_reachable`, "cut points that x can reach", false, reachable),
      );
    return this.declare(range, `bitloom::count_reached(${args.join(", ")})`);
  }

  lookup(x: CppValue, parameter: Parameter, low: bigint): CppValue {
    const range = this.ranges.lookup(x.range, parameter, low);
    const count = parameter.shape.at(-1) as number;
    const shared = parameter.data.length === count;
    const rows = Array.from({ length: shared ? 1 : this.options.channels }, (_, c) => tableRow(parameter, c));
    const type = numeric(parameter.type);
    const summary = `raws of ${cppType(type)} by the raw of x, from ${low} on`;
    const name = this.options.nameOf(parameter) ?? `${this.options.name}_table`;
    const table = this.table(name, summary, shared, rows.flat().map(asInt64), count, false);
    const text = `bitloom::look_up<${cppType(type)}>(bitloom::raw(${this.text(x)}), ${table}, ${literal(low)})`;
    return { text: this.temporary(cppType(type), text), type, range };
  }

  cast(x: CppValue, cast: Cast | undefined): CppValue {
    if (!cast) return x;
    const range = this.ranges.cast(x.range, cast);
    if (!isFixedCast(cast)) {
      const bit = this.temporary("ap_uint<1>", `${this.text(x)} < 0 ? 0 : 1`);
      return this.bipolar(bit, range);
    }
    const source = cppCastSource(this.text(x), x.type, cast);
    return { text: this.temporary(cppTypeOfCast(cast), source), type: cast.type, range };
  }

  private bipolar(bit: string, range: Range): CppValue {
    return { text: `bitloom::sign(${bit})`, type: numeric(BIPOLAR), range, bit };
  }

  private limited(x: CppValue, limit: (raw: bigint) => bigint): CppValue {
    const { fraction, low, high } = x.range;
    return { ...x, range: { fraction, low: low.map(limit), high: high.map(limit) } };
  }

  private declare(range: Range, expression: string): CppValue {
    const type = typeOfRange(range);
    return { text: this.temporary(cppType(type), expression), type, range };
  }

  private temporary(type: string, expression: string): string {
    const name = `t${++this.temporaries}`;
    this.statements.push({ type, name, expression });
    return name;
  }

  /** The expression of a value; that of a constant reads its table. */
  private text(value: CppValue): string {
    if (value.text !== undefined) return value.text;
    return `bitloom::from_raw<${cppType(typeOfRange(value.range))}>(${this.rawText(value)})`;
  }

  /** The raw of a constant: a literal if all channels have the same, else its place in a table. */
  private rawText(constant: CppValue): string {
    const { low } = constant.range;
    if (isUniform(low)) return literal(low[0] as bigint);
    const known = this.loaded.get(constant.range);
    if (known !== undefined) return known;
    const summary = `raws of ${cppType(typeOfRange(constant.range))}`;
    const text = this.table(this.nameOf(constant), summary, false, low.map(asInt64));
    this.loaded.set(constant.range, text);
    return text;
  }

  /** The constant as digits for shift_add.hpp. */
  private digits(constant: CppValue): string {
    const { low } = constant.range;
    const shared = isUniform(low);
    const digits = (shared ? low.slice(0, 1) : low).map((raw) =>
      signedDigits(raw).map(({ sign, shift }) => BigInt(shift + 1 + (sign < 0 ? 128 : 0))),
    );
    const terms = Math.max(...digits.map(({ length }) => length));
    const padded = digits.flatMap((list) => [...list, ...new Array<bigint>(terms - list.length).fill(0n)]);
    return this.table(`${this.nameOf(constant)}_digits`, "signed digits for shift_add", shared, padded, terms);
  }

  private nameOf({ range }: CppValue): string {
    return this.names.get(range) ?? `${this.options.name}_constant`;
  }

  private unique(base: string): string {
    let name = base;
    for (let i = 2; this.tables.some((table) => table.name === name); i++) name = `${base}_${i}`;
    return name;
  }

  /**
   * A table of `size` values (undefined: one) for each channel, or for all, which are read at the same time or one by one; gives
   * the expression of this lane's values.
   */
  private table(
    base: string,
    summary: string,
    shared: boolean,
    values: bigint[],
    size?: number,
    together = true,
  ): string {
    const { channels, lanes } = this.options;
    const name = this.unique(base);
    const inner = size === undefined ? [] : [size];
    const dimensions = shared ? inner : [channels / lanes, lanes, ...inner];
    const readTogether = dimensions.length - (size === undefined || together ? 0 : 1);
    const partition = dimensions.map((_, i) => i + 1).slice(shared ? 0 : 1, readTogether);
    this.tables.push(integerTable(name, summary, dimensions, values, partition));
    return shared ? name : `${name}[row][lane]`;
  }
}

const namesIn = (line: string): string[] => line.replace(/"[^"]*"/g, "").match(/\b[A-Za-z_]\w*/g) ?? [];
const constantValue = (range: Range): CppValue => ({ text: undefined, type: typeOfRange(range), range });
const isConstant = ({ text }: CppValue): boolean => text === undefined;
const isUniform = (raws: readonly bigint[]): boolean => raws.every((raw) => raw === raws[0]);
const fits = (range: Range): boolean => typeOfRange(range).width <= MAX_WIDTH;
const isMinusOne = ({ fraction, low }: Range): boolean => fraction === 0 && low.every((raw) => raw === -1n);
const clamp = (raw: bigint, low: bigint, high: bigint): bigint => (raw < low ? low : raw > high ? high : raw);
const asInt64 = (raw: bigint): bigint => BigInt.asIntN(64, raw);
const sameFixed = (a: FixedType, b: FixedType): boolean =>
  a.signed === b.signed && a.width === b.width && a.fraction === b.fraction;

/** A C++ literal of type int or int64_t. */
export function literal(raw: bigint): string {
  const value = asInt64(raw);
  if (value === -(1n << 63n)) return "(-0x7fffffffffffffffLL - 1)";
  return value >= -(1n << 31n) && value < 1n << 31n ? `${value}` : `${value}LL`;
}
