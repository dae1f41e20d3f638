import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { GraphBuilder } from "../../test/networks/graph-builder.ts";
import { keptFolder } from "../../test/tools/temporary.ts";
import { findTool } from "../build/tool.ts";
import { fixed } from "../ir/data-type.ts";
import { layers } from "../layers/index.ts";
import { YOSYS } from "../opentools/yosys/tool.ts";
import { share } from "../report/compose.ts";
import { resourceReportSchema } from "../report/resource-report.ts";
import { stageUsageText } from "../report/stage-usage-text.ts";
import { synthesizeProject } from "./open-synthesis.ts";
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

const without = yosys ? "" : " (skipped: neither yosys nor @yowasp/yosys is here)";
test.skipIf(!yosys)(`every stage and the whole are in the report${without}`, { timeout: 300_000 }, async () => {
  const logs = join(root, "logs");
  const { resources, stages } = await synthesizeProject(makeProject(elementwise(), {}), logs, {});
  expect(resourceReportSchema.parse(resources)).toEqual(resources);
  expect(resources.nodes.map(({ name, module }) => [name, module])).toEqual([
    ...stages.map(({ name }) => [name, `stage_${name}`]),
    ["tiny", "tiny"],
  ]);
  const [stage, whole] = resources.nodes;
  expect(stage?.used.lut).toBeGreaterThan(0);
  expect(stage?.netlist?.longestPath?.luts).toBeGreaterThan(0);
  expect(whole?.used.lut).toBeGreaterThanOrEqual(stage?.used.lut as number);
  expect(whole?.used.dsp).toBe(0);
  const total = resources.totals[0];
  expect(total?.used).toEqual(whole?.used);
  expect(share(total?.used ?? whole!.used, resources.budget!, "lut")).toBeLessThan(0.01);
  expect(stageUsageText(resources, stages)).toContain("of the board");
  expect(readFileSync(join(logs, "yosys-tiny.log"), "utf8")).toContain("SYNTH_XILINX");
});
