/** Constant expressions of numbers in C headers, with C's meaning: integers divide as integers, 1.5f is a float. */

import type { Macros, Token } from "./c-tokens.ts";
import { HeaderProblem } from "./c-tokens.ts";

/** An integer or a floating-point number. */
export type CNumber = bigint | number;

const END = "the end of the file";
/** Of brackets, signs and macros in each other: bounds the recursion. */
export const MAX_DEPTH = 64;

/** Reads one token after another. */
export class Cursor {
  readonly file: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[], file: string, at = 0) {
    this.#tokens = tokens;
    this.file = file;
    this.#at = at;
  }

  get position(): number {
    return this.#at;
  }

  /** Text of the token `ahead` of the next, "" at the end. */
  peek(ahead = 0): string {
    return this.#tokens[this.#at + ahead]?.text ?? "";
  }

  next(): Token | undefined {
    return this.#tokens[this.#at++];
  }

  /** True, and one step on, if the next token is this one. */
  skip(text: string): boolean {
    const found = this.peek() === text;
    if (found) this.#at++;
    return found;
  }

  expect(text: string): void {
    if (!this.skip(text)) this.failExpecting(`"${text}"`);
  }

  get line(): number {
    return (this.#tokens[this.#at] ?? this.#tokens.at(-1))?.line ?? 1;
  }

  failExpecting(expected: string): never {
    this.fail(`expected ${expected}, but found "${this.peek() || END}"`);
  }

  fail(problem: string): never {
    throw new HeaderProblem(this.file, this.line, problem);
  }
}

/** `a + b - c`, each a product; macros are expanded. Throws a HeaderProblem. */
export function expression(cursor: Cursor, macros: Macros, depth = 0): CNumber {
  let value = product(cursor, macros, depth);
  for (;;) {
    if (cursor.skip("+"))
      value = apply(
        value,
        product(cursor, macros, depth),
        (a, b) => a + b,
        (a, b) => a + b,
      );
    else if (cursor.skip("-"))
      value = apply(
        value,
        product(cursor, macros, depth),
        (a, b) => a - b,
        (a, b) => a - b,
      );
    else return value;
  }
}

function product(cursor: Cursor, macros: Macros, depth: number): CNumber {
  let value = operand(cursor, macros, depth);
  for (;;) {
    if (cursor.skip("*"))
      value = apply(
        value,
        operand(cursor, macros, depth),
        (a, b) => a * b,
        (a, b) => a * b,
      );
    else if (cursor.skip("/")) {
      const divisor = operand(cursor, macros, depth);
      if (divisor === 0n) cursor.fail("division by zero");
      value = apply(
        value,
        divisor,
        (a, b) => a / b,
        (a, b) => a / b,
      );
    } else return value;
  }
}

function apply(
  a: CNumber,
  b: CNumber,
  integers: (a: bigint, b: bigint) => bigint,
  floats: (a: number, b: number) => number,
): CNumber {
  return typeof a === "bigint" && typeof b === "bigint" ? integers(a, b) : floats(Number(a), Number(b));
}

function operand(cursor: Cursor, macros: Macros, depth: number): CNumber {
  if (depth > MAX_DEPTH) cursor.fail("nested too deeply");
  if (cursor.skip("-")) {
    const value = operand(cursor, macros, depth + 1);
    return typeof value === "bigint" ? -value : -value;
  }
  if (cursor.skip("+")) return operand(cursor, macros, depth + 1);
  if (cursor.skip("(")) {
    const value = expression(cursor, macros, depth + 1);
    cursor.expect(")");
    return value;
  }
  const [line, text] = [cursor.line, cursor.peek()];
  const token = cursor.next();
  const macro = token?.kind === "name" ? macros.get(text) : undefined;
  if (macro) return expression(new Cursor(macro, cursor.file), macros, depth + 1);
  const value = token?.kind === "number" ? literal(text) : undefined;
  if (value === undefined) throw new HeaderProblem(cursor.file, line, `expected a number, but found "${text || END}"`);
  return value;
}

const INTEGER = /^(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)[uUlL]*$/;
const FLOAT = /^((?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)([fFlL]?)$/;

function literal(text: string): CNumber | undefined {
  const digits = text.replaceAll("'", "");
  const integer = INTEGER.exec(digits)?.[1];
  if (integer !== undefined) return BigInt(/^0\d/.test(integer) ? `0o${integer.slice(1)}` : integer);
  const [, number, suffix] = FLOAT.exec(digits) ?? [];
  if (number === undefined) return undefined;
  return suffix?.toLowerCase() === "f" ? Math.fround(Number(number)) : Number(number);
}
