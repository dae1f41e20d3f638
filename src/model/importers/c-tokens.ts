/** Reads C headers as far as tables of numbers need it: preprocessor lines, comments, tokens. */
import type { Diagnostic } from "../../diagnostics.ts";
import { headerSyntax } from "../../diagnostics.ts";

export interface Token {
  readonly kind: "name" | "number" | "mark";
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** Macros without parameters, by name. */
export type Macros = Map<string, readonly Token[]>;

/** A mistake in a header; `diagnostic` has its file and line. */
export class HeaderProblem extends Error {
  readonly diagnostic: Diagnostic;

  constructor(file: string, line: number, problem: string) {
    super(problem);
    this.diagnostic = headerSyntax(`${file}:${line}`, problem);
  }
}

const SPACE = /(?:[ \t\r\n\f\v]|\\\r?\n)+/y;
/** Comments; also texts, so that a comment's begin in one is none. */
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"/g;
const NAME = /[A-Za-z_]\w*/y;
const NUMBER = /0[xX][0-9a-fA-F']+[uUlL]*|(?:\d[\d']*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFlLuU]*/y;
// Only skipped: nothing in a table of numbers is text.
const TEXT = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y;
/** A line of the preprocessor, with its continuations. */
const DIRECTIVE = /#(?:[^\n\\]|\\\r?\n|\\)*/y;

/**
 * Tokens of a header without comments and preprocessor lines; `#if` and its relatives leave out what does not hold. Macros are
 * added to `macros` and stand unexpanded in the result. Throws a HeaderProblem.
 */
export function tokenize(text: string, file: string, macros: Macros): Token[] {
  const tokens: Token[] = [];
  const conditions: Condition[] = [];
  for (const piece of pieces(withoutComments(text), file)) {
    if (piece.kind === "directive") directive(piece, macros, conditions, file);
    else if (isActive(conditions)) tokens.push(piece as Token);
  }
  return tokens;
}

/** Keeps the line breaks, so that the lines keep their numbers. */
const withoutComments = (text: string): string =>
  text.replace(COMMENT, (found) => (found.startsWith('"') ? found : ` ${found.replace(/[^\n]/g, "")}`));

interface Piece {
  readonly kind: Token["kind"] | "directive";
  readonly text: string;
  readonly line: number;
}

function* pieces(text: string, file: string, firstLine = 1): Generator<Piece> {
  let [at, line] = [0, firstLine];
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  while (at < text.length) {
    const start = line;
    const skipped = take(SPACE) ?? take(TEXT);
    if (skipped !== undefined) {
      line += skipped.split("\n").length - 1;
      continue;
    }
    const name = take(NAME);
    const number = name ?? take(NUMBER);
    const other = number ?? take(DIRECTIVE) ?? text[at++] ?? "";
    if (other === "/" && text[at] === "*") throw new HeaderProblem(file, line, "this comment has no end");
    line += other.split("\n").length - 1;
    const kind =
      name !== undefined ? "name" : number !== undefined ? "number" : other.startsWith("#") ? "directive" : "mark";
    yield { kind, text: other, line: start };
  }
}

/** State of an open #if: in the branch that holds, before it, or behind it. */
type Condition = "holds" | "before" | "behind";

const isActive = (conditions: readonly Condition[]): boolean => conditions.every((state) => state === "holds");
const begin = (truth: boolean): Condition => (truth ? "holds" : "before");

/** Carries out one line of the preprocessor. */
function directive({ text, line }: Piece, macros: Macros, conditions: Condition[], file: string): void {
  const [command, ...rest] = [...pieces(text.slice(1), file, line)] as Token[];
  const subject = rest[0]?.text ?? "";
  switch (command?.text) {
    case "define":
      if (isActive(conditions)) macros.set(subject, rest.slice(1));
      return;
    case "undef":
      if (isActive(conditions)) macros.delete(subject);
      return;
    case "ifdef":
      conditions.push(begin(macros.has(subject)));
      return;
    case "ifndef":
      conditions.push(begin(!macros.has(subject)));
      return;
    case "if":
      conditions.push(begin(holds(rest, macros)));
      return;
    case "else":
    case "elif":
      if (conditions.pop() !== "before") conditions.push("behind");
      else conditions.push(begin(command.text === "else" || holds(rest, macros)));
      return;
    case "endif":
      conditions.pop();
  }
}

/** Of a condition the forms that headers use: a number, a macro, `defined X`, `!` of these. */
function holds(condition: readonly Token[], macros: Macros): boolean {
  const [first, ...rest] = condition;
  if (first?.text === "!") return !holds(rest, macros);
  if (first?.text === "(") return holds(rest, macros);
  if (first?.text === "defined") return rest.some(({ kind, text }) => kind === "name" && macros.has(text));
  const value = first?.kind === "name" ? macros.get(first.text)?.[0]?.text : first?.text;
  return value !== undefined && !/^0[uUlL]*$/.test(value);
}
