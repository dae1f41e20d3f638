/** Counts the multiplications of two signals in SystemVerilog, before Yosys makes DSPs or logic of them. */
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../../build/command.ts";
import { makeTemporaryFolder, writeWhole } from "../../files.ts";
import type { JobOptions } from "./job.ts";
import { parseNetlists, wiresOf } from "./netlist.ts";
import { sourceClosure } from "./source-closure.ts";

const NETLIST = "multiplications.json";
const TIMEOUT_SECONDS = 3600;

/** By module, those that have none left out. Rejects with a ToolError. */
export async function countRtlMultiplications(
  sources: ReadonlyMap<string, string>,
  top: string,
  log: string,
  { yosys, signal }: JobOptions,
): Promise<ReadonlyMap<string, number>> {
  const needed = sourceClosure(sources, top);
  const folder = await makeTemporaryFolder("bitloom-yosys-");
  try {
    for (const [path, text] of needed) await writeWhole(join(folder, path), text);
    await writeWhole(join(folder, "count.ys"), script([...needed.keys()], top));
    await runCommand({
      step: `count the multiplications of ${top}`,
      path: yosys.path,
      arguments: ["-s", "count.ys"],
      folder,
      log,
      timeoutSeconds: TIMEOUT_SECONDS,
      hint: "If you have not changed the generated files, please report this.",
      signal,
    });
    return countsIn(await readFile(join(folder, NETLIST), "utf8"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** All cells but multipliers are dropped, so that the netlist stays small. AMD's primitives stay unknown. */
const script = (paths: readonly string[], top: string): string =>
  [
    ...paths.map((path) => `read_verilog -sv "${path}"`),
    `hierarchy -top ${top}`,
    "proc",
    "opt_expr",
    "delete t:* t:$mul %d",
    `json -o ${NETLIST}`,
  ].join("\n");

function countsIn(json: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [module, { cells }] of parseNetlists(json)) {
    const products = Object.values(cells).filter(({ connections: { A, B } }) =>
      [A, B].every((bits) => wiresOf(bits).length > 0),
    );
    if (products.length > 0) counts.set(module, products.length);
  }
  return counts;
}
