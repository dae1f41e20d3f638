import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fracnetLike } from "../../test/networks/fracnet.ts";
import { foldingsFrom, randomGraph } from "../../test/properties/random-graph.ts";
import { stuckStages } from "../../test/properties/token-simulator.ts";
import type { Fifo, ScheduledGraph } from "../ir/schedule.ts";
import { layers } from "../layers/index.ts";
import { fullest } from "./depths.ts";
import { processOf } from "./process.ts";
import { schedule } from "./schedule.ts";

const fillsOf = (scheduled: ScheduledGraph) =>
  fullest(
    scheduled,
    scheduled.stages.map((stage) => processOf(stage, scheduled, layers)),
  );

/** Every FIFO exactly as deep as the argument says, without room for pipelines. */
function withDepths(scheduled: ScheduledGraph, depth: (fifo: Fifo, fill: number) => number): ScheduledGraph {
  const fills = fillsOf(scheduled);
  const resized = [...scheduled.fifos].map(
    ([name, fifo]) => [name, { ...fifo, depth: Math.max(1, depth(fifo, fills.get(name) ?? 0)) }] as const,
  );
  return { ...scheduled, fifos: new Map(resized) };
}

describe("depths of FIFOs", () => {
  it("let random graphs with random foldings come to their end", () => {
    fc.assert(
      fc.property(randomGraph(), fc.nat(1000), fc.nat(1000), (graph, folding, seed) => {
        const scheduled = schedule(graph, { foldings: foldingsFrom(graph, folding) });
        expect(stuckStages(scheduled, seed)).toEqual([]);
        expect(
          stuckStages(
            withDepths(scheduled, (_fifo, fill) => fill),
            seed,
          ),
        ).toEqual([]);
      }),
      { numRuns: 150, seed: 3 },
    );
  });

  it("let FracNet come to its end, and half of the shortcuts' depth does not", () => {
    const scheduled = schedule(fracnetLike(16, 3), { targetCycles: 4096 });
    expect(stuckStages(scheduled, 1)).toEqual([]);
    expect(
      stuckStages(
        withDepths(scheduled, (_fifo, fill) => fill),
        2,
      ),
    ).toEqual([]);
    // More than the beats of a pixel that its own producer is just writing.
    const pixels = ([name, fill]: [string, number]) => {
      const { lanes, stream } = scheduled.fifos.get(name) as Fifo;
      return (fill * lanes) / stream.shape[0];
    };
    const deep = [...fillsOf(scheduled)].filter((entry) => pixels(entry) > 2);
    expect(deep.length).toBeGreaterThan(6);
    for (const [name] of deep) {
      const cut = withDepths(scheduled, (fifo, fill) => (fifo.name === name ? fill / 2 : fifo.depth));
      expect(stuckStages(cut, 3), name).not.toEqual([]);
    }
  });

  it("are the smallest where one path is a window and the other is direct", () => {
    const scheduled = schedule(fracnetLike(8, 1), { targetCycles: 1 });
    const fills = fillsOf(scheduled);
    const shortcut = "bn1_to_layer1_0_bn_b";
    // All 16 channels in a beat: a row and two pixels, minus the pixel whose sum has left.
    expect(fills.get(shortcut)).toBe(8 + 2);
    const exact = withDepths(scheduled, (_fifo, fill) => Math.max(2, fill));
    expect(stuckStages(exact, 1)).toEqual([]);
    const fifos = new Map(exact.fifos);
    fifos.set(shortcut, { ...(fifos.get(shortcut) as Fifo), depth: 8 });
    expect(stuckStages({ ...exact, fifos }, 1)).not.toEqual([]);
  });
});
