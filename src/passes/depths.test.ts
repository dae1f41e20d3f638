import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fracnetLike } from "../../test/networks/fracnet.ts";
import { foldingsFrom, randomGraph } from "../../test/properties/random-graph.ts";
import { stuckStages } from "../../test/properties/token-simulator.ts";
import type { Fifo, ScheduledGraph } from "../ir/schedule.ts";
import { layers } from "../layers/index.ts";
import { movesOf } from "./moves.ts";
import { beatsPerFrame, processOf } from "./process.ts";
import { schedule } from "./schedule.ts";

function withDepth(scheduled: ScheduledGraph, name: string, depth: number): ScheduledGraph {
  const fifo = scheduled.fifos.get(name) as Fifo;
  return { ...scheduled, fifos: new Map([...scheduled.fifos, [name, { ...fifo, depth }]]) };
}

describe("depths of FIFOs", () => {
  it("let random graphs with random foldings come to their end", () => {
    fc.assert(
      fc.property(randomGraph(), fc.nat(1000), fc.nat(1000), (graph, folding, seed) => {
        const scheduled = schedule(graph, { foldings: foldingsFrom(graph, folding) });
        expect(stuckStages(scheduled, seed)).toEqual([]);
      }),
      { numRuns: 150, seed: 3 },
    );
  });

  it("let FracNet come to its end, and half of the shortcuts' depth does not", () => {
    const scheduled = schedule(fracnetLike(16, 3), { targetCycles: 4096 });
    expect(stuckStages(scheduled, 1)).toEqual([]);
    const shortcuts = [...scheduled.fifos.values()].filter(({ name }) =>
      /layer\d_\d_bn_b_to_layer\d_\d_bn_b/.test(name),
    );
    expect(shortcuts.length).toBeGreaterThan(4);
    for (const { name, depth } of shortcuts)
      expect(stuckStages(withDepth(scheduled, name, Math.floor(depth / 2)), 3), name).not.toEqual([]);
  });

  it("are the smallest where one path is a window and the other is direct", () => {
    const scheduled = schedule(fracnetLike(8, 1), { targetCycles: 1 });
    const shortcut = "bn1_to_layer1_0_bn_b";
    // All 16 channels in a beat: a row and two pixels; and what comes in while a window begins a frame and the pipelines work.
    expect(scheduled.fifos.get(shortcut)?.depth).toBeGreaterThanOrEqual(8 + 2);
    expect(scheduled.fifos.get(shortcut)?.depth).toBeLessThanOrEqual(8 * 8);
    expect(stuckStages(withDepth(scheduled, shortcut, 8), 1)).not.toEqual([]);
  });
});

/** Cycles between the ends of two frames if beats are always there. */
function interval(scheduled: ScheduledGraph, stage: ScheduledGraph["stages"][number]): number {
  const process = processOf(stage, scheduled, layers);
  const there = process.inputs.map((name) => new Float64Array(beatsPerFrame(scheduled.fifos.get(name) as Fifo) * 4));
  const { writes } = movesOf(process, there, 4);
  return (writes.at(-1) as number) - (writes[process.beats * 3 - 1] as number);
}

it("the cycles of every stage are what its pace makes of them", () => {
  fc.assert(
    fc.property(randomGraph(), fc.nat(1000), (graph, folding) => {
      const scheduled = schedule(graph, { foldings: foldingsFrom(graph, folding) });
      for (const stage of scheduled.stages) expect(interval(scheduled, stage), stage.name).toBe(stage.cycles);
    }),
    { numRuns: 150, seed: 5 },
  );
});
