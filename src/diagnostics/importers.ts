/** C headers of a released accelerator (src/model/importers). */
import { didYouMean, error } from "./diagnostic.ts";

export const headerSyntax = (path: string, problem: string) =>
  error(
    "header-syntax",
    path,
    problem,
    "The importer reads arrays with plain initialisers of numbers, as the release has them.",
  );

export const headerArrayMissing = (path: string, name: string, nearest: string | undefined) =>
  error(
    "header-array-missing",
    path,
    `there is no array ${name}`,
    didYouMean(nearest, "Check that this is the release's file."),
  );

export const headerArrayShape = (path: string, name: string, actual: readonly number[], expected: string) =>
  error(
    "header-array-shape",
    path,
    `${name} has the shape [${actual.join(", ")}], but the network needs ${expected}`,
    "Check that the header belongs to this network.",
  );

export const headerValue = (path: string, problem: string) =>
  error("header-value", path, problem, "Export the header again.");
