/** Chooses the types of a float model's values by what they are on images. */
import type { Graph } from "../ir/graph.ts";
import { typed } from "../ir/infer.ts";
import type { Evaluate, Layer, LayerRegistry } from "../ir/layer.ts";
import type { ValuesOf } from "../ir/real.ts";
import type { Raws } from "../ir/tensor.ts";
import { layers } from "../layers/index.ts";
import type { TapNode } from "../reference/executor.ts";
import { prepare } from "../reference/executor.ts";
import type { Choice } from "./binary-point.ts";
import { Extent, SquaredErrors } from "./binary-point.ts";
import type { FloatModel } from "./float-model.ts";
import { castTo } from "./float-model.ts";
import type { Group } from "./open-casts.ts";
import { withTypes } from "./open-casts.ts";

export interface Calibration {
  /** The model in integers. */
  readonly graph: Graph;
  readonly values: ReadonlyMap<Group, Choice>;
  /** What the float model makes of each image. */
  readonly outputs: readonly Float64Array[];
}

/** Runs the float model twice: for the extents of its values, and for the errors of the types that come into question. */
export async function calibrate(
  model: FloatModel,
  images: readonly Raws[],
  bits: number,
  progress: (pass: string, done: number, total: number) => void = () => undefined,
): Promise<Calibration> {
  const extents = new Map(model.groups.map((group) => [group, new Extent()]));
  await observeAll(model, images, extents, (done) => progress("extents", done, images.length));
  const errors = new Map([...extents].map(([group, extent]) => [group, new SquaredErrors(extent, bits)]));
  const outputs = await observeAll(model, images, errors, (done) => progress("types", done, images.length));
  const values = new Map([...errors].map(([group, error]) => [group, error.best()]));
  const casts = [...values].flatMap(([group, { type }]) => group.map((name) => [name, castTo(type)] as const));
  return { graph: typed(withTypes(model.graph, new Map(casts)), layers), values, outputs };
}

interface Observer {
  observe(values: Float64Array): void;
}

/** Shows each group its nodes' values on all images, and gives the outputs. */
async function observeAll(
  { graph, valuesOf }: FloatModel,
  images: readonly Raws[],
  observers: ReadonlyMap<Group, Observer>,
  onProgress: (done: number) => void,
): Promise<Float64Array[]> {
  const observerOf = new Map([...observers].flatMap(([group, observer]) => group.map((name) => [name, observer])));
  const tap: TapNode = (name, { data }) => observerOf.get(name)?.observe(data as Float64Array);
  const run = prepare(graph, realLayers(valuesOf));
  const { shape, type } = graph.input;
  const step = type.kind === "bipolar" ? 1 : 2 ** -type.fraction;
  const outputs: Float64Array[] = [];
  for (const image of images) {
    const data = Float64Array.from(image, (raw: number | bigint) => Number(raw) * step);
    outputs.push(run({ shape, type, data }, tap).data as Float64Array);
    onProgress(outputs.length);
    // Gives the event loop a turn, so that progress shows and Ctrl-C is heard.
    if (outputs.length % 16 === 0) await new Promise(setImmediate);
  }
  return outputs;
}

/** The layers with their real meaning in the place of the exact one. */
const realLayers = (valuesOf: ValuesOf): LayerRegistry =>
  new Map([...layers].map(([kind, layer]) => [kind, { ...layer, reference: realReference(layer, valuesOf) }]));

function realReference({ real }: Layer, valuesOf: ValuesOf): Layer["reference"] {
  return (context, output): Evaluate => {
    const evaluate = real?.evaluate(context, output, valuesOf);
    return (inputs) => ({ ...output, data: evaluate?.(inputs.map(({ data }) => data as Float64Array)) ?? [] });
  };
}
