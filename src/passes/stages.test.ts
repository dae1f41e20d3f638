import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fracnetLike } from "../../test/networks/fracnet.ts";
import { GraphBuilder } from "../../test/networks/graph-builder.ts";
import { randomGraph } from "../../test/properties/random-graph.ts";
import { signedInteger } from "../ir/data-type.ts";
import { layers } from "../layers/index.ts";
import { prune } from "./prune.ts";
import { groupStages } from "./stages.ts";

const namesOf = (graph: Parameters<typeof groupStages>[0]) =>
  groupStages(graph, layers).map(({ nodes, inputs }) => `${inputs} -> ${nodes.map(({ name }) => name)}`);

describe("stages", () => {
  it("take elementwise nodes together, up to the next reader from outside", () => {
    const build = new GraphBuilder("g", { name: "x", shape: [2, 2, 2], type: signedInteger(8) });
    const one = build.constant(256);
    build.node("relu", "a", ["x"], {});
    build.node("add-constant", "b", ["a"], { constant: one });
    build.node("add", "c", ["b", "b"], {});
    build.node("max-pool", "d", ["c"], { kernel: [1, 1] });
    build.node("relu", "e", ["d"], {});
    build.node("add", "f", ["c", "e"], {});
    expect(namesOf(build.graph("f", layers))).toEqual(["x -> a,b,c", "c -> d", "d,c -> e,f"]);
  });

  it("keep the later of two producers in the stage", () => {
    const build = new GraphBuilder("g", { name: "x", shape: [2, 1, 1], type: signedInteger(8) });
    build.node("relu", "a", ["x"], {});
    build.node("relu", "b", ["x"], {});
    build.node("add", "c", ["b", "a"], {});
    build.node("concat", "d", ["c", "c"], {});
    expect(namesOf(build.graph("d", layers))).toEqual(["x -> a", "x,a -> b,c", "c,c -> d"]);
  });

  it("hold every node once, behind all that it reads", () => {
    const property = fc.property(randomGraph(), (random) => {
      const graph = prune(random, layers);
      const known = new Set([graph.input.name]);
      const units = groupStages(graph, layers);
      for (const { inputs, name } of units) {
        for (const input of inputs) expect(known).toContain(input);
        known.add(name);
      }
      const names = units.flatMap(({ nodes }) => nodes.map(({ name }) => name));
      expect(names.sort()).toEqual(graph.nodes.map(({ name }) => name).sort());
    });
    fc.assert(property, { numRuns: 200 });
  });

  it("are three for each block of FracNet", () => {
    // Three and three for the shortcuts that halve, four before and three behind.
    expect(groupStages(fracnetLike(8, 2), layers)).toHaveLength(3 * 6 + 2 * 2 + 3 + 3);
  });
});
