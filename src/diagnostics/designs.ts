/** Designs that are asked for and that there are not (src/flow/design.ts), and weights that they cannot load. */
import { error, warning } from "./diagnostic.ts";

/** A speed as people read it: `4,096 cycles per frame (61,035 frames/s at 250 MHz)`. */
export interface Speed {
  readonly cycles: number;
  readonly clockMegahertz: number;
}

export const rateOutOfReach = (path: string, asked: Speed, fastest: Speed, stage: string) =>
  error(
    "rate-out-of-reach",
    path,
    `no design needs only ${speedText(asked)}: in its fastest form ${stage} needs ${number(fastest.cycles)}`,
    `Ask for ${number(rateOf(fastest))} frames/s or less, or for a faster --clock.`,
  );

/** `over` says what is missing: `57,000 of 56,448 LUT`. */
export const rateOverBudget = (path: string, asked: Speed, over: string, fastest: Speed) =>
  error(
    "rate-over-budget",
    path,
    `the smallest design with ${speedText(asked)} does not fit: it takes ${over}`,
    `The fastest that fits needs ${speedText(fastest)}; or give it a larger --budget or --board.`,
  );

export const budgetTooSmall = (over: string) =>
  error(
    "budget-too-small",
    "--budget",
    `even the smallest design does not fit: it takes ${over}`,
    "Give it a larger --budget or --board, or make the network smaller.",
  );

export const largerThanBoard = (board: string, over: string) =>
  warning(
    "larger-than-board",
    board,
    `the design is expected to take ${over}: it can be simulated, but not built for this board`,
    "Ask for a lower rate, or for another --board.",
  );

export const notReloadable = (path: string) =>
  error(
    "not-reloadable",
    path,
    "the design has no weights that can be loaded",
    "Make it with --reloadable-weights; constants are smaller, but stay what they are.",
  );

export const otherNetwork = (path: string, part: string) =>
  error(
    "other-network",
    path,
    `${part} is not as in the design: only its weights can be loaded`,
    "Use a model that has the same nodes and the same constants, or generate a design for it.",
  );

const number = (value: number) => value.toLocaleString("en");
const rateOf = ({ cycles, clockMegahertz }: Speed) => Math.floor((clockMegahertz * 1e6) / cycles);
const speedText = (speed: Speed) =>
  `${number(speed.cycles)} cycles per frame (${number(rateOf(speed))} frames/s at ${speed.clockMegahertz} MHz)`;
