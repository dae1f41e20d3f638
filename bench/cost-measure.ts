/** Synthesizes a scheduled network: the parts and the amounts of each stage, and of each kind of what stands between them. */
import type { Executable } from "../src/build/plan.ts";
import { fifoBits, fifoInstance, stageInstance } from "../src/codegen/rtl/core.ts";
import { generateRtl } from "../src/codegen/rtl/index.ts";
import type { Parts } from "../src/ir/cost.ts";
import { allParts, totalArea } from "../src/ir/cost.ts";
import type { ScheduledGraph, Stage } from "../src/ir/schedule.ts";
import { betweenParts, fifoParts } from "../src/ir/wiring.ts";
import { layers } from "../src/layers/index.ts";
import type { Synthesized } from "../src/opentools/yosys/synthesize.ts";
import { synthesize } from "../src/opentools/yosys/synthesize.ts";
import { hardwareOf } from "../src/passes/unit.ts";
import type { Sample } from "./cost.ts";

export interface Network {
  readonly name: string;
  readonly scheduled: ScheduledGraph;
}

export async function measureNetwork({ name, scheduled }: Network, yosys: Executable, logs: string): Promise<Sample[]> {
  const stages = scheduled.stages.filter(({ kind }) => kind === "layer");
  const parts = stages.map((stage) => stageInstance(stage.name));
  const onProgress = (done: number, total: number) => process.stderr.write(`\r${name}: ${done} of ${total}  `);
  const sources = generateRtl(scheduled, layers);
  const found = await synthesize({ sources, top: scheduled.graph.name, parts, logs }, { yosys, onProgress });
  process.stderr.write("\r");
  const sample = (what: string, own: Parts, instances: readonly string[]): Sample => ({
    ...{ network: name, name: what, parts: own },
    used: totalArea(instances.map((instance) => areaIn(found, instance))),
  });
  const between = (kind: Stage["kind"]) => scheduled.stages.filter((stage) => stage.kind === kind);
  const wiring = (["fork", "convert"] as const).map((kind) => {
    const own = between(kind);
    return sample(
      `${own.length} of ${kind}`,
      allParts(own.map((stage) => betweenParts(scheduled, stage))),
      own.map(instanceOf),
    );
  });
  const fifos = [...scheduled.fifos.values()];
  return [
    ...stages.map((stage) => sample(stage.name, stageParts(scheduled, stage), [stageInstance(stage.name)])),
    ...wiring,
    sample(
      `${fifos.length} of fifo`,
      allParts(fifos.map((fifo) => fifoParts(fifoBits(fifo), fifo.depth))),
      fifos.map((fifo) => fifoInstance(fifo.name)),
    ),
  ];
}

const instanceOf = ({ name }: Stage): string => stageInstance(name);

function areaIn(found: Synthesized, instance: string) {
  const used = (found.parts.get(instance) ?? found.others.get(instance))?.used;
  return { lut: used?.lut ?? 0, ff: used?.ff ?? 0, bram18: used?.bram18 ?? 0, dsp: 0 };
}

function stageParts({ graph }: ScheduledGraph, stage: Stage): Parts {
  if (stage.kind !== "layer") return {};
  const { nodes, folding } = stage;
  return hardwareOf(graph, layers, nodes).parts(folding);
}
