import { expect, test } from "vitest";
import type { EquivalenceReport } from "./equivalence-report.ts";
import { equivalenceReportSchema } from "./equivalence-report.ts";
import { equivalenceText } from "./equivalence-text.ts";

const plain = { good: String, bad: String, dim: String };
const report: EquivalenceReport = {
  version: 1,
  design: "net",
  simulation: "csim",
  equivalent: true,
  frames: 2000,
  inputs: { kind: "random", seed: 3 },
  streams: [{ name: "logits", compared: 20000, differing: 0, first: null }],
  tools: ["g++ 12"],
  seconds: { compile: 1.23, simulation: 4, reference: 8 },
};

test("an equivalent design", () => {
  expect(equivalenceText(equivalenceReportSchema.parse(report), plain)).toMatchInlineSnapshot(`
    "equivalent: csim and reference agree on every bit
      net: 2,000 frames (random, seed 3), 1 node, 20,000 values compared
      csim 4.0 s (500 frames/s); reference 8.0 s (250 frames/s); compiled in 1.2 s by g++ 12"
  `);
});

test("names the first node and index that differ", () => {
  const first = { frame: 1, index: [2, 0, 5] as [number, number, number], expected: "9007199254740993", actual: "-1" };
  const different = {
    ...report,
    equivalent: false,
    inputs: { kind: "file" as const, file: "images.npz", key: "x" },
    streams: [
      { name: "conv", compared: 10, differing: 0, first: null },
      { name: "norm", compared: 10, differing: 2, first },
      ...report.streams,
    ] as EquivalenceReport["streams"],
  };
  expect(equivalenceText(equivalenceReportSchema.parse(different), plain)).toMatchInlineSnapshot(`
    "not equivalent: the first node that differs is norm
      norm: 2 of 10 values differ; first in frame 1 at [2, 0, 5]: reference 9007199254740993, csim -1
      net: 2,000 frames (images.npz, x), 3 nodes, 20,020 values compared
      csim 4.0 s (500 frames/s); reference 8.0 s (250 frames/s); compiled in 1.2 s by g++ 12"
  `);
});
