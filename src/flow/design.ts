/** Finds the design that a user asks for: by its speed, by what it may take of the board, or both. */
import { z } from "zod";
import { loadBoard } from "../codegen/board.ts";
import type { Diagnostic, Speed } from "../diagnostics.ts";
import { budgetTooSmall, DiagnosticError, largerThanBoard, rateOutOfReach, rateOverBudget } from "../diagnostics.ts";
import type { Design, DesignSpace } from "../explore/search.ts";
import type { Area } from "../ir/cost.ts";
import type { Graph } from "../ir/graph.ts";
import type { Explored } from "../passes/schedule.ts";
import { explored } from "../passes/schedule.ts";

/** A share of everything that the board has, or amounts; of what is not named there is as much as the board has. */
export type Budget = number | Partial<Area>;

export const budgetSchema: z.ZodType<Budget> = z.union([
  z.number().positive(),
  z.partialRecord(z.enum(["lut", "ff", "bram18", "dsp"]), z.number().nonnegative()),
]);

export interface DesignOptions {
  /** Clock cycles per frame to meet; by default as few as fit into the budget. */
  readonly targetCycles?: number | undefined;
  /** The same as a rate at the clock. */
  readonly framesPerSecond?: number | undefined;
  /** By default two thirds of the board; all of it, or even more, where nothing less does what is asked. */
  readonly budget?: Budget | undefined;
  /** The board's by default. */
  readonly clockMegahertz?: number | undefined;
  /** A folder of boards/; the Ultra96 v2 by default. */
  readonly board?: string | undefined;
  /** In SystemVerilog, the weights of convolutions and dense layers are in memories that the driver can load again. */
  readonly reloadableWeights?: boolean | undefined;
}

export interface ChosenDesign {
  readonly design: Design;
  readonly space: DesignSpace;
  readonly board: string;
  readonly clockMegahertz: number;
  /** Of a design that is larger than its board. */
  readonly warning: Diagnostic | undefined;
}

const DEFAULT_BOARD = "ultra96v2";

/** More than two thirds of a device does not place and route well, but may be all that there is. */
const DEFAULT_BUDGETS: readonly Budget[] = [2 / 3, 1];

/** For a graph after its passes. Throws a DiagnosticError if no design does what is asked. */
export function chooseDesign(graph: Graph, options: DesignOptions): ChosenDesign {
  const { board = DEFAULT_BOARD } = options;
  const { clockMegahertz: aim, budget: device } = loadBoard(board);
  const { clockMegahertz = aim } = options;
  const target = targetOf(options, clockMegahertz);
  const budgets = options.budget === undefined ? DEFAULT_BUDGETS : [options.budget];
  const { space, design } = firstThatFits(
    graph,
    budgets.map((budget) => budgetOf(device, budget)),
    target?.cycles,
  );
  const { budget } = space;
  const strict = options.budget !== undefined;
  const fastest = () => explored(graph, budget).design;
  const problem = problemOf(design, budget, target, { clockMegahertz, strict, fastest });
  if (problem) throw new DiagnosticError([problem]);
  const over = excess(design.area, device);
  return { design, space, board, clockMegahertz, warning: over ? largerThanBoard(board, over) : undefined };
}

/** In the first of the budgets that has room for one; if none has, for the last. */
function firstThatFits(graph: Graph, budgets: readonly Area[], cycles: number | undefined): Explored {
  const [budget, ...larger] = budgets as [Area, ...Area[]];
  const found = explored(graph, budget, cycles);
  return found.design.fits || larger.length === 0 ? found : firstThatFits(graph, larger, cycles);
}

function budgetOf({ lut, ff, bram18, dsp }: Area, budget: Budget): Area {
  if (typeof budget !== "number") return { lut, ff, bram18, dsp, ...budget };
  return { lut: budget * lut, ff: budget * ff, bram18: budget * bram18, dsp: budget * dsp };
}

interface Target {
  readonly option: "--fps" | "--target-cycles";
  readonly cycles: number;
}

function targetOf({ framesPerSecond, targetCycles }: DesignOptions, clockMegahertz: number): Target | undefined {
  if (framesPerSecond !== undefined)
    return { option: "--fps", cycles: Math.max(1, Math.floor((clockMegahertz * 1e6) / framesPerSecond)) };
  return targetCycles === undefined ? undefined : { option: "--target-cycles", cycles: targetCycles };
}

/** A budget that nobody named is left rather than a design refused. */
function problemOf(
  design: Design,
  budget: Area,
  target: Target | undefined,
  { clockMegahertz, strict, fastest }: { clockMegahertz: number; strict: boolean; fastest: () => Design },
): Diagnostic | undefined {
  const speed = (cycles: number): Speed => ({ cycles, clockMegahertz });
  if (target && design.cycles > target.cycles)
    return rateOutOfReach(target.option, speed(target.cycles), speed(design.cycles), design.slowest);
  if (!strict || design.fits) return undefined;
  const best = fastest();
  if (!target || !best.fits) return budgetTooSmall(excess(best.area, budget));
  return rateOverBudget(target.option, speed(target.cycles), excess(design.area, budget), speed(best.cycles));
}

/** `57,000 of 56,448 LUT`, of each resource that is missing. */
function excess(area: Area, budget: Area): string {
  const number = (value: number) => Math.ceil(value).toLocaleString("en");
  const names = (["lut", "ff", "bram18", "dsp"] as const).filter((name) => area[name] > budget[name]);
  return names.map((name) => `${number(area[name])} of ${number(budget[name])} ${name.toUpperCase()}`).join(", ");
}
