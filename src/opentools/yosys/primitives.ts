/** What the primitives of UltraScale+ take of the device, and how signals pass through them. */

/** Counted as the device has them: a LUT is one of the four or eight of a CLB, whatever its function is. */
export interface Amounts {
  /** LUTs that compute. */
  readonly lut: number;
  /** LUTs that are distributed RAM. */
  readonly lutram: number;
  /** LUTs that are shift registers. */
  readonly srl: number;
  readonly ff: number;
  readonly carry8: number;
  readonly ramb18: number;
  readonly ramb36: number;
  readonly dsp: number;
  readonly uram: number;
}

/**
 * `lut`: every input reaches every output. `mux`: the same, beside the LUTs that it joins, without a level of its own.
 * `carry`: a piece of a carry chain. `memory`: addresses reach the outputs, all else is clocked. `clocked`: nothing passes.
 */
export type Passage = "lut" | "mux" | "carry" | "memory" | "clocked";

export interface Primitive {
  readonly passage: Passage;
  readonly amounts: Partial<Amounts>;
}

const MEMORY_LUTS: Readonly<Record<string, number>> = {
  RAM32X1S: 1,
  RAM32X1D: 2,
  RAM32X2S: 2,
  RAM32M: 4,
  RAM32M16: 8,
  RAM32X16DR8: 8,
  RAM64X1S: 1,
  RAM64X1D: 2,
  RAM64M: 4,
  RAM64M8: 8,
  RAM64X8SW: 8,
  RAM128X1S: 2,
  RAM128X1D: 4,
  RAM256X1S: 4,
  RAM256X1D: 8,
  RAM512X1S: 8,
};

const primitives = (names: readonly string[], passage: Passage, amounts: Partial<Amounts>) =>
  names.map((name) => [name, { passage, amounts }] as const);

const PRIMITIVES: ReadonlyMap<string, Primitive> = new Map([
  ...primitives(["LUT1", "LUT2", "LUT3", "LUT4", "LUT5", "LUT6", "LUT6_2", "INV"], "lut", { lut: 1 }),
  ...primitives(["MUXF7", "MUXF8", "MUXF9"], "mux", {}),
  ...primitives(["CARRY4"], "carry", { carry8: 0.5 }),
  ...primitives(["CARRY8"], "carry", { carry8: 1 }),
  ...primitives(["SRL16E", "SRLC16E", "SRLC32E"], "memory", { srl: 1 }),
  ...Object.entries(MEMORY_LUTS).flatMap(([name, lutram]) => primitives([name], "memory", { lutram })),
  ...primitives(["FDRE", "FDSE", "FDCE", "FDPE"], "clocked", { ff: 1 }),
  ...primitives(["RAMB18E2"], "clocked", { ramb18: 1 }),
  ...primitives(["RAMB36E2"], "clocked", { ramb36: 1 }),
  ...primitives(["DSP48E2"], "clocked", { dsp: 1 }),
  // Newer Yosys leaves a note where it flattened a module.
  ...primitives(["$scopeinfo"], "clocked", {}),
  ...primitives(["URAM288", "URAM288_BASE"], "clocked", { uram: 1 }),
]);

export const primitiveOf = (type: string): Primitive | undefined => PRIMITIVES.get(type);
