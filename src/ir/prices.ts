/**
 * What one piece of each part of a stage takes of an UltraScale+ device, as Yosys counts it. The stages say which parts they have
 * (their `parts`); `npm run bench:cost -- --fit` fits these numbers to what Yosys finds, and prints them anew.
 */
export const PRICES = {
  /** A stage with its handshake. */
  stage: { lut: 1.04, ff: 0 },
  /** A bit of a counter. */
  counter: { lut: 0.3, ff: 0.842 },
  /** The control of a sliding window. */
  window: { lut: 58.2, ff: 0.928 },
  /** The control of a matrix-vector unit. */
  unit: { lut: 9.23, ff: 1.78 },
  /** A bit that waits for the next cycle. */
  register: { lut: 0, ff: 1 },
  /** A LUT of a plan. */
  lut: { lut: 1, ff: 0 },
  /** A bit of a sum of two numbers. */
  adder: { lut: 1.21, ff: 0.307 },
  /** A bit of one of two numbers that are selected. */
  select: { lut: 1, ff: 0 },
  /** A bit of a comparison. */
  compare: { lut: 0.203, ff: 0.00464 },
  /** Up to 64 entries of one bit. */
  rom: { lut: 0.74, ff: 0 },
  /** A LUT of distributed RAM. */
  ram: { lut: 1, ff: 0 },
} satisfies Record<string, Price>;

interface Price {
  readonly lut: number;
  readonly ff: number;
}
