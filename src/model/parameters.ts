/** The tensors of a model, with their data from the file itself or from beside it. */
import { floatTensor, invalidName, invalidValue, notFinite } from "../diagnostics.ts";
import type { Report } from "../ir/layer.ts";
import type { Parameter } from "../ir/parameter.ts";
import type { Entries } from "./document.ts";
import { parseWith, show } from "./issues.ts";
import { checkSize, MAX_TENSOR_ELEMENTS } from "./limits.ts";
import { formatPath } from "./path.ts";
import type { TensorEntry } from "./schema.ts";
import { sidecar } from "./schema.ts";
import { Sidecars } from "./sidecars.ts";
import type { Numbers } from "./weights.ts";
import { checkCount, inlineElements, parameterOf } from "./weights.ts";

const NAME = /^[A-Za-z][A-Za-z0-9_.]{0,199}$/;

/** `["tensors", NAME]`. */
type Place = readonly string[];

/** Makes integers of a tensor of real numbers (row-major, finite). */
export type Quantizer = (name: string, shape: readonly number[], values: Float64Array) => Parameter;

/**
 * The sound tensors; what is wrong with the others is reported. `folder` is the model's. Tensors of real numbers are
 * wrong where there is no quantizer.
 */
export async function readParameters(
  tensors: Entries["tensors"],
  folder: string,
  report: Report,
  quantizer: Quantizer | undefined,
): Promise<Map<string, Parameter>> {
  const parameters = new Map<string, Parameter>();
  const sidecars = new Sidecars(folder);
  const floats = [...tensors].filter(([, entry]) => entry?.encoding === "float");
  const [first] = floats;
  if (first && !quantizer) report(floatTensor(formatPath(["tensors", first[0]]), floats.length));
  try {
    for (const [name, entry] of tensors) {
      const place = ["tensors", name] as const;
      if (!NAME.test(name))
        report(
          invalidName(formatPath(place), name, "tensor names are letters, digits, _ and ., and begin with a letter"),
        );
      const parameter = entry && (await readParameter(entry, place, sidecars, report, quantizer));
      if (parameter) parameters.set(name, parameter);
    }
  } finally {
    await sidecars.close();
  }
  return parameters;
}

async function readParameter(
  entry: TensorEntry,
  place: Place,
  sidecars: Sidecars,
  report: Report,
  quantizer: Quantizer | undefined,
): Promise<Parameter | undefined> {
  const path = formatPath(place);
  if (!checkSize(entry.shape, MAX_TENSOR_ELEMENTS, `${path}.shape`, report)) return undefined;
  if (entry.encoding === "float" && !quantizer) return undefined;
  const elements = await readElements(entry, place, sidecars, report);
  if (!elements || !checkCount(entry.shape, elements, path, report)) return undefined;
  if (entry.encoding !== "float") return parameterOf(entry, elements, path, report);
  const values = finite(elements, path, report);
  return values && quantizer?.(place[1] as string, entry.shape, values);
}

async function readElements(
  { data, shape, encoding }: TensorEntry,
  place: Place,
  sidecars: Sidecars,
  report: Report,
): Promise<Numbers | undefined> {
  const path = formatPath(place);
  const wanted = encoding === "float" ? "numbers" : "integers";
  if (Array.isArray(data)) return encoding === "float" ? data : inlineElements(data, path, report);
  if (typeof data !== "object" || data === null) {
    report(invalidValue(`${path}.data`, `expected an array of ${wanted}, or { "file", "key" } (here: ${show(data)})`));
    return undefined;
  }
  const reference = parseWith(sidecar, data, [...place, "data"], report);
  return reference && (await sidecars.read(reference, shape, wanted, path, report))?.data;
}

/** The elements as doubles; undefined if some are no finite numbers, which is reported. */
function finite(elements: Numbers, path: string, report: Report): Float64Array | undefined {
  const wrong = Array.from(elements).findIndex(
    (element) => !Number.isFinite(Number(element)) || typeof element === "string",
  );
  if (wrong < 0) return Float64Array.from(elements, Number);
  report(notFinite(`${path}.data[${wrong}]`, show(elements[wrong])));
  return undefined;
}
