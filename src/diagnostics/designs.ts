/** Designs that are asked for and that there are not (src/flow/design.ts). */
import { error } from "./diagnostic.ts";

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

const number = (value: number) => value.toLocaleString("en");
const rateOf = ({ cycles, clockMegahertz }: Speed) => Math.floor((clockMegahertz * 1e6) / cycles);
const speedText = (speed: Speed) =>
  `${number(speed.cycles)} cycles per frame (${number(rateOf(speed))} frames/s at ${speed.clockMegahertz} MHz)`;
