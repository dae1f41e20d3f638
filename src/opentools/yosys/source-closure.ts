/** Which SystemVerilog files a module needs, so that a change elsewhere does not synthesize it again. */

const DEFINITION = /\b(?:module|package|interface)\s+(?:automatic\s+|static\s+)?([A-Za-z_]\w*)/g;
const WORD = /[A-Za-z_]\w*/g;

/**
 * The files, by path, that define the module and all that they name, each after those that it needs. Every word counts, wherever
 * it stands: so a file too many may be taken, never one too few. All files if none defines the module: Yosys then says so.
 */
export function sourceClosure(sources: ReadonlyMap<string, string>, module: string): ReadonlyMap<string, string> {
  const definers = new Map<string, string>();
  for (const [path, text] of sources)
    for (const [, name] of text.matchAll(DEFINITION)) if (name !== undefined) definers.set(name, path);
  const root = definers.get(module);
  if (root === undefined) return sources;
  const seen = new Set<string>();
  const ordered = new Map<string, string>();
  const visit = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    const text = sources.get(path) as string;
    for (const [word] of text.matchAll(WORD)) {
      const needed = definers.get(word);
      if (needed !== undefined) visit(needed);
    }
    ordered.set(path, text);
  };
  visit(root);
  return ordered;
}
