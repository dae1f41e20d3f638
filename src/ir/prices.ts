/**
 * What one piece of each part of a stage takes of an UltraScale+ device, as Yosys counts it. The stages say which parts they have
 * (their `parts`); `npm run bench:cost -- --fit` fits these numbers to what Yosys finds, and prints them anew.
 */
export const PRICES = {
  /** A stage with its handshake. */
  stage: { lut: 6, ff: 3 },
  /** A FIFO, but for its memory and counters. */
  fifo: { lut: 4, ff: 0 },
  /** A bit of a counter. */
  counter: { lut: 2, ff: 1 },
  /** The control of a sliding window. */
  window: { lut: 40, ff: 20 },
  /** The control of a matrix-vector unit. */
  unit: { lut: 60, ff: 30 },
  /** A bit that waits for the next cycle. */
  register: { lut: 0, ff: 1 },
  /** A LUT of a plan. */
  lut: { lut: 1, ff: 0 },
  /** A bit of a sum of two numbers. */
  adder: { lut: 1, ff: 0 },
  /** A bit of one of two numbers that are selected. */
  select: { lut: 0.5, ff: 0 },
  /** A bit of a comparison. */
  compare: { lut: 0.5, ff: 0 },
  /** A bit of a number that is rounded. */
  round: { lut: 0.7, ff: 0 },
  /** A bit of a number that saturates. */
  saturate: { lut: 0.8, ff: 0 },
  /** A bit of a term that is added or subtracted and whose shift is selected. */
  digit: { lut: 2, ff: 0 },
  /** A bit of a constant that depends on the beat of the pixel. */
  constant: { lut: 0.7, ff: 0 },
  /** Up to 64 entries of one bit. */
  rom: { lut: 1, ff: 0 },
  /** A LUT of distributed RAM. */
  ram: { lut: 1, ff: 0 },
} satisfies Record<string, Price>;

interface Price {
  readonly lut: number;
  readonly ff: number;
}
