/** The parts of what stands between the stages: FIFOs, forks and width converters (src/templates/rtl), as Yosys makes them. */
import type { Area, Parts } from "./cost.ts";
import { allParts, areaOf, bitsOf, blockRams, inBlockRam, ram } from "./cost.ts";
import { bitWidth } from "./data-type.ts";
import type { ScheduledGraph, Stage } from "./schedule.ts";

/** What all of it takes. */
export function wiringArea(scheduled: ScheduledGraph): Area {
  const { stages, fifos } = scheduled;
  const held = [...fifos.values()].map(({ stream, lanes, depth }) => fifoParts(bitWidth(stream.type) * lanes, depth));
  return areaOf(allParts([...held, ...stages.map((stage) => betweenParts(scheduled, stage))]));
}

/** A fork or a converter; nothing for a layer's stage. */
export function betweenParts({ fifos }: ScheduledGraph, { kind, inputs, outputs }: Stage): Parts {
  if (kind === "layer") return {};
  if (kind === "fork") return forkParts(outputs.length);
  const [from, to] = [inputs[0], outputs[0]].map((name) => {
    const { stream, lanes } = fifos.get(name as string)!;
    return bitWidth(stream.type) * lanes;
  });
  return convertParts(from as number, to as number);
}

/** Bits of a beat, and how many. Up to two beats are in registers; what is beyond them is read past a memory of LUTs or block RAM. */
export function fifoParts(bits: number, depth: number): Parts {
  if (depth <= 2) return { register: depth * bits + 2, lut: depth === 1 ? 2 : selectLuts(bits) + 3 };
  const control = { register: 2 * bitsOf(depth) + bitsOf(depth + 1) + 2, lut: 4 + 2.4 * bitsOf(depth) };
  if (!fifoInBlockRam(bits, depth)) return allParts([ram(bits, depth), control]);
  return allParts([{ bram18: blockRams(bits, depth), register: bits + 1, lut: selectLuts(bits) }, control]);
}

/** A beat that finds such a FIFO empty passes the block RAM by, for a LUT for two bits. */
export const fifoInBlockRam = (bits: number, depth: number): boolean =>
  depth > 2 && inBlockRam(areaOf(ram(bits, depth)).lut - selectLuts(bits), blockRams(bits, depth), true);

/** One of two words: src/templates/rtl/select.sv. */
const selectLuts = (bits: number): number => Math.ceil(bits / 2);

const forkParts = (outputs: number): Parts => ({ lut: 2.5 * outputs, register: outputs });

/** Beats of `from` bits become beats of `to` bits: the wider one is held, and of it a part is chosen, or a part comes in from the side. */
function convertParts(from: number, to: number): Parts {
  const ratio = Math.max(from, to) / Math.min(from, to);
  const choosing = to > from ? 0 : ratio === 2 ? selectLuts(to) : to * Math.ceil((ratio - 1) / 3);
  return { register: Math.max(from, to) + bitsOf(ratio) + 1, lut: choosing + 2 + 1.5 * bitsOf(ratio) };
}
