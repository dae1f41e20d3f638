/** What cosim's harness has to know of a core: `design.hpp`. */
import { bitWidth, elementKind } from "../../ir/data-type.ts";
import type { Fifo, ScheduledGraph } from "../../ir/schedule.ts";
import { render } from "../template.ts";
import { beatsOf, fifoNamed } from "./core.ts";
import { isLoadable } from "./loading.ts";

export function harnessHeader(scheduled: ScheduledGraph): string {
  const described = (fifo: Fifo) => ({
    ...{ name: fifo.name, lanes: fifo.lanes, beats: beatsOf(fifo) },
    bits: bitWidth(fifo.stream.type),
    kind: elementKind(fifo.stream.type),
  });
  const places = new Map([...scheduled.fifos.keys()].map((name, i) => [name, i]));
  const indices = (names: readonly string[]) => names.map((name) => places.get(name)).join(", ");
  return render("rtl/design.hpp.hbs", {
    name: scheduled.graph.name,
    loadable: isLoadable(scheduled.graph),
    input: described(fifoNamed(scheduled, scheduled.inputFifo)),
    output: described(fifoNamed(scheduled, scheduled.outputFifo)),
    fifos: [...scheduled.fifos.values()].map(described),
    stages: scheduled.stages.map(({ name, inputs, outputs }) => ({
      name,
      inputs: indices(inputs),
      outputs: indices(outputs),
    })),
  });
}
