/** numpy's .npz format: a ZIP archive of .npy files. */
import { unzipSync } from "fflate";
import type { ArrayData } from "./array.ts";
import { FormatProblem } from "./array.ts";
import { decodeNpy } from "./npy.ts";

const EXTENSION = ".npy";
const MAX_BYTES = 2 ** 31;

/** Names of the arrays, in the order of the archive. Throws a FormatProblem. */
export function npzKeys(bytes: Uint8Array): string[] {
  const keys: string[] = [];
  unzip(bytes, (name) => {
    if (name.endsWith(EXTENSION)) keys.push(name.slice(0, -EXTENSION.length));
    return false;
  });
  return keys;
}

/** One array (only its entry is unpacked), or undefined if there is none of that name. Throws a FormatProblem. */
export function readNpz(bytes: Uint8Array, key: string): ArrayData | undefined {
  const npy = unzip(bytes, (name) => name === key + EXTENSION)[key + EXTENSION];
  return npy && decodeNpy(npy);
}

function unzip(bytes: Uint8Array, wanted: (name: string) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!wanted(name)) return false;
        if (originalSize > MAX_BYTES) throw new FormatProblem(`${name} would unpack to ${originalSize} bytes`);
        return true;
      },
    });
  } catch (error) {
    // fflate throws errors of several kinds for damaged archives, RangeErrors among them.
    throw error instanceof FormatProblem ? error : new FormatProblem((error as Error).message);
  }
}
