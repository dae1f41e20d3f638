import { describe, expect, it } from "vitest";
import { fracnetLike } from "../../test/networks/fracnet.ts";
import { totalArea } from "../ir/cost.ts";
import type { Hardware } from "../ir/hardware.ts";
import { layers } from "../layers/index.ts";
import { chooseFoldings } from "./fold.ts";
import { DEFAULT_BUDGET, schedule } from "./schedule.ts";
import { groupStages } from "./stages.ts";
import { hardwareOf } from "./unit.ts";

/** 64 cycles at pe 1, and 10 LUTs for each of 8 channels. */
const stage = (perChannel = 10): Hardware => ({
  foldings: [1, 2, 4, 8].map((pe) => ({ pe, simd: 1 })),
  lanes: ({ pe }) => ({ inputs: [pe], output: pe }),
  cost: ({ pe }) => ({ cycles: 64 / pe, lut: perChannel * pe, ff: 0, bram18: 0, dsp: 0 }),
  required: () => (_input, beat) => beat + 1,
  latency: () => 1,
});

const pes = (stages: Hardware[], targetCycles: number | undefined, lut = 1000) =>
  chooseFoldings(stages, { targetCycles, budget: { ...DEFAULT_BUDGET, lut } }).map(({ pe }) => pe);

describe("foldings", () => {
  it("are the cheapest that meet the target", () => {
    expect(pes([stage(), stage()], 64)).toEqual([1, 1]);
    expect(pes([stage(), stage()], 20)).toEqual([4, 4]);
    expect(pes([stage()], 1)).toEqual([8]);
  });

  it("are balanced within the budget when there is no target", () => {
    expect(pes([stage(), stage()], undefined)).toEqual([8, 8]);
    expect(pes([stage(), stage()], undefined, 100)).toEqual([4, 4]);
    expect(pes([stage(100), stage()], undefined, 230)).toEqual([2, 2]);
    expect(pes([stage(), stage()], undefined, 1)).toEqual([1, 1]);
  });

  it("make no stage faster than the slowest can be", () => {
    const slow: Hardware = { ...stage(), foldings: [{ pe: 1, simd: 1 }] };
    expect(pes([slow, stage()], undefined)).toEqual([1, 1]);
  });

  it("bring FracNet into the budget, and to every target", () => {
    const graph = fracnetLike(16, 3);
    const units = groupStages(graph, layers);
    const costs = (targetCycles: number | undefined) => {
      const folding = new Map(
        schedule(graph, { targetCycles }).stages.flatMap((s) =>
          s.kind === "layer" ? [[s.name, s.folding] as const] : [],
        ),
      );
      return units.map((unit) => hardwareOf(graph, layers, unit).cost(folding.get(unit.name)!));
    };
    const total = totalArea(costs(undefined));
    expect(total.lut).toBeLessThanOrEqual(DEFAULT_BUDGET.lut);
    expect(total.ff).toBeLessThanOrEqual(DEFAULT_BUDGET.ff);
    for (const target of [1024, 4096, 16384])
      expect(Math.max(...costs(target).map(({ cycles }) => cycles))).toBeLessThanOrEqual(target);
    expect(totalArea(costs(1024)).lut).toBeGreaterThan(totalArea(costs(16384)).lut);
  });
});
