/**
 * Random networks in Verilator, at full speed and with gaps and back-pressure: what the SystemVerilog gives must be what the reference gives,
 * in no more cycles than the schedule says.
 *
 *     npm run bench:random-rtl -- [count = 300] [first seed = 1]
 *
 * A failing network is named by its seed: put it into test/properties/random-rtl.test.ts.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { inParallel } from "../src/build/parallel.ts";
import { findTool } from "../src/build/tool.ts";
import { VERILATOR } from "../src/opentools/verilator-tool.ts";
import { networkOf, randomCosim } from "../test/properties/random-cosim.ts";

const [count = 300, first = 1] = process.argv.slice(2).map(Number);
const seeds = Array.from({ length: count }, (_, i) => first + i);
const verilator = await findTool(VERILATOR);
const start = performance.now();
const kinds = new Map<string, number>();
let [done, failures] = [0, 0];

await inParallel(seeds, availableParallelism(), async (seed) => {
  for (const { kind } of networkOf(seed).nodes) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const folder = mkdtempSync(join(tmpdir(), "bitloom-random-rtl-"));
  const problem = await randomCosim(seed, folder, verilator).catch(String);
  rmSync(folder, { recursive: true });
  done++;
  if (problem === undefined && done % 10 > 0) return;
  if (problem !== undefined) failures++;
  const time = `${((performance.now() - start) / 1000).toFixed(0)} s`;
  console.error(
    problem === undefined ? `${done} of ${count}, ${failures} failures, ${time}` : `seed ${seed}: ${problem}`,
  );
});
console.log(`${count} networks (seeds ${first} to ${first + count - 1}), ${failures} failures, ${verilator.version}`);
console.log(
  [...kinds]
    .sort()
    .map(([kind, n]) => `${kind} ${n}`)
    .join(", "),
);
process.exitCode = failures > 0 ? 3 : 0;
