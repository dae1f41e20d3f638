import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maxRaw, minRaw } from "../../src/ir/data-type.ts";
import type { Graph } from "../../src/ir/graph.ts";
import { streamOf } from "../../src/ir/graph.ts";
import type { Tensor } from "../../src/ir/tensor.ts";
import { layers } from "../../src/layers/index.ts";
import { rangesOf } from "../../src/passes/ranges.ts";
import { prepare } from "../../src/reference/executor.ts";
import { imagesFrom, randomGraph } from "./random-graph.ts";

describe("random graphs", () => {
  it("have values of their streams' types and within their ranges", () => {
    fc.assert(
      fc.property(randomGraph(), fc.nat(1000), (graph, seed) => {
        const ranges = rangesOf(graph, layers);
        const run = prepare(graph, layers);
        for (const image of imagesFrom(graph, seed, 1))
          run(image, (name, tensor) => {
            const range = ranges.get(name);
            if (!range) return;
            const { type, shape } = streamOf(graph, name);
            expect(tensor.shape).toEqual(shape);
            for (let c = 0; c < shape[0]; c++) {
              const [low, high] = extremes(tensor, c);
              const [least, most] = [range.low[c] as bigint, range.high[c] as bigint];
              expect(low >= minRaw(type) && high <= maxRaw(type)).toBe(true);
              expect(low >= least && high <= most, `${name}: ${low}..${high} not in ${least}..${most}`).toBe(true);
            }
          });
      }),
      { numRuns: 400, seed: 1 },
    );
  });

  it("hold every kind, and mostly several nodes", () => {
    const graphs = fc.sample(randomGraph(), { numRuns: 300, seed: 2 });
    const kinds = graphs.flatMap(({ nodes }) => nodes.map(({ kind }) => kind));
    expect([...new Set(kinds)].sort()).toEqual([...layers.keys()].sort());
    expect(mean(graphs)).toBeGreaterThan(3);
  });
});

const mean = (graphs: readonly Graph[]): number =>
  graphs.reduce((sum, { nodes }) => sum + nodes.length, 0) / graphs.length;

function extremes({ shape: [, height, width], data }: Tensor, channel: number): [bigint, bigint] {
  const raws = Array.from(data.slice(channel * height * width, (channel + 1) * height * width), BigInt);
  return [raws.reduce((a, b) => (b < a ? b : a)), raws.reduce((a, b) => (b > a ? b : a))];
}
