/** What `quantize` shows of its choices. */
import type { NamedChoice, Quantization } from "../flow/quantize.ts";
import { formatType } from "../ir/data-type.ts";

export function quantizationText(quantization: Quantization, file: string | undefined): string {
  const { tensors, values, snr, images } = quantization;
  return [
    ...table([HEADINGS, ...[...tensors, ...values].map(row)]),
    `output: ${decibels(snr)} over ${images} images`,
    ...Object.entries(scoresOf(quantization)).map(
      ([what, count]) => `${SCORES[what as keyof Scores]}: ${count} of ${images} (${percent(count, images)})`,
    ),
    ...(file === undefined ? [] : [`wrote ${file}`]),
  ].join("\n");
}

export function quantizationJson(quantization: Quantization, file: string | undefined) {
  const { tensors, values, snr, images } = quantization;
  return {
    images,
    tensors: tensors.map(choiceJson),
    values: values.map(choiceJson),
    snr: finiteOrNull(snr),
    scores: scoresOf(quantization),
    file,
  };
}

const HEADINGS = ["tensor or value", "type", "from", "to", "signal to noise"];

const row = ({ names, type, low, high, snr }: NamedChoice): string[] => [
  names.join(", "),
  formatType(type),
  low.toPrecision(4),
  high.toPrecision(4),
  decibels(snr),
];

/** Left-aligned columns. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = HEADINGS.map((_, i) => Math.max(...rows.map((cells) => (cells[i] as string).length)));
  return rows.map((cells) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] as number))
      .join("  ")
      .trimEnd(),
  );
}

interface Scores {
  /** Images that have the same class by the float model and by the integers. */
  readonly sameClass?: number;
  readonly rightAsFloat?: number;
  readonly rightAsIntegers?: number;
}

const SCORES: Readonly<Record<keyof Scores, string>> = {
  sameClass: "same class",
  rightAsFloat: "right as float",
  rightAsIntegers: "right as integers",
};

function scoresOf({ classes, labels }: Quantization): Scores {
  if (!classes) return {};
  const { float, integer } = classes;
  const equal = (a: readonly number[], b: readonly number[]) => a.filter((found, i) => found === b[i]).length;
  const sameClass = equal(float, integer);
  return labels
    ? { sameClass, rightAsFloat: equal(float, labels), rightAsIntegers: equal(integer, labels) }
    : { sameClass };
}

const choiceJson = ({ names, type, low, high, snr }: NamedChoice) => ({
  names,
  type: formatType(type),
  low,
  high,
  snr: finiteOrNull(snr),
});

/** JSON has no infinity: null says that nothing is lost. */
const finiteOrNull = (snr: number): number | null => (Number.isFinite(snr) ? snr : null);

const decibels = (snr: number): string => (Number.isFinite(snr) ? `${snr.toFixed(1)} dB` : "exact");

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`;
