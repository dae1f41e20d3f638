/** Finds the tables of numbers in a C header. */
import type { CNumber } from "./c-numbers.ts";
import { Cursor, expression, MAX_DEPTH } from "./c-numbers.ts";
import type { Macros, Token } from "./c-tokens.ts";
import { HeaderProblem, tokenize } from "./c-tokens.ts";

const MAX_ELEMENTS = 2 ** 26;

/** A table, row-major; a single number has the shape []. */
export interface CArray {
  readonly name: string;
  readonly file: string;
  /** Of its name. */
  readonly line: number;
  readonly shape: readonly number[];
  readonly values: readonly CNumber[];
}

/** A list of an initialiser. */
type Item = CNumber | readonly Item[];

/**
 * All `... NAME[BOUND]... = INITIALISER` of a header, by name; everything else is passed over. What cannot be read stands there
 * as its problem: only if somebody needs it is it one. Throws a HeaderProblem if the text breaks off in a comment.
 */
export function readArrays(text: string, file: string, macros: Macros): Map<string, CArray | HeaderProblem> {
  const tokens = tokenize(text, file, macros);
  const arrays = new Map<string, CArray | HeaderProblem>();
  for (let at = 0; at < tokens.length; ) {
    const { text: name } = tokens[at] as Token;
    const found = attempt(() => declaration(tokens, at, file, macros));
    if (found instanceof HeaderProblem) {
      if (!arrays.has(name)) arrays.set(name, found);
    } else if (found && !(arrays.get(name) && !(arrays.get(name) instanceof HeaderProblem)))
      arrays.set(name, found.array);
    at = !found || found instanceof HeaderProblem ? at + 1 : found.end;
  }
  return arrays;
}

function attempt<T>(read: () => T): T | HeaderProblem {
  try {
    return read();
  } catch (error) {
    if (error instanceof HeaderProblem) return error;
    throw error;
  }
}

/** The declaration whose name is the token at `at`, if there is one. */
function declaration(tokens: readonly Token[], at: number, file: string, macros: Macros) {
  const name = tokens[at] as Token;
  const bracket = tokens[at + 1]?.text === "[";
  if (name.kind !== "name" || !(bracket || tokens[at + 1]?.text === "=")) return undefined;
  const cursor = new Cursor(tokens, file, at + 1);
  const bounds: (number | undefined)[] = [];
  while (cursor.skip("[")) bounds.push(bound(cursor, macros));
  // Without an initialiser it is a declaration of something else.
  if (!cursor.skip("=") && !(bracket && cursor.peek() === "{")) return undefined;
  const item = cursor.peek() === "{" ? list(cursor, macros) : expression(cursor, macros);
  const shape = shapeOf(bounds, item, name, file);
  const values = Array.isArray(item) ? flatten(item, shape, name, file) : [item as CNumber];
  return { end: cursor.position, array: { name: name.text, file, line: name.line, shape, values } };
}

/** `SIZE]`, or `]` for a size that follows from the initialiser. */
function bound(cursor: Cursor, macros: Macros): number | undefined {
  if (cursor.skip("]")) return undefined;
  const size = Number(expression(cursor, macros));
  if (!Number.isInteger(size) || size < 1) cursor.fail(`${size} cannot be the size of an array`);
  cursor.expect("]");
  return size;
}

function list(cursor: Cursor, macros: Macros, depth = 0): Item[] {
  const items: Item[] = [];
  if (depth > MAX_DEPTH) cursor.fail("nested too deeply");
  cursor.expect("{");
  while (!cursor.skip("}")) {
    items.push(cursor.peek() === "{" ? list(cursor, macros, depth + 1) : expression(cursor, macros));
    if (!cursor.skip(",") && cursor.peek() !== "}") cursor.failExpecting('"," or "}"');
  }
  return items;
}

function shapeOf(bounds: readonly (number | undefined)[], item: Item, name: Token, file: string): number[] {
  const first = bounds[0] ?? (Array.isArray(item) ? item.length : 1);
  const shape = bounds.map((size, axis) => size ?? (axis === 0 ? first : 0));
  const count = shape.reduce((product, size) => product * size, 1);
  if (count >= 1 && count <= MAX_ELEMENTS && Array.isArray(item) === bounds.length > 0) return shape;
  throw new HeaderProblem(file, name.line, `${name.text} does not fit its initialiser`);
}

/** C's rules: braces may be left out, and elements that are not there are 0. */
function flatten(items: readonly Item[], shape: readonly number[], name: Token, file: string): CNumber[] {
  const values: CNumber[] = [];
  const fill = (from: readonly Item[], axis: number) => {
    const stride = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
    const end = values.length + stride * (shape[axis] as number);
    for (const item of from) {
      if (values.length >= end || (Array.isArray(item) && axis + 1 >= shape.length))
        throw new HeaderProblem(
          file,
          name.line,
          `${name.text} has more values than its bounds [${shape.join("][")}] hold`,
        );
      if (Array.isArray(item)) fill(item, axis + 1);
      else values.push(item as CNumber);
    }
    while (values.length < end) values.push(0n);
  };
  fill(items, 0);
  return values;
}
