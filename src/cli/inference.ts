/** What `run` shows of its results. */
import { classCounts, classOf } from "../flow/classes.ts";
import type { Inference, Results } from "../flow/infer.ts";
import { formatType } from "../ir/data-type.ts";
import { formatShape } from "../ir/tensor.ts";

/** More images than these are counted only. */
const MOST_SHOWN = 8;

export function inferenceText({ output, taps, labels }: Inference, files: readonly string[]): string {
  const { classes, right } = classify(output, labels);
  return [
    ...output.raws.slice(0, MOST_SHOWN).map((raws, i) => `image ${i}: ${outputText(raws, classes?.[i])}`),
    ...(output.raws.length > MOST_SHOWN ? [`and ${output.raws.length - MOST_SHOWN} more images`] : []),
    ...(classes ? [`classes: ${countsText(classes)}`] : []),
    ...(right === undefined
      ? []
      : [`right: ${right} of ${output.raws.length} (${percent(right, output.raws.length)})`]),
    ...taps.map((tap) => `tap ${describe(tap)}`),
    ...files.map((file) => `wrote ${file}`),
  ].join("\n");
}

export function inferenceJson({ output, taps, labels }: Inference, files: readonly string[]) {
  const { classes, right } = classify(output, labels);
  return {
    images: output.raws.length,
    output: resultsJson(output),
    classes,
    counts: classes && classCounts(classes),
    right,
    taps: taps.map(resultsJson),
    files,
    // Without a file the values would be lost.
    values:
      files.length > 0
        ? undefined
        : output.raws.map((raws) => Array.from<number | bigint, number | string>(raws, jsonRaw)),
  };
}

interface Classification {
  readonly classes?: readonly number[];
  readonly right?: number;
}

/** Vectors are scores of classes; a single integer is a class. Maps are neither. */
function classify({ raws, stream }: Results, labels: readonly number[] | undefined): Classification {
  const [, height, width] = stream.shape;
  if (height * width !== 1) return {};
  const classes = raws.map(classOf);
  return { classes, ...(labels && { right: classes.filter((found, i) => found === labels[i]).length }) };
}

function outputText(raws: Results["raws"][number], found: number | undefined): string {
  const values = [...raws.slice(0, 16)].join(" ");
  return `${found === undefined ? "" : `class ${found}, `}raw ${values}${raws.length > 16 ? " ..." : ""}`;
}

const countsText = (classes: readonly number[]): string =>
  Object.entries(classCounts(classes))
    .map(([found, count]) => `${found}: ${count}`)
    .join(", ");

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`;

const describe = ({ name, stream }: Results): string =>
  `${name} ${formatShape(stream.shape)} ${formatType(stream.type)}`;

const resultsJson = ({ name, stream }: Results) => ({ name, shape: stream.shape, type: formatType(stream.type) });

/** JSON's numbers are exact up to 2^53 only. */
const jsonRaw = (raw: number | bigint): number | string =>
  Number.isSafeInteger(Number(raw)) ? Number(raw) : String(raw);
