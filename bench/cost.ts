/**
 * What the cost model expects of stages, FIFOs, forks and converters of all kinds, against what Yosys finds:
 *
 *     npm run bench:cost               estimate and measurement of each stage, the worst and the total error
 *     npm run bench:cost -- --fit      and the prices (src/ir/prices.ts) that fit the measurements best
 *
 * Nothing is synthesized twice: the first run takes half an hour on two cores, one that only fits takes seconds.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTool } from "../src/build/tool.ts";
import type { Area, Parts } from "../src/ir/cost.ts";
import { areaOf, totalArea } from "../src/ir/cost.ts";
import { YOSYS } from "../src/opentools/yosys/tool.ts";
import { fitPrices, pricesText } from "./cost-fit.ts";
import { measureNetwork } from "./cost-measure.ts";
import { networks } from "./cost-networks.ts";

/** A stage, or all that stands between the stages of a network. */
export interface Sample {
  readonly network: string;
  readonly name: string;
  readonly parts: Parts;
  readonly used: Omit<Area, "dsp">;
}

const RESOURCES = ["lut", "ff", "bram18"] as const;
/** Errors of stages that are smaller than this do not count: a handful of LUTs is no design. */
const SMALL = { lut: 50, ff: 50, bram18: 1 };

const yosys = await findTool(YOSYS);
const logs = mkdtempSync(join(tmpdir(), "bitloom-cost-"));
const samples: Sample[] = [];
for (const network of await networks(process.argv.slice(2).filter((word) => !word.startsWith("-"))))
  samples.push(...(await measureNetwork(network, yosys, logs)));
rmSync(logs, { recursive: true });

const number = (value: number) => Math.round(value).toLocaleString("en").padStart(8);
const errorOf = (expected: number, found: number) => expected / Math.max(found, 1) - 1;
const percent = (error: number) => `${error > 0 ? "+" : ""}${Math.round(100 * error)} %`.padStart(7);

function cells(expected: Omit<Area, "dsp">, found: Omit<Area, "dsp">): string {
  return RESOURCES.map((name) => {
    const error =
      Math.max(expected[name], found[name]) < SMALL[name] ? "" : percent(errorOf(expected[name], found[name]));
    return `${number(expected[name])}${number(found[name])} ${error.padStart(7)}`;
  }).join(" ");
}

console.log(`${"".padEnd(46)}     LUT   found           FF   found         BRAM18   found`);
for (const { network, name, parts, used } of samples)
  console.log(`${`${network} ${name}`.padEnd(46)}${cells(areaOf(parts), used)}`);
for (const network of new Set(samples.map((sample) => sample.network))) {
  const own = samples.filter((sample) => sample.network === network);
  const expected = totalArea(own.map(({ parts }) => areaOf(parts)));
  console.log(
    `${`${network} in all`.padEnd(46)}${cells(expected, totalArea(own.map(({ used }) => ({ ...used, dsp: 0 }))))}`,
  );
}
for (const name of RESOURCES) {
  const errors = samples
    .filter(({ parts, used }) => Math.max(areaOf(parts)[name], used[name]) >= SMALL[name])
    .map((sample) => ({ ...sample, error: errorOf(areaOf(sample.parts)[name], sample.used[name]) }));
  errors.sort((a, b) => Math.abs(b.error) - Math.abs(a.error));
  const off = errors.filter(({ error }) => Math.abs(error) > 0.2).length;
  const worst = errors[0];
  console.log(
    `${name.toUpperCase()}: ${errors.length} samples, ${off} off by more than 20 %` +
      (worst ? `, the worst ${worst.network} ${worst.name} by${percent(worst.error)}` : ""),
  );
}
if (process.argv.includes("--fit")) console.log(pricesText(fitPrices(samples)));
