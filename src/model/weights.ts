/** Elements of a tensor: checked against its encoding, and stored as compactly as a typed array can. */
import type { Diagnostic } from "../diagnostics.ts";
import { elementCount, elementValue, notInteger, outOfRange } from "../diagnostics.ts";
import type { DataType, FixedType } from "../ir/data-type.ts";
import { BIPOLAR, formatType, maxRaw, minRaw, signedInteger } from "../ir/data-type.ts";
import type { Report } from "../ir/layer.ts";
import type { IntegerArray, Parameter } from "../ir/parameter.ts";
import { signedDigitCount, unsignedDigitCount } from "../ir/signed-digits.ts";
import { elementCountOf } from "./array.ts";
import { show } from "./issues.ts";
import type { ExactEntry } from "./schema.ts";

/** As JSON or a file has them; what numbers they may be is said by the encoding. */
export type Numbers = ArrayLike<number | bigint>;

/** Reports elements that are too many or too few for the shape. */
export function checkCount(shape: readonly number[], elements: Numbers, path: string, report: Report): boolean {
  const count = elementCountOf(shape);
  if (elements.length !== count) report(elementCount(`${path}.data`, elements.length, count));
  return elements.length === count;
}

/** The entry with its elements (row-major, as many as the shape says); undefined if some are wrong, which is reported. `path` is the tensor's. */
export function parameterOf(entry: ExactEntry, elements: Numbers, path: string, report: Report): Parameter | undefined {
  const table = entry.encoding === "codebook" ? tableOf(entry.table, entry.type, path, report) : undefined;
  const storage = storageOf(entry);
  const data = storage.allocate(elements.length);
  const problem = store(elements, data, storage, path) ?? termsProblem(entry, data, path);
  if (problem) report(problem);
  if (problem || (entry.encoding === "codebook" && !table)) return undefined;
  const { encoding, shape } = entry;
  const hot = entry.encoding === "k-hot" ? { terms: entry.terms, digits: entry.digits } : {};
  return Object.freeze({ encoding, shape, type: valueType(entry), data, ...(table && { table }), ...hot });
}

/** Elements as JSON has them; undefined if some are no integers, which is reported. */
export function inlineElements(data: readonly unknown[], path: string, report: Report): Numbers | undefined {
  const integers = data.some((element) => typeof element === "string") ? data.map(parseDecimal) : data;
  const wrong = integers.findIndex((element) => typeof element !== "bigint" && !Number.isSafeInteger(element));
  if (wrong < 0) return integers as Numbers;
  report(notInteger(`${path}.data[${wrong}]`, show(data[wrong])));
  return undefined;
}

const parseDecimal = (element: unknown): unknown =>
  typeof element === "string" && /^-?\d{1,25}$/.test(element) ? BigInt(element) : element;

function tableOf(
  entries: readonly (number | string)[],
  type: FixedType,
  path: string,
  report: Report,
): readonly bigint[] | undefined {
  const table = entries.map(BigInt);
  const wrong = table.findIndex((raw) => raw < minRaw(type) || raw > maxRaw(type));
  if (wrong < 0) return Object.freeze(table);
  report(outOfRange(`${path}.table[${wrong}]`, String(table[wrong]), formatType(type)));
  return undefined;
}

function valueType(entry: ExactEntry): DataType {
  if (entry.encoding === "bipolar") return BIPOLAR;
  return entry.encoding === "ternary" ? signedInteger(2) : entry.type;
}

interface Storage {
  readonly low: bigint;
  readonly high: bigint;
  /** What an element must be, for the diagnostic. */
  readonly expected: string;
  allocate(length: number): IntegerArray;
}

function storageOf(entry: ExactEntry): Storage {
  switch (entry.encoding) {
    case "bipolar":
      return { low: 0n, high: 1n, expected: "0 or 1", allocate: allocator(false, 1) };
    case "ternary":
      return { low: -1n, high: 1n, expected: "-1, 0 or 1", allocate: allocator(true, 2) };
    case "codebook": {
      const { length } = entry.table;
      const expected = `an index into the table of ${length} values`;
      return { low: 0n, high: BigInt(length - 1), expected, allocate: allocator(false, length > 256 ? 16 : 8) };
    }
    default: {
      const [low, high] = [minRaw(entry.type), maxRaw(entry.type)];
      const expected = `a raw value of ${formatType(entry.type)}, ${low} to ${high}`;
      return { low, high, expected, allocate: allocator(entry.type.signed, entry.type.width) };
    }
  }
}

/** The narrowest typed array for a width. */
function allocator(signed: boolean, width: number): (length: number) => IntegerArray {
  if (width <= 8) return (length) => (signed ? new Int8Array(length) : new Uint8Array(length));
  if (width <= 16) return (length) => (signed ? new Int16Array(length) : new Uint16Array(length));
  if (width <= 32) return (length) => (signed ? new Int32Array(length) : new Uint32Array(length));
  return (length) => (signed ? new BigInt64Array(length) : new BigUint64Array(length));
}

/** Copies; gives a diagnostic if elements are out of range. */
function store(
  from: Numbers,
  to: IntegerArray,
  { low, high, expected }: Storage,
  path: string,
): Diagnostic | undefined {
  const wide = to instanceof BigInt64Array || to instanceof BigUint64Array;
  const [first, count] = wide ? storeWide(from, to, low, high) : storeNarrow(from, to, Number(low), Number(high));
  return count === 0 ? undefined : elementValue(`${path}.data[${first}]`, String(from[first]), expected, count);
}

type Misfits = readonly [first: number, count: number];

function storeNarrow(
  from: Numbers,
  to: Exclude<IntegerArray, BigInt64Array | BigUint64Array>,
  low: number,
  high: number,
): Misfits {
  const valueAt = numbersOf(from);
  let [first, count] = [-1, 0];
  for (let i = 0; i < to.length; i++) {
    const value = valueAt(i);
    if (value >= low && value <= high) to[i] = value;
    else if (count++ === 0) first = i;
  }
  return [first, count];
}

/** Elements as numbers; 64-bit ones by their halves, as a bigint for each would take most of the time. */
function numbersOf(from: Numbers): (index: number) => number {
  if (!(from instanceof BigInt64Array || from instanceof BigUint64Array)) return (i) => Number(from[i]);
  const low = new Uint32Array(from.buffer, from.byteOffset, 2 * from.length);
  const high = from instanceof BigInt64Array ? new Int32Array(low.buffer, low.byteOffset, low.length) : low;
  return (i) => (high[2 * i + 1] as number) * 2 ** 32 + (low[2 * i] as number);
}

function storeWide(from: Numbers, to: BigInt64Array | BigUint64Array, low: bigint, high: bigint): Misfits {
  let [first, count] = [-1, 0];
  for (let i = 0; i < to.length; i++) {
    const value = BigInt(from[i] as number | bigint);
    if (value >= low && value <= high) to[i] = value;
    else if (count++ === 0) first = i;
  }
  return [first, count];
}

function termsProblem(entry: ExactEntry, data: IntegerArray, path: string): Diagnostic | undefined {
  if (entry.encoding !== "k-hot") return undefined;
  const { terms, digits } = entry;
  const countOf = digits === "signed" ? signedDigitCount : (raw: bigint) => unsignedDigitCount(raw) ?? Infinity;
  const digitsOf = remembered(countOf);
  let [first, count] = [-1, 0];
  for (let i = 0; i < data.length; i++) if (digitsOf(data[i] as number | bigint) > terms && count++ === 0) first = i;
  if (count === 0) return undefined;
  const sum = `a sum of at most ${terms} ${digits === "signed" ? "signed" : "positive"} powers of two`;
  return elementValue(`${path}.data[${first}]`, String(data[first]), sum, count);
}

/** Weights repeat: most tensors have few different values. */
function remembered(countOf: (raw: bigint) => number): (raw: number | bigint) => number {
  const known = new Map<number | bigint, number>();
  return (raw) => {
    const found = known.get(raw);
    if (found !== undefined) return found;
    const count = countOf(BigInt(raw));
    // Wide random values do not repeat; remembering all of them would take more memory than the tensor.
    if (known.size < 2 ** 16) known.set(raw, count);
    return count;
  };
}
