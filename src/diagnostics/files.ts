/** Files that cannot be read or written. */
import { didYouMean, error } from "./diagnostic.ts";

export const unreadableFile = (path: string, why: string, file = "the file") =>
  error("unreadable-file", path, `cannot read ${file}: ${why}`, "Check the path and the permissions.");

export const unwritableFile = (path: string, why: string, what = "the file") =>
  error(
    "unwritable-file",
    path,
    `cannot write ${what}: ${why}`,
    "Check the folder, its permissions and the free space.",
  );

export const brokenFile = (path: string, file: string, why: string) =>
  error("broken-file", path, `${file} is damaged or of another format: ${why}`, "Write the file again.");

export const unknownFileType = (path: string, file: string, known: string) =>
  error(
    "unknown-file-type",
    path,
    `${file} is no ${known} file`,
    "Save the array in one of these formats, with that extension.",
  );

/** More arrays than these are not listed. */
const MOST_LISTED = 8;

export const missingArray = (
  path: string,
  file: string,
  key: string,
  nearest: string | undefined,
  keys: readonly string[],
) => {
  const listed = `${keys.slice(0, MOST_LISTED).join(", ")}${keys.length > MOST_LISTED ? ", ..." : ""}`;
  const otherwise = keys.length === 0 ? "There are none in it." : `It has: ${listed}.`;
  return error("missing-array", path, `${file} has no array "${key}"`, didYouMean(nearest, otherwise));
};

export const arrayType = (path: string, actual: string, expected: string) =>
  error(
    "array-type",
    path,
    `the array holds ${actual}, but needs ${expected}`,
    "Convert the array before it is saved.",
  );

export const arrayShape = (path: string, actual: readonly number[], expected: readonly number[]) =>
  error(
    "array-shape",
    path,
    `the array has the shape [${actual.join(", ")}], but the model says [${expected.join(", ")}]`,
    "Correct the shape in the model, or save the array again.",
  );

export const outsideFolder = (path: string, file: string) =>
  error(
    "outside-folder",
    path,
    `"${file}" is not in the model's folder`,
    "Put the file beside the model and name it by a relative path with / and without ..",
  );
