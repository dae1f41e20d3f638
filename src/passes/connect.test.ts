import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldingsFrom, randomGraph } from "../../test/properties/random-graph.ts";
import type { Fifo } from "../ir/schedule.ts";
import { elements } from "../ir/tensor.ts";
import { layers } from "../layers/index.ts";
import { prune } from "./prune.ts";
import { schedule } from "./schedule.ts";

describe("FIFOs", () => {
  it("have one writer, one reader, the stage's lanes and whole beats, and converters only repack multiples", () => {
    const property = fc.property(randomGraph(), fc.nat(1000), (graph, seed) => {
      const foldings = foldingsFrom(graph, seed);
      const { stages, fifos, inputFifo, outputFifo } = schedule(graph, { foldings });
      const fifo = (name: string | undefined) => fifos.get(name as string) as Fifo;
      const written = [inputFifo, ...stages.flatMap(({ outputs }) => outputs)];
      const read = [outputFifo, ...stages.flatMap(({ inputs }) => inputs)];
      expect([...written].sort()).toEqual([...fifos.keys()].sort());
      expect([...read].sort()).toEqual([...fifos.keys()].sort());
      for (const { stream, lanes } of fifos.values()) expect(elements(stream.shape) % lanes).toBe(0);
      for (const stage of stages) {
        const [from, to] = [fifo(stage.inputs[0]), fifo(stage.outputs[0])];
        if (stage.kind === "convert") expect(Math.max(from.lanes, to.lanes) % Math.min(from.lanes, to.lanes)).toBe(0);
        if (stage.kind === "fork") for (const name of stage.outputs) expect(fifo(name).lanes).toBe(from.lanes);
        if (stage.kind === "layer") expect(stage.folding).toEqual(foldings.get(stage.name));
      }
    });
    fc.assert(property, { numRuns: 300 });
  });

  it("and stages have names of their own", () => {
    const property = fc.property(randomGraph(), (random) => {
      const graph = prune(random, layers);
      const { stages, fifos } = schedule(graph);
      const others = stages.filter(({ kind }) => kind !== "layer").map(({ name }) => name);
      const names = [graph.input.name, ...graph.nodes.map(({ name }) => name), ...others, ...fifos.keys()];
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^[A-Za-z]\w*$/);
    });
    fc.assert(property, { numRuns: 100 });
  });
});
