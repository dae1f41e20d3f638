/** The safetensors format: an 8-byte length, a JSON header, the data. https://github.com/huggingface/safetensors#format */
import type { FileHandle } from "node:fs/promises";
import { z } from "zod";
import type { ArrayData, Dtype } from "./array.ts";
import { bytesOf, bytesPerElement, elementCountOf, elementsOf, FormatProblem } from "./array.ts";

const DTYPES: readonly (readonly [Dtype, string])[] = [
  ["bool", "BOOL"],
  ["int8", "I8"],
  ["uint8", "U8"],
  ["int16", "I16"],
  ["uint16", "U16"],
  ["int32", "I32"],
  ["uint32", "U32"],
  ["int64", "I64"],
  ["uint64", "U64"],
  ["float32", "F32"],
  ["float64", "F64"],
];
/** The limit of the reference implementation. */
const MAX_HEADER = 100_000_000;

const size = z.int().min(0);
const headerSchema = z.record(
  z.string(),
  z.object({ dtype: z.string(), shape: z.array(size), data_offsets: z.tuple([size, size]) }),
);
type Entry = z.output<typeof headerSchema>[string];

/** An open file whose arrays are read one by one. */
export interface Safetensors {
  readonly keys: readonly string[];
  /** Undefined if there is no such array. Rejects with a FormatProblem. */
  read(key: string): Promise<ArrayData | undefined>;
}

/** Rejects with a FormatProblem. */
export async function openSafetensors(file: FileHandle): Promise<Safetensors> {
  const fileSize = (await file.stat()).size;
  const length = Number(Buffer.from(await readBytes(file, 0, 8)).readBigUInt64LE());
  if (length > MAX_HEADER || length + 8 > fileSize) throw new FormatProblem("its header is cut off");
  const entries = parseHeader(await readBytes(file, 8, length));
  return {
    keys: [...entries.keys()],
    async read(key) {
      const entry = entries.get(key);
      return entry && readArrayAt(file, entry, 8 + length, fileSize);
    },
  };
}

function parseHeader(bytes: Uint8Array): Map<string, Entry> {
  try {
    const { __metadata__: _, ...entries } = JSON.parse(Buffer.from(bytes).toString()) as Record<string, unknown>;
    return new Map(Object.entries(headerSchema.parse(entries)));
  } catch {
    throw new FormatProblem("its header cannot be read");
  }
}

async function readArrayAt(file: FileHandle, entry: Entry, base: number, fileSize: number): Promise<ArrayData> {
  const {
    shape,
    data_offsets: [begin, end],
  } = entry;
  const dtype = DTYPES.find(([, name]) => name === entry.dtype)?.[0];
  if (!dtype) throw new FormatProblem(`its elements (${entry.dtype}) are no numbers that Bitloom reads`);
  if (end - begin !== elementCountOf(shape) * bytesPerElement(dtype) || base + end > fileSize)
    throw new FormatProblem("the places of its arrays do not fit their shapes and the file");
  return { dtype, shape, data: elementsOf(dtype, await readBytes(file, base + begin, end - begin)) };
}

async function readBytes(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await file.read(bytes, at, length - at, position + at);
    if (bytesRead === 0) throw new FormatProblem("it is cut off");
    at += bytesRead;
  }
  return bytes;
}

/** The pieces of a file with these arrays, in order; the widest elements first, so that all are aligned. */
export function encodeSafetensors(arrays: ReadonlyMap<string, ArrayData>): Uint8Array[] {
  const sorted = [...arrays].sort(([, a], [, b]) => bytesPerElement(b.dtype) - bytesPerElement(a.dtype));
  let offset = 0;
  const entries = sorted.map(([key, { dtype, shape, data }]) => {
    const begin = offset;
    offset += data.byteLength;
    const name = DTYPES.find(([known]) => known === dtype)?.[1];
    return [key, { dtype: name, shape, data_offsets: [begin, offset] }] as const;
  });
  const text = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const header = Buffer.alloc(8 + Math.ceil(text.length / 8) * 8, " ");
  header.writeBigUInt64LE(BigInt(header.length - 8));
  text.copy(header, 8);
  return [header, ...sorted.map(([, { data }]) => bytesOf(data))];
}
