/** Averages, with all modes of rounding and overflow, and maxima over windows of all sorts, in Verilator and as C++ against the reference. */
import { describe, expect, test } from "vitest";
import { findTool } from "../src/build/tool.ts";
import { formatCast, OVERFLOWS, ROUNDINGS } from "../src/ir/cast.ts";
import { fixed } from "../src/ir/data-type.ts";
import { toBigints } from "../src/ir/tensor.ts";
import { layers } from "../src/layers/index.ts";
import { VERILATOR } from "../src/opentools/verilator-tool.ts";
import { optimize, schedule } from "../src/passes/index.ts";
import { imageRunner } from "../src/reference/image.ts";
import { randomImages } from "../src/reference/random-images.ts";
import { GraphBuilder } from "./networks/graph-builder.ts";
import { cosimProblem } from "./tools/cosim-model.ts";
import { hasCompiler, runHls } from "./tools/run-hls.ts";
import { temporaryFolder } from "./tools/temporary.ts";

type Pair = readonly [vertical: number, horizontal: number];
interface Window {
  readonly kernel: Pair;
  readonly stride: Pair;
}

/** Windows that tile the map, if no strides are given. */
const window = (height: number, width: number, down = height, right = width): Window => ({
  kernel: [height, width],
  stride: [down, right],
});

interface Chain {
  readonly shape: readonly [number, number, number];
  readonly signed: boolean;
  readonly pe: readonly number[];
  /** One after another; undefined is a global average. */
  readonly pools: readonly (Window | undefined)[];
}

const AVERAGES: readonly Chain[] = [
  {
    shape: [2, 12, 12],
    signed: true,
    pe: [1, 2, 1],
    pools: [window(2, 2), window(3, 2), undefined],
  },
  {
    shape: [3, 7, 7],
    signed: false,
    pe: [3, 1, 1],
    pools: [window(3, 3, 2, 2), window(1, 3, 1, 1), undefined],
  },
  {
    shape: [2, 1, 14],
    signed: true,
    pe: [2, 2, 2],
    pools: [window(1, 2), window(1, 1), undefined],
  },
  {
    shape: [2, 10, 3],
    signed: false,
    pe: [2, 2, 1],
    pools: [window(5, 1), window(2, 3, 1, 1), undefined],
  },
  {
    shape: [4, 9, 6],
    signed: true,
    pe: [4, 2, 4],
    pools: [window(3, 3), window(3, 1, 1, 1), undefined],
  },
];

const MAXIMA: readonly Chain[] = [
  {
    ...{ shape: [2, 12, 12], signed: true, pe: [1, 2, 1] },
    pools: [window(2, 2), window(3, 2), window(2, 3, 1, 1)],
  },
  {
    ...{ shape: [3, 7, 8], signed: false, pe: [3, 3, 1] },
    pools: [window(2, 3, 2, 1), window(3, 1), window(1, 2)],
  },
];

/** Each average has other modes: seven and five have no common divisor. */
function averaging({ signed }: Chain, mode: number) {
  const castOf = (own: number, width: number, fraction: number) =>
    formatCast({ type: fixed(signed, width, fraction), rounding: ROUNDINGS[own % 7]!, overflow: OVERFLOWS[own % 5]! });
  const sum = mode % 2 === 0 ? { accumulator: castOf(mode + 3, 8, 1) } : {};
  return { ...sum, type: castOf(mode, 5, 2 + (mode % 3)) };
}

function network(chain: Chain, index: number, kind: "average-pool" | "max-pool") {
  const { shape, signed, pools, pe } = chain;
  const build = new GraphBuilder("pools", { name: "x", shape, type: fixed(signed, 6, 2) });
  const foldings = new Map(pe.map((lanes, i) => [`pool${i}`, { pe: lanes, simd: lanes }]));
  const last = pools.reduce((input, pool, i) => {
    const attributes = kind === "average-pool" ? averaging(chain, 3 * index + i) : {};
    return pool
      ? build.node(kind, `pool${i}`, [input], { ...attributes, ...pool })
      : build.node("global-average-pool", `pool${i}`, [input], attributes);
  }, "x");
  const graph = build.graph(last, layers);
  return { graph, scheduled: schedule(optimize(graph), { foldings }), images: randomImages(graph.input, 8, index + 1) };
}

const ALL = [
  ...AVERAGES.map((chain, i) => ["average-pool", i, chain] as const),
  ...MAXIMA.map((chain, i) => ["max-pool", i, chain] as const),
];
const verilator = await findTool(VERILATOR).catch(() => undefined);

describe.skipIf(!verilator)(verilator ? "in Verilator" : "skipped: there is no Verilator", () => {
  test.each(ALL)("%s, chain %i", { timeout: 600_000 }, async (kind, i, chain) => {
    const { graph, scheduled, images } = network(chain, i, kind);
    const one = { scheduled, images, folder: temporaryFolder(), verilator: verilator! };
    expect(await cosimProblem(graph, one, [1, 2])).toBeUndefined();
  });
});

test.skipIf(!hasCompiler()).each(ALL)("as C++: %s, chain %i", { timeout: 600_000 }, (kind, i, chain) => {
  const { graph, scheduled, images } = network(chain, i, kind);
  const run = imageRunner(graph, layers, []);
  const outputs = runHls(scheduled, images, temporaryFolder());
  expect(outputs.map(toBigints)).toEqual(images.map((image) => toBigints(run(image).output)));
});
