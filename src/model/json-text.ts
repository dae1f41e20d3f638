/**
 * Reads JSON text for people who write it by hand: says where a mistake is, and does not take the last of two equal keys in
 * silence, as JSON.parse does.
 */
import type { Diagnostic } from "../diagnostics.ts";
import { duplicateKey, jsonSyntax } from "../diagnostics.ts";
import type { Report } from "../ir/layer.ts";
import { formatPath } from "./path.ts";

const MAX_DEPTH = 64;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const SPACE = /[ \t\r\n]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The parsed text; undefined if it is no JSON (then one diagnostic says where). `file` is for the messages. */
export function parseJson(text: string, file: string, report: Report): unknown {
  const scanner = new Scanner(text, report);
  try {
    scanner.document();
  } catch (problem) {
    if (!(problem instanceof SyntaxProblem)) throw problem;
    report(locate(text, file, problem));
    return undefined;
  }
  return JSON.parse(text);
}

class SyntaxProblem extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

function locate(text: string, file: string, { offset, message }: SyntaxProblem): Diagnostic {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return jsonSyntax(`${file}:${line}:${offset - before.lastIndexOf("\n")}`, message);
}

/** Walks through the text once; throws a SyntaxProblem at the first mistake. */
class Scanner {
  readonly #text: string;
  readonly #report: Report;
  readonly #path: PropertyKey[] = [];
  #at = 0;

  constructor(text: string, report: Report) {
    this.#text = text;
    this.#report = report;
  }

  document(): void {
    this.#value();
    this.#space();
    if (this.#at < this.#text.length) this.#fail("the end of the file");
  }

  #value(): void {
    this.#space();
    const first = this.#text[this.#at];
    if (first === "{") this.#object();
    else if (first === "[") this.#array();
    else if (first === '"') this.#string();
    else if (!this.#match(NUMBER) && !this.#match(WORD)) this.#fail("a value");
  }

  #object(): void {
    const keys = new Set<string>();
    this.#items("}", () => {
      this.#space();
      if (this.#text[this.#at] !== '"') this.#fail('a key in double quotes or "}"');
      const key = this.#string();
      this.#path.push(key);
      if (keys.has(key)) this.#report(duplicateKey(formatPath(this.#path), key));
      keys.add(key);
      this.#space();
      if (!this.#skip(":")) this.#fail('":"');
      this.#value();
      this.#path.pop();
    });
  }

  #array(): void {
    let index = 0;
    this.#items("]", () => {
      this.#path.push(index++);
      this.#value();
      this.#path.pop();
    });
  }

  #items(end: string, item: () => void): void {
    this.#at++;
    if (this.#path.length >= MAX_DEPTH) throw new SyntaxProblem(this.#at, `nested deeper than ${MAX_DEPTH} levels`);
    this.#space();
    if (this.#skip(end)) return;
    do {
      item();
      this.#space();
    } while (this.#skip(","));
    if (!this.#skip(end)) this.#fail(`"," or "${end}"`);
  }

  #string(): string {
    const start = this.#at++;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 0x22) break;
      if (code === 0x5c) {
        if (!this.#match(ESCAPE)) throw new SyntaxProblem(this.#at, "unknown escape in a string");
      } else if (code >= 0x20) this.#at++;
      // Also the end of the text, whose code is NaN.
      else throw new SyntaxProblem(this.#at, "the string has no end on its line");
    }
    this.#at++;
    return JSON.parse(this.#text.slice(start, this.#at)) as string;
  }

  #space(): void {
    this.#match(SPACE);
  }

  #skip(character: string): boolean {
    const found = this.#text[this.#at] === character;
    if (found) this.#at++;
    return found;
  }

  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #fail(expected: string): never {
    const found = this.#text[this.#at];
    throw new SyntaxProblem(
      this.#at,
      `expected ${expected}, but found ${found === undefined ? "the end of the file" : JSON.stringify(found)}`,
    );
  }
}
