/** What cosim's harness has to know of a core: `design.hpp`. */
import { bitWidth, elementKind } from "../../ir/data-type.ts";
import type { Fifo, ScheduledGraph } from "../../ir/schedule.ts";
import { elements } from "../../ir/tensor.ts";
import { render } from "../template.ts";
import { fifoNamed } from "./core.ts";

export function harnessHeader(scheduled: ScheduledGraph): string {
  const described = ({ name, stream, lanes }: Fifo) => ({
    ...{ name, lanes },
    bits: bitWidth(stream.type),
    kind: elementKind(stream.type),
    beats: elements(stream.shape) / lanes,
  });
  const places = new Map([...scheduled.fifos.keys()].map((name, i) => [name, i]));
  const indices = (names: readonly string[]) => names.map((name) => places.get(name)).join(", ");
  return render("rtl/design.hpp.hbs", {
    name: scheduled.graph.name,
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
