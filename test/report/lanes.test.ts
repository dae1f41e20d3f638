import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { schedule } from "../../src/passes/index.ts";
import { laneCount, placeInLanes } from "../../src/report/html/lanes.ts";
import { fracnetLike } from "../networks/fracnet.ts";
import { randomGraph } from "../properties/random-graph.ts";

const wires = (inputs: string[], outputs: string[]) => ({ inputs, outputs });

describe("lanes", () => {
  it("lead a shortcut beside the path that it bypasses", () => {
    const rows = placeInLanes(
      [wires(["x"], ["late", "soon"]), wires(["soon"], ["y"]), wires(["late", "y"], ["z"])],
      "x",
    );
    expect(rows).toEqual([
      { column: 0, inputs: [0], outputs: [0, 1], passing: [] },
      { column: 0, inputs: [0], outputs: [0], passing: [1] },
      { column: 0, inputs: [1, 0], outputs: [0], passing: [] },
    ]);
  });

  it("of all of FracNet fit beside its text", () => {
    const { stages, inputFifo } = schedule(fracnetLike());
    expect(laneCount(placeInLanes(stages as never, inputFifo))).toBeLessThanOrEqual(4);
  });

  it("never meet but at a stage", () => {
    fc.assert(
      fc.property(randomGraph(), (graph) => {
        const { stages, inputFifo } = schedule(graph);
        const rows = placeInLanes(stages as never, inputFifo);
        let open = [0];
        for (const { inputs, outputs, passing, column } of rows) {
          expect([...inputs, ...passing].sort()).toEqual([...open].sort());
          expect(passing).not.toContain(column);
          open = [...outputs, ...passing];
          expect(new Set(open).size).toBe(open.length);
        }
        expect(open).toHaveLength(1);
      }),
      { numRuns: 40, seed: 11 },
    );
  });
});
