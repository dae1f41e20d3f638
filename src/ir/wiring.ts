/** The parts of what stands between the stages: FIFOs, forks and width converters (src/templates/rtl), as Yosys makes them. */
import type { Area, Parts } from "./cost.ts";
import { allParts, areaOf, bitsOf, ram } from "./cost.ts";
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

/** `depth` beats of `bits` bits: two places and their successor, a level. */
export const fifoParts = (bits: number, depth: number): Parts =>
  allParts([ram(bits, depth), { register: 3 * bitsOf(depth) + bitsOf(depth + 1), lut: 3 + 5 * bitsOf(depth) }]);

const forkParts = (outputs: number): Parts => ({ lut: 2.5 * outputs, register: outputs });

/** Beats of `from` bits become beats of `to` bits: the wider one is held, and moves on by a narrower one. */
function convertParts(from: number, to: number): Parts {
  const ratio = Math.max(from, to) / Math.min(from, to);
  const moved = ratio > 2 ? 1.8 : 1;
  return { register: Math.max(from, to) + bitsOf(ratio + 1), lut: to < from ? moved * from + 5 : 10 };
}
