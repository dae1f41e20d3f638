import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/tools/temporary.ts";
import type { ArrayData, Dtype, NumericArray } from "./array.ts";
import { bytesPerElement, dtypeOf } from "./array.ts";
import { decodeNpy, encodeNpy } from "./npy.ts";
import { npzKeys, readNpz } from "./npz.ts";
import { readArray, writeNpy } from "./read-array.ts";
import { encodeSafetensors, openSafetensors } from "./safetensors.ts";

const DATA: readonly NumericArray[] = [
  Int8Array.of(-128, 127, 0, 5, 6, 7),
  Uint8Array.of(0, 255, 1, 5, 6, 7),
  Int16Array.of(-32768, 32767, 0, 5, 6, 7),
  Uint16Array.of(0, 65535, 1, 5, 6, 7),
  Int32Array.of(-(2 ** 31), 2 ** 31 - 1, 0, 5, 6, 7),
  Uint32Array.of(0, 2 ** 32 - 1, 1, 5, 6, 7),
  BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n, 0n, 5n, 6n, 7n),
  BigUint64Array.of(0n, 2n ** 64n - 1n, 1n, 5n, 6n, 7n),
  Float32Array.of(0.5, -1, 0, 5, 6, 7),
  Float64Array.of(0.1, -1, 0, 5, 6, 7),
];
const ARRAYS = new Map<string, ArrayData>(
  DATA.map((data) => [dtypeOf(data), { shape: [2, 3], dtype: dtypeOf(data), data }]),
);

const NUMPY = ".venv/bin/python";
const hasNumpy = existsSync(NUMPY);

/** Bytes of numpy.save of an expression. */
const saved = (expression: string): Uint8Array =>
  execFileSync(NUMPY, ["-c", `import numpy as np, sys; np.lib.format.write_array(sys.stdout.buffer, ${expression})`]);

/** A .npy file of version 1 with this header and these bytes. */
function npy(header: string, data: Uint8Array): Uint8Array {
  const length = Buffer.alloc(2);
  length.writeUInt16LE(header.length);
  return Buffer.concat([Buffer.from("\x93NUMPY\x01\x00", "latin1"), length, Buffer.from(header), data]);
}

describe(".npy", () => {
  it("gives back what was written, for every element type", () => {
    for (const array of ARRAYS.values()) expect(decodeNpy(encodeNpy(array))).toEqual(array);
    for (const shape of [[], [6], [1, 6], [3, 2, 1]]) {
      const data = Uint8Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i);
      expect(decodeNpy(encodeNpy({ shape, dtype: "uint8", data }))).toEqual({ shape, dtype: "uint8", data });
    }
  });

  it("is read from any place in memory and from big-endian machines", () => {
    const bytes = encodeNpy(ARRAYS.get("int64") as ArrayData);
    const moved = Buffer.concat([Buffer.alloc(1), bytes]).subarray(1);
    expect(decodeNpy(moved)).toEqual(ARRAYS.get("int64"));
    const big = npy("{'descr': '>i2', 'fortran_order': False, 'shape': (2,), }\n", Uint8Array.of(1, 2, 255, 254));
    expect(decodeNpy(big).data).toEqual(Int16Array.of(258, -2));
  });

  it.each([
    ["text", "does not begin as a .npy file", Buffer.from("no array, but more than enough bytes")],
    ["a header without end", "header cannot be read", npy("{'descr'", new Uint8Array(0))],
    [
      "columns first",
      "Fortran order",
      npy("{'descr': '<i2', 'fortran_order': True, 'shape': (1, 1), }", new Uint8Array(2)),
    ],
    ["complex numbers", "<c8", npy("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", new Uint8Array(8))],
    [
      "too few bytes",
      "3 bytes of data where its header needs 4",
      npy("{'descr': '<i2', 'fortran_order': False, 'shape': (2,), }", new Uint8Array(3)),
    ],
  ])("refuses %s", (_, message, bytes) => {
    expect(() => decodeNpy(bytes)).toThrow(message);
  });

  it.runIf(hasNumpy)("is numpy's format", () => {
    for (const dtype of ["uint8", "int16", "int64", "float32", ">i4", "bool"]) {
      const { shape, data } = decodeNpy(saved(`np.arange(6).reshape(2, 3).astype('${dtype}')`));
      expect(shape).toEqual([2, 3]);
      expect(Array.from(data as Iterable<number | bigint>, Number)).toEqual(
        dtype === "bool" ? [0, 1, 1, 1, 1, 1] : [0, 1, 2, 3, 4, 5],
      );
    }
    const file = join(temporaryFolder(), "a.npy");
    writeFileSync(file, encodeNpy(ARRAYS.get("int16") as ArrayData));
    const text = execFileSync(NUMPY, ["-c", `import numpy as np; a = np.load('${file}'); print(a.dtype, a.tolist())`]);
    expect(String(text)).toBe("int16 [[-32768, 32767, 0], [5, 6, 7]]\n");
  });
});

describe(".npz", () => {
  const archive = zipSync({
    "a.npy": encodeNpy(ARRAYS.get("int8") as ArrayData),
    "b.npy": encodeNpy(ARRAYS.get("int32") as ArrayData),
    readme: new Uint8Array(3),
  });

  it("has arrays by name", () => {
    expect(npzKeys(archive)).toEqual(["a", "b"]);
    expect(readNpz(archive, "b")).toEqual(ARRAYS.get("int32"));
    expect(readNpz(archive, "c")).toBeUndefined();
    expect(() => npzKeys(archive.subarray(0, 100))).toThrow("zip");
  });

  it("is read with and without a key", async () => {
    const file = join(temporaryFolder(), "a.npz");
    writeFileSync(file, archive);
    expect(await readArray(file)).toEqual(ARRAYS.get("int8"));
    expect(await readArray(file, "b")).toEqual(ARRAYS.get("int32"));
    await expect(readArray(file, "bb")).rejects.toThrow('Did you mean "b"?');
    await expect(readArray(`${file}.txt`)).rejects.toThrow("unknown-file-type");
    writeFileSync(file, "PK");
    await expect(readArray(file)).rejects.toThrow("broken-file");
  });
});

describe("writeNpy", () => {
  it("writes what readArray reads, and nothing else", async () => {
    const file = join(temporaryFolder(), "a.npy");
    await writeNpy(file, ARRAYS.get("uint16") as ArrayData);
    expect(await readArray(file)).toEqual(ARRAYS.get("uint16"));
    await expect(writeNpy(join(file, "b.npy"), ARRAYS.get("uint16") as ArrayData)).rejects.toThrow("unwritable-file");
  });
});

describe(".safetensors", () => {
  const read = async (bytes: Uint8Array, key: string) => {
    const path = join(temporaryFolder(), "a.safetensors");
    writeFileSync(path, bytes);
    const handle = await open(path);
    try {
      return await (await openSafetensors(handle)).read(key);
    } finally {
      await handle.close();
    }
  };
  const bytes = Buffer.concat(encodeSafetensors(ARRAYS));

  it("gives back what was written, for every element type", async () => {
    for (const [key, array] of ARRAYS) expect(await read(bytes, key)).toEqual(array);
    expect(await read(bytes, "none")).toBeUndefined();
  });

  it("aligns every array", () => {
    const length = Number(bytes.readBigUInt64LE());
    const header = JSON.parse(bytes.subarray(8, 8 + length).toString()) as Record<
      string,
      { data_offsets: [number, number] }
    >;
    for (const [dtype, entry] of Object.entries(header))
      expect((8 + length + entry.data_offsets[0]) % bytesPerElement(dtype as Dtype)).toBe(0);
  });

  it("refuses what is damaged", async () => {
    const header = (entry: unknown) => {
      const text = JSON.stringify({ a: entry });
      const size = Buffer.alloc(8);
      size.writeBigUInt64LE(BigInt(text.length));
      return Buffer.concat([size, Buffer.from(text), new Uint8Array(4)]);
    };
    await expect(read(Buffer.alloc(3), "a")).rejects.toThrow("cut off");
    await expect(read(Buffer.alloc(16, 0xff), "a")).rejects.toThrow("header is cut off");
    await expect(read(header({ dtype: "I8" }), "a")).rejects.toThrow("header cannot be read");
    await expect(read(header({ dtype: "BF16", shape: [2], data_offsets: [0, 4] }), "a")).rejects.toThrow("BF16");
    await expect(read(header({ dtype: "I8", shape: [4], data_offsets: [0, 3] }), "a")).rejects.toThrow("do not fit");
    await expect(read(header({ dtype: "I8", shape: [8], data_offsets: [0, 8] }), "a")).rejects.toThrow("do not fit");
  });

  it.runIf(existsSync("models/fashion-mnist/model.safetensors"))("reads what its own library wrote", async () => {
    const array = await read(readFileSync("models/fashion-mnist/model.safetensors"), "stem.weight");
    expect(array?.dtype).toBe("uint8");
  });
});
