import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { GraphBuilder } from "../../test/networks/graph-builder.ts";
import { keptFolder } from "../../test/tools/temporary.ts";
import { findTool } from "../build/tool.ts";
import { fixed } from "../ir/data-type.ts";
import { layers } from "../layers/index.ts";
import { YOSYS } from "../opentools/yosys/tool.ts";
import { resourceReportSchema } from "../report/resource-report.ts";
import { planSynthesis, readSynthesis, synthesizeProject } from "./open-synthesis.ts";
import { makeProject } from "./project.ts";

const yosys = await findTool(YOSYS).catch(() => undefined);
const root = keptFolder();
beforeAll(() => vi.stubEnv("BITLOOM_CACHE", join(root, "cache")));
afterAll(() => vi.unstubAllEnvs());

function elementwise() {
  const builder = new GraphBuilder("tiny", { name: "image", shape: [2, 4, 4], type: fixed(false, 8, 0) });
  const attributes = { scale: builder.constant(52), bias: builder.fixed([2]), type: "ap_fixed<12,6,AP_RND,AP_SAT>" };
  return builder.graph(builder.node("affine", "norm", ["image"], attributes), layers);
}

const project = makeProject(elementwise(), {});
const folder = join(root, "project");
const synthesizeOnce = () => synthesizeProject(project, folder, {});
const without = yosys ? "" : " (skipped: neither yosys nor @yowasp/yosys is here)";

test.skipIf(!yosys)(`stages, FIFOs and the whole are in the report${without}`, { timeout: 300_000 }, async () => {
  const resources = await synthesizeOnce();
  expect(resourceReportSchema.parse(resources)).toEqual(resources);
  const { stages, fifos } = project.scheduled;
  expect(resources.nodes.map(({ name, module }) => [name, module])).toEqual([
    ...stages.map(({ name, kind }) => [name, kind === "layer" ? `stage_${name}` : `bitloom_${kind}`]),
    ...[...fifos.keys()].map((name) => [name, "bitloom_fifo"]),
    ["tiny", "tiny"],
  ]);
  const [whole, ...parts] = [...resources.nodes].reverse();
  expect(parts[0]?.netlist?.longestPath?.luts).toBeGreaterThan(0);
  for (const name of ["lut", "ff", "lutram", "dsp"] as const)
    expect(whole?.used[name]).toBe(parts.reduce((sum, { used }) => sum + (used[name] as number), 0));
  expect(resources.totals[0]?.used).toEqual(whole?.used);
  expect(existsSync(join(folder, "logs/yosys-tiny.log"))).toBe(true);
});

test.skipIf(!yosys)(`the folder keeps it for this very project${without}`, { timeout: 300_000 }, async () => {
  const resources = await synthesizeOnce();
  expect(await readSynthesis(folder, project)).toEqual({ resources, diagnostics: [] });
  expect((await planSynthesis(project)).every(({ done }) => done)).toBe(true);
  const other = makeProject(elementwise(), { clockMegahertz: 100 });
  expect(await readSynthesis(folder, other)).toMatchObject({
    resources: null,
    diagnostics: [{ code: "stale-report" }],
  });
  expect(await readSynthesis(root, project)).toEqual({ resources: null, diagnostics: [] });
});

/** A dense layer of 2,048 bits of weights in 128 words. */
function loadable(reloadableWeights: boolean) {
  const builder = new GraphBuilder("loadable", { name: "image", shape: [16, 4, 1], type: fixed(false, 4, 0) });
  const scores = builder.node("dense", "scores", ["image"], { weight: builder.bipolar([32, 64]) });
  return makeProject(builder.graph(scores, layers), { reloadableWeights, targetCycles: 128 });
}

test.skipIf(!yosys)(`weights that can be loaded are RAM, not registers${without}`, { timeout: 300_000 }, async () => {
  const usage = async (reloadable: boolean) => {
    const { nodes } = await synthesizeProject(loadable(reloadable), join(root, `${reloadable}`), {});
    const { ff, lutram, bram18 } = nodes.find(({ name }) => name === "scores")!.used as Record<string, number>;
    return { ff: ff!, memory: lutram! + 64 * bram18! };
  };
  const [constants, reloadable] = [await usage(false), await usage(true)];
  expect(reloadable.memory).toBeGreaterThanOrEqual(64);
  expect(reloadable.ff - constants.ff).toBeLessThan(128);
});

test.skipIf(!yosys)(`a long vector is kept in block RAM for all rows${without}`, { timeout: 300_000 }, async () => {
  const builder = new GraphBuilder("long", { name: "image", shape: [300, 2, 1], type: fixed(false, 4, 0) });
  const scores = builder.node("dense", "scores", ["image"], { weight: builder.bipolar([2, 600]) });
  const { nodes } = await synthesizeProject(
    makeProject(builder.graph(scores, layers), { targetCycles: 2000 }),
    join(root, "long"),
    {},
  );
  expect(nodes.find(({ name }) => name === "scores")?.used.bram18).toBe(1);
});
