import { spanBits } from "./addends.ts";
import { isUniform } from "./linear-form.ts";
import type { Pipeline, Signal } from "./pipeline.ts";
import { table, tableLuts } from "./tables.ts";
import { indexBits, signedLiteral } from "./verilog.ts";

/** Whether the signal is at least the cut of its row. */
export function reaches(signal: Signal, cuts: readonly bigint[], pipeline: Pipeline): Signal {
  const width = Math.max(signal.width + 1, ...cuts.map((raw) => spanBits(raw, raw)));
  const number = pipeline.wire({ ...signal, width, signed: true }, pipeline.at(signal, signal.time)).name;
  let cut = signedLiteral(width, cuts[0] as bigint);
  if (!isUniform(cuts)) {
    cut = pipeline.name();
    pipeline.lines(...table(cut, width, pipeline.row(signal.time), indexBits(cuts.length), cuts));
    pipeline.spend(tableLuts(width, cuts.length));
  }
  // Of a constant a LUT compares four bits; else it is a bit of a subtraction.
  pipeline.spend(isUniform(cuts) ? Math.ceil(signal.width / 4) + 1 : width);
  const shape = { width: 1, signed: false, time: signal.time, low: 0n, high: 1n };
  return pipeline.register(shape, `${number} >= ${cut}`);
}
