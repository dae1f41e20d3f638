/** Reads a float model: docs/quantize.md. What is wrong with it is told as with any model. */
import { DiagnosticError, invariant, rawOfOpenType } from "../diagnostics.ts";
import type { FixedCast } from "../ir/cast.ts";
import type { DataType } from "../ir/data-type.ts";
import { fixed } from "../ir/data-type.ts";
import type { Graph } from "../ir/graph.ts";
import { streamOf } from "../ir/graph.ts";
import { layerOf } from "../ir/infer.ts";
import type { Layer, LayerRegistry } from "../ir/layer.ts";
import type { ValuesOf } from "../ir/real.ts";
import { layers } from "../layers/index.ts";
import type { PathOf } from "../model/load.ts";
import { loadModel } from "../model/load.ts";
import type { Choice } from "./binary-point.ts";
import type { Group } from "./open-casts.ts";
import { checkReal, openCasts, withTypes } from "./open-casts.ts";
import type { Bits } from "./tensors.ts";
import { makeTensorQuantizer } from "./tensors.ts";

export interface FloatModel {
  /** With its tensors quantized and its casts open. Of its streams the shapes count, and the types that are given. */
  readonly graph: Graph;
  readonly groups: readonly Group[];
  readonly tensors: ReadonlyMap<string, Choice>;
  readonly valuesOf: ValuesOf;
}

/** Rejects with one DiagnosticError. */
export async function readFloatModel(file: string, bits: Bits): Promise<FloatModel> {
  const { quantizer, choices, valuesOf } = makeTensorQuantizer(bits);
  const registry = withOpenTypes(layers);
  // Types are needed to check the rest; this one stands in open casts until others are chosen.
  const placeholder = castTo(fixed(true, bits.activation, bits.activation >> 1));
  let open: ReturnType<typeof openCasts> | undefined;
  let places: PathOf | undefined;
  const graph = await loadModel(file, {
    registry,
    quantizer,
    complete(read, report, pathOf) {
      checkReal(read, registry, report, pathOf);
      open = openCasts(read, registry);
      places = pathOf;
      return withTypes(open.graph, new Map(open.groups.flat().map((name) => [name, placeholder])));
    },
  });
  invariant(open && places, "a model that is read was completed");
  checkRaws(graph, placeholder.type, places);
  return { graph: { ...graph, nodes: open.graph.nodes }, groups: open.groups, tensors: choices, valuesOf };
}

/** Throws a DiagnosticError. */
function checkRaws(graph: Graph, placeholder: DataType, pathOf: PathOf): void {
  const wrong = graph.nodes.flatMap((node) => {
    const [input] = node.inputs as [string];
    const isOpen = streamOf(graph, input).type === placeholder;
    if (!isOpen || !layerOf(layers, node).real?.holdsRaws?.(node.attributes)) return [];
    return [rawOfOpenType(`${pathOf(node)}.attributes.padding`, input)];
  });
  if (wrong.length > 0) throw new DiagnosticError(wrong);
}

export const castTo = (type: FixedCast["type"]): FixedCast => ({ type, rounding: "AP_RND", overflow: "AP_SAT" });

/** The layers, such that types may be left open. */
const withOpenTypes = (registry: LayerRegistry): LayerRegistry =>
  new Map([...registry].map(([kind, layer]) => [kind, openLayer(layer)]));

const openLayer = (layer: Layer): Layer => ({ ...layer, attributes: layer.real?.attributes ?? layer.attributes });
