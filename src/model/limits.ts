/** Sizes beyond which a model is surely a mistake; they keep the memory that a check takes within bounds. */
import { tooLarge } from "../diagnostics.ts";
import type { Layer, LayerRegistry, Report } from "../ir/layer.ts";
import { elementCountOf } from "./array.ts";

export const MAX_TENSOR_ELEMENTS = 2 ** 28;
const MAX_MAP_ELEMENTS = 2 ** 26;

/** True if a map of the shape may be; reports if it may not. */
export function checkMap(shape: readonly number[], path: string, report: Report): boolean {
  return checkSize(shape, MAX_MAP_ELEMENTS, path, report);
}

export function checkSize(shape: readonly number[], limit: number, path: string, report: Report): boolean {
  const count = elementCountOf(shape);
  if (count > limit) report(tooLarge(path, `the shape [${shape.join(", ")}] has ${count} elements`, limit));
  return count <= limit;
}

/** The layers, such that no stream comes out of a node that is wrong or whose output is too large. */
export function limited(registry: LayerRegistry): LayerRegistry {
  return new Map([...registry].map(([kind, layer]) => [kind, limitedLayer(layer)]));
}

function limitedLayer(layer: Layer): Layer {
  return {
    ...layer,
    infer(context, report) {
      let sound = true;
      const stream = layer.infer(context, (diagnostic) => {
        sound = false;
        report(diagnostic);
      });
      return sound && stream && checkMap(stream.shape, context.path, report) ? stream : undefined;
    },
  };
}
