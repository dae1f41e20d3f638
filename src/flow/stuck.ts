/** Where a core got stuck, from how full its FIFOs are. */
import type { ScheduledGraph } from "../ir/schedule.ts";
import type { Measured } from "../opentools/cosimulate.ts";

export function stuckMessage({ stages, fifos }: ScheduledGraph, measured: Measured): string {
  const levels = new Map(measured.fifos.map(({ name, level }) => [name, level]));
  const level = (name: string) => levels.get(name) ?? 0;
  const depth = (name: string) => fifos.get(name)?.depth ?? 0;
  // It has beats to read and room to write; else the first one that cannot write.
  const idle = stages.find(
    ({ inputs, outputs }) =>
      inputs.every((name) => level(name) > 0) && outputs.every((name) => level(name) < depth(name)),
  );
  const blocked = stages.find(({ outputs }) => outputs.some((name) => level(name) === depth(name)));
  const stage = idle ?? blocked;
  const full = measured.fifos
    .filter(({ name }) => level(name) > 0)
    .map(({ name }) => `${name} ${level(name)} of ${depth(name)}`);
  const where = stage ? `stage ${stage.name} is stuck` : "every stage waits for its input";
  return `${where} after ${measured.cycles} cycles; FIFOs: ${full.length > 0 ? full.join(", ") : "all empty"}`;
}
