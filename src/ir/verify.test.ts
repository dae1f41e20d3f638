import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../test/networks/graph-builder.ts";
import { randomGraph } from "../../test/properties/random-graph.ts";
import { layers } from "../layers/index.ts";
import { signedInteger } from "./data-type.ts";
import type { Graph, Node } from "./graph.ts";
import { verify } from "./verify.ts";

function sound(): Graph {
  const build = new GraphBuilder("two", { name: "x", shape: [1, 1, 1], type: signedInteger(4) });
  const a = build.node("add-constant", "a", ["x"], { constant: build.constant(1) });
  return build.graph(build.node("relu", "b", [a], {}), layers);
}

describe("verify", () => {
  it("finds nothing wrong with sound graphs", () => {
    const property = fc.property(randomGraph(), (graph) => {
      expect(verify(graph, layers)).toEqual([]);
    });
    fc.assert(property, { numRuns: 100 });
  });

  it("names what is wrong", () => {
    const graph = sound();
    const [a, b] = graph.nodes as [Node, Node];
    const problems = (changed: Partial<Graph>) => verify({ ...graph, ...changed }, layers);
    expect(problems({ nodes: [b, a] })).toEqual(["b reads a, which is not before it"]);
    expect(problems({ nodes: [a, b, b] })).toEqual(["there are two of b"]);
    expect(problems({ output: "c" })).toEqual(["the output c is no node"]);
    expect(problems({ nodes: [a, { ...b, kind: "tanh" }] })).toEqual(["b is of the unknown kind tanh"]);
    expect(problems({ nodes: [a, { ...b, inputs: ["a", "a"] }] })).toEqual(["b has 2 inputs"]);
    expect(problems({ nodes: [a, { ...b, attributes: { slope: 1 } }] })).toEqual(["b has wrong attributes"]);
    expect(problems({ parameters: new Map() })).toEqual(["a names no tensor t0"]);
    const streams = new Map([...graph.streams, ["b", { shape: [1, 1, 1], type: signedInteger(4) }] as const]);
    expect(problems({ streams })).toEqual(["b is ap_int<4> [1, 1, 1] and should be ap_ufixed<11,3> [1, 1, 1]"]);
  });
});
