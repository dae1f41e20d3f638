import { invariant } from "../diagnostics.ts";

/** Names are checked where the model is read, so a value that would have to be quoted is a bug of ours. */
export function tclWord(value: string): string {
  invariant(/^[^{}\\\n]+$/.test(value), `"${value}" cannot stand in a Tcl script`);
  return `{${value}}`;
}
