import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fracnetLike } from "../../test/networks/fracnet.ts";
import type { Area } from "../ir/cost.ts";
import { totalArea } from "../ir/cost.ts";
import type { Hardware } from "../ir/hardware.ts";
import type { Cost } from "../ir/layer.ts";
import { explored } from "../passes/schedule.ts";
import { fitsInto, priceOf } from "./budget.ts";
import type { Design } from "./search.ts";
import { choose, designSpace, front, smallest } from "./search.ts";

const BUDGET: Area = { lut: 1000, ff: 1000, bram18: 100, dsp: 10 };

/** A stage of these costs; folding number i has pe i + 1. */
const stageOf = (costs: readonly Cost[]): Hardware => ({
  foldings: costs.map((_, i) => ({ pe: i + 1, simd: 1 })),
  lanes: ({ pe }) => ({ inputs: [pe], output: pe }),
  cycles: ({ pe }) => costs[pe - 1]!.cycles,
  parts: ({ pe }) => ({ lut: costs[pe - 1]!.lut, register: costs[pe - 1]!.ff, bram18: costs[pe - 1]!.bram18 }),
  required: () => (_input, beat) => beat + 1,
  pace: () => ({ work: 1, latency: 1 }),
});

/** 64 cycles at pe 1, and so many LUTs for each of 8 channels. */
const lanes = (perChannel = 10) =>
  stageOf([1, 2, 3, 4, 5, 6, 7, 8].map((pe) => cost({ cycles: Math.ceil(64 / pe), lut: perChannel * pe })));

const cost = (amounts: Partial<Cost>): Cost => ({ cycles: 1, lut: 0, ff: 0, bram18: 0, dsp: 0, ...amounts });
const spaceWith = (stages: readonly Hardware[], budget: Partial<Area> = {}) =>
  designSpace(
    stages.map((hardware, i) => ({ name: `s${i}`, hardware })),
    { ...BUDGET, ...budget },
  );
const pes = ({ foldings }: Design) => [...foldings.values()].map(({ pe }) => pe);

describe("the design that is chosen", () => {
  const chosen = (stages: Hardware[], cycles: number | undefined, lut = 1000) =>
    pes(choose(spaceWith(stages, { lut }), cycles));

  it("is the smallest that is fast enough", () => {
    expect(chosen([lanes(), lanes()], 64)).toEqual([1, 1]);
    expect(chosen([lanes(), lanes()], 20)).toEqual([4, 4]);
    expect(chosen([lanes()], 1)).toEqual([8]);
  });

  it("is the fastest that fits where no speed is asked for", () => {
    expect(chosen([lanes(), lanes()], undefined)).toEqual([8, 8]);
    expect(chosen([lanes(), lanes()], undefined, 100)).toEqual([5, 5]);
    expect(chosen([lanes(100), lanes()], undefined, 230)).toEqual([2, 2]);
    expect(chosen([lanes(), lanes()], undefined, 1)).toEqual([1, 1]);
  });

  it("has no stage that is faster than the slowest can be", () => {
    expect(chosen([stageOf([cost({ cycles: 64 })]), lanes()], undefined)).toEqual([1, 1]);
  });

  it("takes of each resource what there is", () => {
    const either = stageOf([cost({ lut: 40 }), cost({ lut: 1, bram18: 6 })]);
    const both = choose(spaceWith([either, either, either], { lut: 81, bram18: 7 }), undefined);
    expect(both).toMatchObject({ fits: true, area: { lut: 81, bram18: 6 } });
    expect(choose(spaceWith([either, either, either], { lut: 80, bram18: 7 }), undefined).fits).toBe(false);
  });
});

it("the front of a small network", () => {
  const wide = lanes(100);
  const either = stageOf([cost({ cycles: 64, lut: 300 }), cost({ cycles: 20, lut: 90, bram18: 30 })]);
  const rows = front(spaceWith([lanes(), wide, either], { lut: 900 })).map(
    ({ cycles, slowest, area: { lut, bram18 }, fits }) => `${cycles} ${slowest}: ${lut} LUT, ${bram18} BRAM18, ${fits}`,
  );
  expect(rows).toMatchInlineSnapshot(`
    [
      "20 s2: 530 LUT, 30 BRAM18, true",
      "22 s0: 420 LUT, 30 BRAM18, true",
      "32 s0: 310 LUT, 30 BRAM18, true",
      "64 s0: 200 LUT, 30 BRAM18, true",
    ]
  `);
});

describe("against all designs of small networks", () => {
  const amount = fc.integer({ min: 0, max: 40 });
  const costs = fc.record({
    cycles: fc.integer({ min: 1, max: 12 }),
    lut: amount,
    ff: amount,
    bram18: amount,
    dsp: fc.constant(0),
  });
  const networks = fc.array(fc.array(costs, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 });
  const budgets = fc.record({
    lut: fc.integer({ min: 1, max: 120 }),
    ff: fc.integer({ min: 1, max: 120 }),
    bram18: fc.integer({ min: 1, max: 120 }),
    dsp: fc.integer({ min: 1, max: 120 }),
  });
  const property = (holds: (network: readonly Cost[][], budget: Area) => void) =>
    fc.assert(fc.property(networks, budgets, holds), { numRuns: 300, seed: 1 });
  const space = (network: readonly Cost[][], budget: Area) => spaceWith(network.map(stageOf), budget);

  it("the smallest that fits is found for every number of cycles", () => {
    property((network, budget) => {
      for (const cycles of [1, 3, 6, 12]) {
        const fitting = allDesigns(network).filter((d) => d.cycles <= cycles && fitsInto(d, budget));
        const found = smallest(space(network, budget), cycles);
        expect(found.fits && found.cycles <= cycles).toBe(fitting.length > 0);
        if (fitting.length > 0)
          expect(priceOf(found.area, budget)).toBeCloseTo(Math.min(...fitting.map((d) => priceOf(d, budget))));
      }
    });
  });

  it("the fastest that fits is found", () => {
    property((network, budget) => {
      const fitting = allDesigns(network).filter((design) => fitsInto(design, budget));
      const found = choose(space(network, budget), undefined);
      expect(found.fits).toBe(fitting.length > 0);
      if (fitting.length > 0) expect(found.cycles).toBe(Math.min(...fitting.map(({ cycles }) => cycles)));
    });
  });

  it("nothing beats a design of the front", () => {
    property((network, budget) => {
      const all = allDesigns(network);
      for (const { cycles, area } of front(space(network, budget)))
        expect(all.find((other) => beats(other, { ...area, cycles }))).toBeUndefined();
    });
  });
});

it("what stands between the stages takes its part of the budget", () => {
  const stages = [{ name: "a", hardware: lanes() }];
  const wiring = { lut: 30, ff: 5, bram18: 0, dsp: 0 };
  const within = (lut: number) => choose(designSpace(stages, { ...BUDGET, lut }, wiring), undefined);
  expect(within(110)).toMatchObject({ cycles: 8, fits: true, area: { lut: 110, ff: 5 } });
  expect(within(109).area.lut).toBe(100);
  expect(within(39).fits).toBe(false);
});

describe("FracNet", () => {
  const { space: fracnet } = explored(fracnetLike(16, 3), { lut: 47_000, ff: 94_000, bram18: 288, dsp: 240 });

  it("fits into its budget, and takes more where it is faster", () => {
    expect(choose(fracnet, undefined).fits).toBe(true);
    const [fast, slow] = [smallest(fracnet, 1024), smallest(fracnet, 16_384)];
    expect(fast.cycles).toBeLessThanOrEqual(1024);
    expect(slow.cycles).toBeLessThanOrEqual(16_384);
    expect(fast.area.lut).toBeGreaterThan(slow.area.lut);
  });

  it("has a front on which faster designs cost more", () => {
    const prices = front(fracnet).map(({ area }) => priceOf(area, fracnet.budget));
    expect(prices.length).toBeGreaterThan(20);
    expect(prices).toEqual([...prices].sort((a, b) => b - a));
  });
});

/** Every combination of choices. */
const allDesigns = (network: readonly Cost[][]): Cost[] =>
  network
    .reduce<Cost[][]>((designs, stage) => designs.flatMap((design) => stage.map((choice) => [...design, choice])), [[]])
    .map((design) => ({ ...totalArea(design), cycles: Math.max(...design.map(({ cycles }) => cycles)) }));

const NAMES = ["cycles", "lut", "ff", "bram18", "dsp"] as const;
const beats = (a: Cost, b: Cost) =>
  NAMES.every((name) => a[name] <= b[name]) && NAMES.some((name) => a[name] < b[name]);
