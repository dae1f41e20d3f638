/** numpy's .npy format, versions 1 to 3: numpy.lib.format in numpy's reference. */
import type { ArrayData, Dtype } from "./array.ts";
import { bytesOf, bytesPerElement, elementCountOf, elementsOf, FormatProblem } from "./array.ts";

const MAGIC = "\x93NUMPY";
/** The data begin at a multiple of this. */
const ALIGNMENT = 64;
const DESCRIPTIONS: readonly (readonly [Dtype, string])[] = [
  ["bool", "b1"],
  ["int8", "i1"],
  ["uint8", "u1"],
  ["int16", "i2"],
  ["uint16", "u2"],
  ["int32", "i4"],
  ["uint32", "u4"],
  ["int64", "i8"],
  ["uint64", "u8"],
  ["float32", "f4"],
  ["float64", "f8"],
];
const HEADER =
  /^\s*\{\s*'descr'\s*:\s*'([^']*)'\s*,\s*'fortran_order'\s*:\s*(True|False)\s*,\s*'shape'\s*:\s*\(([\d\s,L]*)\)\s*,?\s*\}/;

interface Header {
  readonly dtype: Dtype;
  readonly bigEndian: boolean;
  readonly shape: readonly number[];
  readonly dataOffset: number;
}

/** The array in the bytes of a .npy file, which it may share. Throws a FormatProblem. */
export function decodeNpy(bytes: Uint8Array): ArrayData {
  const { dtype, bigEndian, shape, dataOffset } = readHeader(bytes);
  const length = elementCountOf(shape) * bytesPerElement(dtype);
  if (bytes.length - dataOffset !== length)
    throw new FormatProblem(`it has ${bytes.length - dataOffset} bytes of data where its header needs ${length}`);
  const data = bytes.subarray(dataOffset);
  return { dtype, shape, data: elementsOf(dtype, bigEndian ? swapped(data, bytesPerElement(dtype)) : data) };
}

function readHeader(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || latin1(bytes.subarray(0, 6)) !== MAGIC)
    throw new FormatProblem("it does not begin as a .npy file");
  const wide = view.getUint8(6) > 1;
  const start = wide ? 12 : 10;
  const dataOffset = start + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  if (dataOffset > bytes.length) throw new FormatProblem("its header is cut off");
  const match = HEADER.exec(latin1(bytes.subarray(start, dataOffset)));
  if (!match) throw new FormatProblem("its header cannot be read");
  const [, description = "", fortran, sizes = ""] = match;
  const shape = (sizes.match(/\d+/g) ?? []).map(Number);
  if (fortran === "True" && shape.length > 1)
    throw new FormatProblem("it is in Fortran order; save numpy.ascontiguousarray(array)");
  return { ...elementType(description), shape, dataOffset };
}

function elementType(description: string): { dtype: Dtype; bigEndian: boolean } {
  const found = DESCRIPTIONS.find(([, code]) => code === description.slice(1));
  if (!found || !/^[<>|=]/.test(description))
    throw new FormatProblem(`its elements (${description}) are no numbers that Bitloom reads`);
  return { dtype: found[0], bigEndian: description.startsWith(">") };
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

function swapped(bytes: Uint8Array, size: number): Uint8Array {
  const copy = Buffer.from(bytes);
  if (size === 2) return copy.swap16();
  if (size === 4) return copy.swap32();
  return size === 8 ? copy.swap64() : copy;
}

/** A .npy file of version 1. */
export function encodeNpy({ shape, dtype, data }: ArrayData): Uint8Array {
  const code = DESCRIPTIONS.find(([name]) => name === dtype)?.[1];
  const description = `${bytesPerElement(dtype) === 1 ? "|" : "<"}${code}`;
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${description}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const length = Math.ceil((MAGIC.length + 4 + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const header = Buffer.alloc(length, " ");
  header.write(`${MAGIC}\x01\x00`, "latin1");
  header.writeUInt16LE(length - MAGIC.length - 4, MAGIC.length + 2);
  header.write(text, MAGIC.length + 4, "latin1");
  header.write("\n", length - 1);
  return Buffer.concat([header, bytesOf(data)]);
}
