/** FIFO depths and the watchdog, confirmed on a core in Verilator. */
import { describe, expect, test } from "vitest";
import { findTool } from "../src/build/tool.ts";
import { generateRtl } from "../src/codegen/rtl/index.ts";
import { stuckMessage } from "../src/flow/stuck.ts";
import { unsignedInteger } from "../src/ir/data-type.ts";
import type { Folding } from "../src/ir/layer.ts";
import type { Fifo, ScheduledGraph } from "../src/ir/schedule.ts";
import { layers } from "../src/layers/index.ts";
import { intervalOf } from "../src/opentools/cosimulate.ts";
import { VERILATOR } from "../src/opentools/verilator-tool.ts";
import { optimize, schedule } from "../src/passes/index.ts";
import { randomImages } from "../src/reference/random-images.ts";
import { GraphBuilder } from "./networks/graph-builder.ts";
import { cosimProblem, simulator } from "./tools/cosim-model.ts";
import { temporaryFolder } from "./tools/temporary.ts";

const verilator = await findTool(VERILATOR).catch(() => undefined);

/** Two convolutions, each beside a shortcut: the second needs its pixels as steadily as the first gives them. */
function residual() {
  const build = new GraphBuilder("residual", { name: "x", shape: [2, 6, 6], type: unsignedInteger(4) });
  const padding = { top: 1, left: 1, bottom: 1, right: 1, value: 0 };
  const block = (input: string, conv: string, sum: string) => {
    build.node("conv2d", conv, [input], { weight: build.bipolar([2, 2, 3, 3]), padding });
    return build.node("add", sum, [input, conv], {});
  };
  const graph = build.graph(block(block("x", "conv", "sum"), "conv2", "sum2"), layers);
  const of = (pe: number, simd: number) => ({ pe, simd });
  const foldings = { conv: of(1, 18), sum: of(2, 1), conv2: of(1, 18), sum2: of(2, 1) };
  const scheduled = schedule(optimize(graph), { foldings: new Map(Object.entries(foldings)) });
  return { graph, scheduled, images: randomImages(graph.input, 6, 1) };
}

/** A thermometer code into a convolution. */
function coded(value: "absent" | number, foldings: Readonly<Record<string, Folding>>) {
  const build = new GraphBuilder("coded", { name: "x", shape: [2, 5, 4], type: unsignedInteger(8) });
  const padding = { top: 1, left: 1, bottom: 1, right: 1, value };
  build.node("thermometer", "code", ["x"], { levels: 20, step: 12 });
  build.node("conv2d", "conv", ["code"], { weight: build.bipolar([4, 40, 3, 3]), padding });
  const graph = build.graph("conv", layers);
  const scheduled = schedule(optimize(graph), { foldings: new Map(Object.entries(foldings)) });
  return { graph, scheduled, images: randomImages(graph.input, 3, 1) };
}

/** A gated convolution. */
function gated(folding: Folding, type = "ap_fixed<16,9,AP_RND>", outputs = 8) {
  const build = new GraphBuilder("gated", { name: "x", shape: [4, 5, 4], type: unsignedInteger(2) });
  const padding = { top: 1, left: 1, bottom: 1, right: 1, value: "absent" };
  const scales = { highScale: build.constant(171), lowScale: build.constant(85), threshold: build.fixed([outputs]) };
  build.node("gated-conv2d", "conv", ["x"], { weight: build.bipolar([outputs, 4, 3, 3]), padding, ...scales, type });
  const graph = build.graph("conv", layers);
  const scheduled = schedule(optimize(graph), { foldings: new Map([["conv", folding]]) });
  return { graph, scheduled, images: randomImages(graph.input, 3, 1) };
}

/** A dense layer that reads its input again for each pair of outputs. */
function dense(folding: Folding) {
  const build = new GraphBuilder("classifier", { name: "x", shape: [2, 12, 12], type: unsignedInteger(4) });
  build.node("dense", "dense", ["x"], { weight: build.fixed([6, 288]) });
  const graph = build.graph("dense", layers);
  const scheduled = schedule(optimize(graph), { foldings: new Map([["dense", folding]]) });
  return { graph, scheduled, images: randomImages(graph.input, 3, 1) };
}

/** With other depths wherever more than the least is needed. */
function withDepths(scheduled: ScheduledGraph, change: (depth: number) => number): ScheduledGraph {
  const changed = ([name, fifo]: [string, Fifo]): [string, Fifo] =>
    fifo.depth > 2 ? [name, { ...fifo, depth: change(fifo.depth) }] : [name, fifo];
  return { ...scheduled, fifos: new Map([...scheduled.fifos].map(changed)) };
}

const why = verilator ? "" : " (skipped: there is no Verilator)";

describe.skipIf(!verilator)(`a core in Verilator${why}`, { timeout: 600_000 }, () => {
  const found = () => ({ folder: temporaryFolder(), verilator: verilator! });

  test("keeps the pace of the schedule, and no back-pressure stops it", async () => {
    const { graph, scheduled, images } = residual();
    expect(await cosimProblem(graph, { scheduled, images, ...found() }, [1, 2, 3, 4, 5, 6, 7, 8])).toBeUndefined();
  });

  test.each([
    ["absent", { pe: 1, simd: 360 }, "bitloom_sum_tables"],
    [1, { pe: 2, simd: 180 }, "bitloom_sum_tables"],
    [-1, { pe: 4, simd: 360 }, "bitloom_sum_tables"],
    ["absent", { pe: 2, simd: 180, blockRam: true }, "levels_0[127]"],
  ] as const)("takes thermometer codes as levels, padded with %s, %j", async (value, folding, tables) => {
    const { graph, scheduled, images } = coded(value, { code: { pe: 40, simd: 2 }, conv: folding });
    const stage = generateRtl(scheduled, layers).get("rtl/stages/conv.sv");
    expect(stage).toContain("bitloom_level_codes");
    expect(stage).toContain(tables);
    expect(await cosimProblem(graph, { scheduled, images, ...found() }, [1, 2])).toBeUndefined();
  });

  test.each([
    [{ pe: 2, simd: 36, blockRam: "products" }, "ap_fixed<16,9,AP_RND>"],
    [{ pe: 4, simd: 12, blockRam: "products" }, "ap_fixed<11,4,AP_RND,AP_SAT>"],
  ] as const)("takes sums of products from block RAM, %j", async (folding, type) => {
    const { graph, scheduled, images } = gated(folding, type);
    expect(generateRtl(scheduled, layers).get("rtl/stages/conv.sv")).toContain("bitloom_table_memory");
    expect(await cosimProblem(graph, { scheduled, images, ...found() }, [1, 2])).toBeUndefined();
  });

  test.each([
    [8, { pe: 4, simd: 36 }, "count_class_1"],
    [16, { pe: 2, simd: 36 }, ".PHASE_BITS(2)"],
  ] as const)("sums up one plane after the other, of %i outputs in %j", async (outputs, folding, constants) => {
    const { graph, scheduled, images } = gated(folding, undefined, outputs);
    const stage = generateRtl(scheduled, layers).get("rtl/stages/conv.sv");
    expect(stage).toContain("bitloom_plane_turns");
    expect(stage).toContain(constants);
    expect(await cosimProblem(graph, { scheduled, images, ...found() }, [1, 2])).toBeUndefined();
  });

  test("takes weights from memories of two bits a LUT", async () => {
    const { graph, scheduled, images } = gated({ pe: 1, simd: 9 });
    expect(generateRtl(scheduled, layers).get("rtl/stages/conv.sv")).toContain("table_word");
    expect(await cosimProblem(graph, { scheduled, images, ...found() }, [1, 2])).toBeUndefined();
  });

  test("takes offsets of sums from block RAM", async () => {
    const { graph, scheduled, images } = gated({ pe: 1, simd: 36, blockRam: true }, undefined, 32);
    expect(generateRtl(scheduled, layers).get("rtl/stages/conv.sv")).toContain("bitloom_table_memory");
    expect(await cosimProblem(graph, { scheduled, images, ...found() }, [1, 2])).toBeUndefined();
  });

  test("keeps the input of a dense layer in block RAM", async () => {
    const { graph, scheduled, images } = dense({ pe: 2, simd: 1 });
    expect(generateRtl(scheduled, layers).get("rtl/stages/dense.sv")).toContain(".BLOCK(1)");
    expect(await cosimProblem(graph, { scheduled, images, ...found() }, [1, 2])).toBeUndefined();
  });

  test("is slower with FIFOs one beat smaller, and stops with a third of them: they are no deeper than it takes", async () => {
    const { scheduled, images } = residual();
    const smaller = withDepths(scheduled, (depth) => depth - 1);
    const slow = await (await simulator({ scheduled: smaller, images, ...found() }))(0);
    expect(slow.measured.stuck || (intervalOf(slow.measured) as number) > scheduled.cyclesPerFrame).toBe(true);
    const tiny = withDepths(scheduled, (depth) => Math.floor(depth / 3));
    const { measured } = await (await simulator({ scheduled: tiny, images, ...found() }))(0);
    expect(measured.stuck).toBe(true);
  });

  test("that is stuck is told by its stage and its FIFOs", async () => {
    const { scheduled, images } = residual();
    const edit = (path: string, text: string) =>
      path === "rtl/stages/conv.sv" ? text.replace(".out_valid(out_valid)", ".out_valid()") : text;
    const { measured } = await (await simulator({ scheduled, images, edit, ...found() }))(0);
    expect(measured.stuck).toBe(true);
    expect(stuckMessage(scheduled, measured)).toMatch(
      /^stage conv is stuck after \d+ cycles; FIFOs: .*x_to_sum \d+ of \d+/,
    );
  });
});
