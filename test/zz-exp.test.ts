import { readFileSync } from "node:fs";
import { test } from "vitest";
import { rowsOf, shareSums } from "/work/cse/src/ir/shared-sums.ts";
import { intervals } from "/work/cse/src/ir/hls/adders.ts";
import { smallestType } from "/work/cse/src/ir/data-type.ts";

const savings: Record<string, any> = {
  none: () => 0,
  sum: (c: number, b: any) => (c - 1) * (b.sum - b.passed),
  count: (c: number, b: any) => (c - 1),
  overlap: (c: number, b: any) => (c - 1) * Math.max(0.1,Math.min(b.first, b.second + b.passed) - b.passed),
  overlap2: (c: number, b: any) => (c - 1) * (2*Math.min(b.first, b.second + b.passed) - 2*b.passed + 8),
};
const bitsOf = (low: bigint, high: bigint) => smallestType(low, high, 0).width;
function tree(rows: any[], adders: any[], n: number, how: string, width: number[]) {
  const merge = (a: any, b: any) => {
    const [first, second] = a.shift <= b.shift ? [a, b] : [b, a];
    adders.push({ first: first.source, second: second.source, shift: second.shift - first.shift, sign: first.sign === second.sign ? 1 : -1 });
    width.push(Math.max(width[first.source], width[second.source] + second.shift - first.shift) + 1);
    return { ...first, source: n + adders.length - 1 };
  };
  if (how.startsWith("sorted")) {
    let level = [...rows].sort((a, b) => how === "sortedtop" ? (a.shift + width[a.source]) - (b.shift + width[b.source]) : a.shift - b.shift || width[a.source]-width[b.source]);
    while (level.length > 1) { const next = []; for (let i = 0; i < level.length; i += 2) next.push(i + 1 < level.length ? merge(level[i], level[i + 1]) : level[i]); level = next; }
    return level[0];
  }
  const left = [...rows];
  const cost = (a: any, b: any) => { const [f, s] = a.shift <= b.shift ? [a, b] : [b, a]; const d = s.shift - f.shift; return Math.max(width[f.source], width[s.source] + d) + 1 - (how === "greedyspan" ? 0 : d); };
  while (left.length > 1) {
    let best: any;
    for (let i = 0; i < left.length; i++) for (let j = 0; j < i; j++) { const c = cost(left[i], left[j]); if (!best || c < best[0]) best = [c, i, j]; }
    const [, i, j] = best; const m = merge(left[i], left[j]); left.splice(i, 1); left.splice(j, 1); left.push(m);
  }
  return left[0];
}
test("x", () => {
  for (const name of ["16_16_K2", "36_8_4b", "64_10_12b"]) {
    const m = JSON.parse(readFileSync(`/tmp/kt/${name}.json`, "utf8"));
    for (const [s, saving] of Object.entries(savings)) for (const mostDepth of s === "none" ? [0] : [2, Infinity]) for (const how of ["sorted", "sortedtop", "greedy"]) {
      const t = Date.now();
      const n = m[0].length;
      const bits = m[0].map(() => 8);
      const { shared, outputs } = shareSums(m.map((r: any) => rowsOf(r.map(BigInt))), bits, { saving, mostDepth });
      const adders: any[] = [];
      const width = [...bits];
      for (const a of shared) { adders.push(a); width.push(Math.max(width[a.first]!, width[a.second]! + a.shift) + 1); }
      const sums = outputs.map((rows) => tree([...rows], adders, n, how, width));
      const all = intervals(m[0].map(() => ({ low: 0n, high: 255n })), adders);
      const depth = m[0].map(() => 0); for (const a of adders) depth.push(Math.max(depth[a.first], depth[a.second]) + 1);
      const luts = adders.reduce((t, a, i) => t + bitsOf(all[n + i]!.low, all[n + i]!.high) - a.shift, 0);
      console.log(name, s, mostDepth, how, "shared", shared.length, "adders", adders.length, "bits", luts, "depth", Math.max(...depth), Date.now() - t, "ms");
    }
  }
}, 600000);
