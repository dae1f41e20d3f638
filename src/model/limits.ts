/** Sizes beyond which a model is surely a mistake; they keep the memory that a check takes within bounds. */
import { invalidValue, tooLarge } from "../diagnostics.ts";
import { parseType } from "../ir/cast.ts";
import type { DataType } from "../ir/data-type.ts";
import type { Layer, LayerRegistry, Report } from "../ir/layer.ts";
import { elementCountOf } from "./array.ts";

export const MAX_TENSOR_ELEMENTS = 2 ** 28;
const MAX_MAP_ELEMENTS = 2 ** 26;
/** No value of a type further away from its point can be brought to any other type but as 0 or overflow. */
const MAX_INTEGER_BITS = 1024;

/** True if a map of the shape may be; reports if it may not. */
export function checkMap(shape: readonly number[], path: string, report: Report): boolean {
  return checkSize(shape, MAX_MAP_ELEMENTS, path, report);
}

export function checkSize(shape: readonly number[], limit: number, path: string, report: Report): boolean {
  const count = elementCountOf(shape);
  if (count > limit) report(tooLarge(path, `the shape [${shape.join(", ")}] has ${count} elements`, limit));
  return count <= limit;
}

/** What is wrong with a type whose width is right. */
export function typeProblem(type: DataType): string | undefined {
  if (type.kind === "bipolar" || Math.abs(type.width - type.fraction) <= MAX_INTEGER_BITS) return undefined;
  return `integer bits go from -${MAX_INTEGER_BITS} to ${MAX_INTEGER_BITS}`;
}

/** Reports attributes that are types beyond the limit. */
export function checkTypes(attributes: unknown, path: string, report: Report): boolean {
  const problems = Object.entries(attributes ?? {}).flatMap(([key, value]) => {
    const type = typeof value === "string" ? parseType(value) : undefined;
    const problem = type && typeProblem(type);
    return problem ? [invalidValue(`${path}.${key}`, `${problem} (here: ${value})`)] : [];
  });
  for (const problem of problems) report(problem);
  return problems.length === 0;
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
