/** Averages over windows of all sorts, with all modes of rounding and overflow, in Verilator against the reference. */
import { describe, expect, test } from "vitest";
import { findTool } from "../src/build/tool.ts";
import { formatCast, OVERFLOWS, ROUNDINGS } from "../src/ir/cast.ts";
import { fixed } from "../src/ir/data-type.ts";
import { layers } from "../src/layers/index.ts";
import { VERILATOR } from "../src/opentools/verilator-tool.ts";
import { optimize, schedule } from "../src/passes/index.ts";
import { randomImages } from "../src/reference/random-images.ts";
import { GraphBuilder } from "./networks/graph-builder.ts";
import { cosimProblem } from "./tools/cosim-model.ts";
import { temporaryFolder } from "./tools/temporary.ts";

interface Chain {
  readonly shape: readonly [number, number, number];
  readonly signed: boolean;
  readonly pe: readonly number[];
  /** Kernel and stride, one after another; nothing for a global average. */
  readonly pools: readonly (
    | readonly [kernel: readonly [number, number], stride: readonly [number, number]]
    | undefined
  )[];
}

const CHAINS: readonly Chain[] = [
  {
    shape: [2, 12, 12],
    signed: true,
    pe: [1, 2, 1],
    pools: [
      [
        [2, 2],
        [2, 2],
      ],
      [
        [3, 2],
        [3, 2],
      ],
      undefined,
    ],
  },
  {
    shape: [3, 7, 7],
    signed: false,
    pe: [3, 1, 1],
    pools: [
      [
        [3, 3],
        [2, 2],
      ],
      [
        [1, 3],
        [1, 1],
      ],
      undefined,
    ],
  },
  {
    shape: [2, 1, 14],
    signed: true,
    pe: [2, 2, 2],
    pools: [
      [
        [1, 2],
        [1, 2],
      ],
      [
        [1, 1],
        [1, 1],
      ],
      undefined,
    ],
  },
  {
    shape: [2, 10, 3],
    signed: false,
    pe: [2, 2, 1],
    pools: [
      [
        [5, 1],
        [5, 1],
      ],
      [
        [2, 3],
        [1, 1],
      ],
      undefined,
    ],
  },
  {
    shape: [4, 9, 6],
    signed: true,
    pe: [4, 2, 4],
    pools: [
      [
        [3, 3],
        [3, 3],
      ],
      [
        [3, 1],
        [1, 1],
      ],
      undefined,
    ],
  },
];

/** Each pool has other modes: seven and five have no common divisor. */
function network({ shape, signed, pools, pe }: Chain, index: number) {
  const build = new GraphBuilder("averages", { name: "x", shape, type: fixed(signed, 6, 2) });
  const foldings = new Map<string, { pe: number; simd: number }>();
  const castOf = (mode: number, width: number, fraction: number) =>
    formatCast({
      type: fixed(signed, width, fraction),
      rounding: ROUNDINGS[mode % 7]!,
      overflow: OVERFLOWS[mode % 5]!,
    });
  const last = pools.reduce((input, pool, i) => {
    const mode = 3 * index + i;
    const name = `pool${i}`;
    const sum = mode % 2 === 0 ? { accumulator: castOf(mode + 3, 8, 1) } : {};
    const attributes = { ...sum, type: castOf(mode, 5, 2 + (mode % 3)) };
    foldings.set(name, { pe: pe[i] as number, simd: 1 });
    return pool
      ? build.node("average-pool", name, [input], { ...attributes, kernel: pool[0], stride: pool[1] })
      : build.node("global-average-pool", name, [input], attributes);
  }, "x");
  const graph = build.graph(last, layers);
  return { graph, scheduled: schedule(optimize(graph), { foldings }), images: randomImages(graph.input, 8, index + 1) };
}

const verilator = await findTool(VERILATOR).catch(() => undefined);

describe.skipIf(!verilator)(verilator ? "in Verilator" : "skipped: there is no Verilator", () => {
  test.each(CHAINS.map((chain, i) => [i, chain] as const))("chain %i", { timeout: 600_000 }, async (i, chain) => {
    const { graph, scheduled, images } = network(chain, i);
    const one = { scheduled, images, folder: temporaryFolder(), verilator: verilator! };
    expect(await cosimProblem(graph, one, [1, 2])).toBeUndefined();
  });
});
