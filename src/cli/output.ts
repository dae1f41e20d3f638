/** Results on stdout, all else on stderr. Colour only on a terminal; NO_COLOR is respected. */
import pc from "picocolors";
import type { Progress } from "./progress.ts";
import { makeProgress } from "./progress.ts";

export interface Paint {
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
  dim(text: string): string;
  bold(text: string): string;
}

export interface Output {
  /** Of what goes to stdout. */
  readonly paint: Paint;
  readonly progress: Progress;
  /** The result for people; nothing if JSON is wanted. */
  text(text: string): void;
  /** The result for programs; nothing unless JSON is wanted. */
  json(value: unknown): void;
  /** To people, beside the result. */
  note(text: string): void;
}

export function makeOutput(json: boolean): Output {
  const progress = makeProgress(process.stderr);
  return {
    paint: paintFor(process.stdout),
    progress,
    text(text) {
      progress.end();
      if (!json) process.stdout.write(`${text}\n`);
    },
    json(value) {
      progress.end();
      if (json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    note(text) {
      progress.end();
      process.stderr.write(`${text}\n`);
    },
  };
}

function paintFor(stream: NodeJS.WriteStream): Paint {
  const colours = pc.createColors(stream.isTTY === true && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb");
  return { good: colours.green, bad: colours.red, warn: colours.yellow, dim: colours.dim, bold: colours.bold };
}
