/**
 * Formulas over whole maps, at speed: the formula is run once over a domain that writes JavaScript, and the loop that it wrote
 * computes every element. Doubles while every bit fits, bigints beyond. Tested against RangeArithmetic over single points.
 */
import type { Arithmetic } from "./arithmetic.ts";
import type { Cast, FixedCast, Rounding } from "./cast.ts";
import { castRaw, isFixedCast, keptRange } from "./cast.ts";
import type { DataType } from "./data-type.ts";
import { numeric, signedBits } from "./data-type.ts";
import type { Parameter } from "./parameter.ts";
import { channelIndex, rawAt } from "./parameter.ts";
import { cutPoints, tableRow } from "./range-arithmetic.ts";
import type { Raws, Shape } from "./tensor.ts";
import { DOUBLE_BITS, makeRaws } from "./tensor.ts";

/** A JavaScript expression of one element: a number if it fits, else a bigint. |raw| <= 2^(bits-1). */
interface Code {
  readonly text: string;
  readonly fraction: number;
  readonly bits: number;
}

/** One raw for each element, and where its binary point is. */
export interface Values {
  readonly data: Raws;
  readonly fraction: number;
}

const isWide = (bits: number): boolean => bits >= DOUBLE_BITS;
const literal = (raw: bigint, wide: boolean): string => (wide ? `(${raw}n)` : `(${raw})`);

type Build<V> = (arithmetic: Arithmetic<V>, inputs: readonly V[]) => readonly V[];

/**
 * Compiles a formula over inputs of the given types and one shape. Gives the results that `build` returns, each as raws of
 * the formula's own fraction.
 */
export function compileFormula(
  shape: Shape,
  types: readonly DataType[],
  build: <V>(...args: Parameters<Build<V>>) => readonly V[],
) {
  const writer = new JavaScriptArithmetic(shape[0]);
  const inputs = types.map((type, i) => ({ text: `x${i}`, fraction: numeric(type).fraction, bits: signedBits(type) }));
  const results = build(writer, inputs);
  const loop = new Function("inputs", "outputs", "tables", "castRaw", "pixels", writer.loop(inputs, results));
  const [channels, height, width] = shape;
  const pixels = height * width;
  return (data: readonly Raws[]): Values[] => {
    const outputs = results.map(({ bits }) => makeRaws(channels * pixels, bits));
    loop(data, outputs, writer.tables, castRaw, pixels);
    return results.map(({ fraction }, i) => ({ fraction, data: outputs[i] as Raws }));
  };
}

class JavaScriptArithmetic implements Arithmetic<Code> {
  /** Per-channel constants and casts that the loop refers to. */
  readonly tables: unknown[] = [];
  private readonly perChannel: string[] = [];
  private readonly statements: string[] = [];
  private readonly channels: number;
  private names = 0;

  constructor(channels: number) {
    this.channels = channels;
  }

  loop(inputs: readonly Code[], results: readonly Code[]): string {
    return `"use strict";
      ${inputs.map((_, i) => `const in${i} = inputs[${i}];`).join("")}
      ${results.map((_, i) => `const out${i} = outputs[${i}];`).join("")}
      for (let c = 0, i = 0; c < ${this.channels}; c++) {
        ${this.perChannel.join("\n")}
        for (const end = i + pixels; i < end; i++) {
          ${inputs.map((_, i) => `const x${i} = in${i}[i];`).join("")}
          ${this.statements.join("\n")}
          ${results.map(({ text }, i) => `out${i}[i] = ${text};`).join("")}
        }
      }`;
  }

  parameter(parameter: Parameter): Code {
    const bits = signedBits(parameter.type);
    const raws = Array.from({ length: this.channels }, (_, c) => rawAt(parameter, channelIndex(parameter, c)));
    const table = this.table(isWide(bits) ? raws : Float64Array.from(raws, Number));
    return { text: this.name(this.perChannel, `${table}[c]`), fraction: numeric(parameter.type).fraction, bits };
  }

  constant(raw: bigint, fraction: number): Code {
    const bits = raw.toString(2).length + 1;
    return { text: literal(raw, isWide(bits)), fraction, bits };
  }

  add(a: Code, b: Code): Code {
    const [x, y] = this.aligned(a, b);
    return this.combined("+", x, y, x.fraction, Math.max(x.bits, y.bits) + 1);
  }

  multiply(a: Code, b: Code): Code {
    return this.combined("*", a, b, a.fraction + b.fraction, a.bits + b.bits);
  }

  ifNegative(x: Code, negative: (x: Code) => Code, otherwise: (x: Code) => Code): Code {
    const [n, o] = this.aligned(negative(x), otherwise(x));
    const bits = Math.max(n.bits, o.bits);
    const text = `${x.text} < 0 ? ${widened(n, isWide(bits))} : ${widened(o, isWide(bits))}`;
    return { text: this.name(this.statements, text), fraction: n.fraction, bits };
  }

  countThresholds(x: Code, thresholds: Parameter): Code {
    const wide = isWide(x.bits);
    const count = thresholds.shape.at(-1) as number;
    const cuts = Array.from({ length: this.channels }, (_, c) => {
      const own = cutPoints(thresholds, x.fraction, c);
      return wide ? own : own.map(Number);
    });
    const table = this.name(this.perChannel, `${this.table(cuts)}[c]`);
    const passed = Array.from({ length: count }, (_, i) => `(${x.text} >= ${table}[${i}] ? 1 : 0)`);
    return { text: this.name(this.statements, passed.join(" + ")), fraction: 0, bits: 32 };
  }

  lookup(x: Code, table: Parameter, low: bigint): Code {
    const bits = signedBits(table.type);
    const rows = Array.from({ length: this.channels }, (_, c) => {
      const row = tableRow(table, c);
      return isWide(bits) ? row : row.map(Number);
    });
    const row = this.name(this.perChannel, `${this.table(rows)}[c]`);
    const text = this.name(this.statements, `${row}[Number(${x.text}) - ${literal(low, false)}]`);
    return { text, fraction: numeric(table.type).fraction, bits };
  }

  cast(x: Code, cast: Cast | undefined): Code {
    if (!cast) return x;
    const { fraction } = numeric(cast.type);
    const bits = signedBits(cast.type);
    return { text: this.name(this.statements, this.castText(x, cast, bits)), fraction, bits };
  }

  private castText(x: Code, cast: Cast, bits: number): string {
    if (!isFixedCast(cast)) return `${x.text} < 0 ? -1 : 1`;
    const shift = x.fraction - cast.type.fraction;
    // Sign-magnitude wrapping looks at bits that rounding has already dropped.
    if (isWide(x.bits) || isWide(bits) || isWide(x.bits - shift) || cast.overflow === "AP_WRAP_SM") {
      const raw = `castRaw(${widened(x, true)}, ${x.fraction}, ${this.table(cast)})`;
      return isWide(bits) ? raw : `Number(${raw})`;
    }
    const scaled = shift === 0 ? x.text : this.name(this.statements, `${x.text} * ${2 ** -shift}`);
    const rounded = shift > 0 ? this.name(this.statements, roundText(scaled, cast.rounding)) : scaled;
    return overflowText(rounded, cast);
  }

  private combined(operator: string, a: Code, b: Code, fraction: number, bits: number): Code {
    const wide = isWide(bits);
    return { text: this.name(this.statements, `${widened(a, wide)} ${operator} ${widened(b, wide)}`), fraction, bits };
  }

  private aligned(a: Code, b: Code): [Code, Code] {
    const fraction = Math.max(a.fraction, b.fraction);
    return [this.rescaled(a, fraction), this.rescaled(b, fraction)];
  }

  private rescaled(x: Code, fraction: number): Code {
    const shift = fraction - x.fraction;
    if (shift === 0) return x;
    const bits = x.bits + shift;
    const text = isWide(bits) ? `(${widened(x, true)} << ${shift}n)` : `(${x.text} * ${2 ** shift})`;
    return { text, fraction, bits };
  }

  private table(value: unknown): string {
    return `tables[${this.tables.push(value) - 1}]`;
  }

  private name(block: string[], text: string): string {
    const name = `t${this.names++}`;
    block.push(`const ${name} = ${text};`);
    return name;
  }
}

const widened = ({ text, bits }: Code, wide: boolean): string => (wide && !isWide(bits) ? `BigInt(${text})` : text);

/** docs/ir.md "Casts": v in units of the target's last bit; its half is exact, as |v| < 2^52. */
function roundText(v: string, rounding: Rounding): string {
  switch (rounding) {
    case "AP_TRN":
      return `Math.floor(${v})`;
    case "AP_TRN_ZERO":
      return `Math.trunc(${v})`;
    case "AP_RND":
      return `Math.floor(${v} + 0.5)`;
    case "AP_RND_MIN_INF":
      return `Math.ceil(${v} - 0.5)`;
    case "AP_RND_ZERO":
      return `${v} < 0 ? Math.floor(${v} + 0.5) : Math.ceil(${v} - 0.5)`;
    case "AP_RND_INF":
      return `${v} < 0 ? Math.ceil(${v} - 0.5) : Math.floor(${v} + 0.5)`;
    case "AP_RND_CONV":
      return `Math.floor(${v} + 0.5) - (Math.floor(${v} + 0.5) - ${v} === 0.5 && Math.floor(${v} + 0.5) % 2 !== 0 ? 1 : 0)`;
  }
}

function overflowText(v: string, cast: FixedCast): string {
  const [low, high] = keptRange(cast).map(Number) as [number, number];
  switch (cast.overflow) {
    case "AP_SAT":
    case "AP_SAT_SYM":
      return `${v} < ${low} ? ${low} : ${v} > ${high} ? ${high} : ${v}`;
    case "AP_SAT_ZERO":
      return `${v} < ${low} || ${v} > ${high} ? 0 : ${v}`;
    default: {
      const modulus = high - low + 1;
      return `${v} < ${low} || ${v} > ${high} ? ${v} - ${modulus} * Math.floor((${v} - ${low}) / ${modulus}) : ${v}`;
    }
  }
}
