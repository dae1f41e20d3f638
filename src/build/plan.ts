/** A build as a value: the files to write and the steps to run. Nothing here touches the disk. */
import { createHash } from "node:crypto";
import { invariant } from "../diagnostics.ts";

export type Content = string | Uint8Array;

/** By path relative to the build folder, with `/`. */
export type Files = ReadonlyMap<string, Content>;

/** One call of a tool in the build folder. */
export interface Step {
  /** Names its log and its stamp. */
  readonly name: string;
  readonly tool: Executable;
  readonly arguments: readonly string[];
  /** Files of the plan, or products of earlier steps. The step runs again when one of them changes. */
  readonly inputs: readonly string[];
  /** Files that are there when the step is done. */
  readonly products: readonly string[];
  readonly timeoutSeconds: number;
  /** For tools that exit with 0 after an error: given the build folder and the log, why the step failed all the same. */
  readonly check?: (folder: string, log: string) => Promise<readonly Finding[]>;
}

/** A reason why a step failed, and what to do. */
export interface Finding {
  readonly message: string;
  readonly hint: string;
}

export interface Executable {
  readonly name: string;
  readonly path: string;
  /** In the tool's own words; another version runs the step again. */
  readonly version: string;
}

export interface PlannedStep extends Step {
  /** Of everything that the step's products follow from. */
  readonly digest: string;
}

export interface Plan {
  readonly files: Files;
  readonly steps: readonly PlannedStep[];
  readonly digest: string;
}

const STEP_NAME = /^[a-z][a-z0-9-]*$/;

export const digestOf = (...parts: readonly Content[]): string => {
  const hash = createHash("sha256");
  // Each part's length goes in too, so that no two lists of parts look alike.
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest("hex");
};

export function makePlan(files: Files, steps: readonly Step[] = []): Plan {
  const contents = new Map([...files].map(([path, content]) => [path, digestOf(content)]));
  const known = new Map(contents);
  const planned = steps.map((step) => withDigest(step, known));
  const all = [...contents].sort().flat();
  return { files, steps: planned, digest: digestOf(...all, ...planned.map(({ digest }) => digest)) };
}

/** Digests of a step's products are that of the step: so it is known before the step has run. */
function withDigest(step: Step, known: Map<string, string>): PlannedStep {
  invariant(STEP_NAME.test(step.name), `"${step.name}" is no name of a step`);
  const inputs = step.inputs.map((path) => {
    const digest = known.get(path);
    invariant(digest !== undefined, `step ${step.name} reads ${path}, which nothing makes`);
    return [path, digest];
  });
  const { name, tool, products } = step;
  const digest = digestOf(JSON.stringify([name, tool.name, tool.version, step.arguments, inputs, products]));
  for (const product of products) known.set(product, digest);
  return { ...step, digest };
}
