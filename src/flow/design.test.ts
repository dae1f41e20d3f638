import { describe, expect, it } from "vitest";
import { fracnetLike } from "../../test/networks/fracnet.ts";
import { loadBoard } from "../codegen/board.ts";
import { DiagnosticError } from "../diagnostics.ts";
import { optimize } from "../passes/index.ts";
import type { DesignOptions } from "./design.ts";
import { chooseDesign } from "./design.ts";

const graph = optimize(fracnetLike(8, 1));
const chosen = (options: DesignOptions) => chooseDesign(graph, options);

function refused(options: DesignOptions) {
  try {
    chosen(options);
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics.map(({ code, path }) => `${code} ${path}`);
    throw error;
  }
  return [];
}

describe("a design is chosen", () => {
  const slow = chosen({ targetCycles: 4096 });

  it("for a rate at the clock", () => {
    expect(chosen({ framesPerSecond: 61_035 }).design).toEqual(slow.design);
    expect(chosen({ framesPerSecond: 24_414, clockMegahertz: 100 }).design).toEqual(slow.design);
    expect(slow.design.cycles).toBeLessThanOrEqual(4096);
  });

  it("for a share of the board or for amounts", () => {
    const { lut, ff, bram18, dsp } = loadBoard("kv260").budget;
    expect(chosen({ budget: 0.5, board: "kv260" }).space.budget).toEqual({
      ...{ lut: lut / 2, ff: ff / 2, bram18: bram18 / 2, dsp: dsp / 2 },
    });
    expect(chosen({ budget: { lut: 90_000 }, board: "kv260" }).space.budget).toEqual({ lut: 90_000, ff, bram18, dsp });
  });

  it("faster where there is more to take", () => {
    const { area } = slow.design;
    const within = (factor: number) => chosen({ budget: { lut: area.lut * factor } }).design;
    expect(within(1.1).cycles).toBeLessThanOrEqual(slow.design.cycles);
    expect(within(1.5).cycles).toBeLessThan(slow.design.cycles);
    expect(within(1.5).area.lut).toBeLessThanOrEqual(area.lut * 1.5);
  });
});

describe("where no budget is named", () => {
  const { lut } = loadBoard("ultra96v2").budget;
  const atRate = (blocks: number) => chooseDesign(optimize(fracnetLike(16, blocks)), { targetCycles: 300 });

  it("a design takes all of the board if two thirds are too little", () => {
    const { design, space, warning } = atRate(3);
    expect(space.budget.lut).toBe(lut);
    expect(design.area.lut).toBeGreaterThan((2 / 3) * lut);
    expect([design.fits, warning]).toEqual([true, undefined]);
  });

  it("one that is larger than the board comes with a warning", () => {
    const { design, warning } = atRate(4);
    expect(design.fits).toBe(false);
    expect(warning?.message).toContain(`of ${lut.toLocaleString("en")} LUT`);
  });
});

describe("what no design does is refused", () => {
  it("a rate that no folding reaches", () => {
    expect(refused({ framesPerSecond: 100e6 })).toEqual(["rate-out-of-reach --fps"]);
    expect(refused({ targetCycles: 1, budget: 0.01 })).toEqual(["rate-out-of-reach --target-cycles"]);
  });

  it("a rate that the budget has no room for, and the fastest that it has room for is named", () => {
    const lut = 1.1 * chosen({ targetCycles: 4096 }).design.area.lut;
    expect(refused({ framesPerSecond: 500_000, budget: { lut } })).toEqual(["rate-over-budget --fps"]);
    expect(refused({ framesPerSecond: 500_000 })).toEqual([]);
  });

  it("a budget that nothing fits into", () => {
    expect(refused({ budget: { lut: 10 } })).toEqual(["budget-too-small --budget"]);
    expect(refused({ budget: { lut: 10 }, targetCycles: 4096 })).toEqual(["budget-too-small --budget"]);
  });
});
