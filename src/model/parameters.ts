/** The tensors of a model, with their data from the file itself or from beside it. */
import { invalidName, invalidValue } from "../diagnostics.ts";
import type { Report } from "../ir/layer.ts";
import type { Parameter } from "../ir/parameter.ts";
import type { Entries } from "./document.ts";
import { parseWith, show } from "./issues.ts";
import { checkSize, MAX_TENSOR_ELEMENTS } from "./limits.ts";
import { formatPath } from "./path.ts";
import type { TensorEntry } from "./schema.ts";
import { sidecar } from "./schema.ts";
import { Sidecars } from "./sidecars.ts";
import type { Integers } from "./weights.ts";
import { inlineElements, parameterOf } from "./weights.ts";

const NAME = /^[A-Za-z][A-Za-z0-9_.]{0,199}$/;

/** `["tensors", NAME]`. */
type Place = readonly string[];

/** The sound tensors; what is wrong with the others is reported. `folder` is the model's. */
export async function readParameters(
  tensors: Entries["tensors"],
  folder: string,
  report: Report,
): Promise<Map<string, Parameter>> {
  const parameters = new Map<string, Parameter>();
  const sidecars = new Sidecars(folder);
  try {
    for (const [name, entry] of tensors) {
      const place = ["tensors", name] as const;
      if (!NAME.test(name))
        report(
          invalidName(formatPath(place), name, "tensor names are letters, digits, _ and ., and begin with a letter"),
        );
      const parameter = entry && (await readParameter(entry, place, sidecars, report));
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
): Promise<Parameter | undefined> {
  const path = formatPath(place);
  if (!checkSize(entry.shape, MAX_TENSOR_ELEMENTS, `${path}.shape`, report)) return undefined;
  const elements = await readElements(entry, place, sidecars, report);
  return elements && parameterOf(entry, elements, path, report);
}

async function readElements(
  { data, shape }: TensorEntry,
  place: Place,
  sidecars: Sidecars,
  report: Report,
): Promise<Integers | undefined> {
  const path = formatPath(place);
  if (Array.isArray(data)) return inlineElements(data, path, report);
  if (typeof data !== "object" || data === null) {
    report(invalidValue(`${path}.data`, `expected an array of integers, or { "file", "key" } (here: ${show(data)})`));
    return undefined;
  }
  const reference = parseWith(sidecar, data, [...place, "data"], report);
  return reference && (await sidecars.read(reference, shape, path, report))?.data;
}
