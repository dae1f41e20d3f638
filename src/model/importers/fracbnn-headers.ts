/** The header files of a FracBNN release, and its tables by their names. */
import { join } from "node:path";
import type { Diagnostic } from "../../diagnostics.ts";
import { DiagnosticError, headerArrayMissing, headerArrayShape } from "../../diagnostics.ts";
import { readTextOf } from "../../files.ts";
import type { Report } from "../../ir/layer.ts";
import { nearest } from "../nearest.ts";
import type { CArray } from "./c-arrays.ts";
import { readArrays } from "./c-arrays.ts";
import type { Macros } from "./c-tokens.ts";
import { HeaderProblem, tokenize } from "./c-tokens.ts";

const DIMENSIONS = "dimension_def.h";
const FIXED = "weights_fracnet_64.h";
const PACKED = "conv_weights.h";

export class Headers {
  readonly #arrays: ReadonlyMap<string, CArray | HeaderProblem>;
  readonly #folder: string;
  readonly #report: Report;

  private constructor(folder: string, arrays: ReadonlyMap<string, CArray | HeaderProblem>, report: Report) {
    this.#folder = folder;
    this.#arrays = arrays;
    this.#report = report;
  }

  /** Rejects with a DiagnosticError if a file cannot be read. */
  static async read(folder: string, report: Report): Promise<Headers> {
    const macros: Macros = new Map();
    // Releases without macros in their bounds have no such file.
    const dimensions = await readTextOf(join(folder, DIMENSIONS)).catch(() => "");
    const [fixed, packed] = [join(folder, FIXED), join(folder, PACKED)];
    const texts = await Promise.allSettled([readTextOf(fixed), readTextOf(packed)]);
    const diagnostics = texts.flatMap((text) => (text.status === "rejected" ? diagnosticsOf(text.reason) : []));
    if (diagnostics.length > 0) throw new DiagnosticError(diagnostics);
    try {
      tokenize(dimensions, join(folder, DIMENSIONS), macros);
      const found = texts.map((text, i) =>
        readArrays((text as { value: string }).value, [fixed, packed][i] as string, macros),
      );
      return new Headers(folder, new Map(found.flatMap((arrays) => [...arrays])), report);
    } catch (error) {
      throw error instanceof HeaderProblem ? new DiagnosticError([error.diagnostic]) : error;
    }
  }

  /** A number that the release may state, or leave to its functions. */
  scalar(name: string): CArray | undefined {
    const found = this.#arrays.get(name);
    return found && !(found instanceof HeaderProblem) && found.shape.length === 0 ? found : undefined;
  }

  /** Undefined, and reported, if it is missing, cannot be read or does not have a shape that `fits`. */
  array(name: string, expected: string, fits: (shape: readonly number[]) => boolean): CArray | undefined {
    const found = this.#arrays.get(name);
    if (found && !(found instanceof HeaderProblem) && fits(found.shape)) return found;
    this.#report(this.#problem(name, found, expected));
    return undefined;
  }

  #problem(name: string, found: CArray | HeaderProblem | undefined, expected: string): Diagnostic {
    if (!found) return headerArrayMissing(this.#folder, name, nearest(name, this.#arrays.keys()));
    if (found instanceof HeaderProblem) return found.diagnostic;
    return headerArrayShape(`${found.file}:${found.line}`, name, found.shape, expected);
  }
}

function diagnosticsOf(error: unknown): readonly Diagnostic[] {
  if (error instanceof DiagnosticError) return error.diagnostics;
  throw error;
}
