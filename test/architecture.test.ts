/** The import arrows of DESIGN.md §8, and how large a file may be. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { packageFile } from "../src/package-root.ts";

/** What the files of each folder may import, besides their own folder and `EVERYWHERE`. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  ir: [],
  layers: ["ir"],
  explore: ["ir"],
  passes: ["explore", "layers", "ir"],
  model: ["layers", "ir"],
  reference: ["layers", "ir"],
  quantize: ["reference", "model", "layers", "ir"],
  codegen: ["layers", "ir"],
  "diagnostics.ts": ["diagnostics"],
  "files.ts": [],
  build: [],
  report: [],
  vivado: ["build", "report"],
  opentools: ["build", "report"],
  flow: [
    "ir",
    "layers",
    "explore",
    "passes",
    "model",
    "reference",
    "quantize",
    "codegen",
    "build",
    "report",
    "vivado",
    "opentools",
  ],
  "pipeline.ts": ["flow", "ir", "layers", "passes", "model", "reference", "codegen", "build", "report"],
  cli: ["pipeline.ts", "flow", "build", "ir", "report", "vivado"],
  "index.ts": [
    "pipeline.ts",
    "flow",
    "ir",
    "layers",
    "passes",
    "model",
    "reference",
    "codegen",
    "build",
    "report",
    "vivado",
  ],
};
const EVERYWHERE = ["diagnostics.ts", "files.ts", "package-root.ts"];
const MOST_LINES = 400;

const SRC = packageFile("src");
const IMPORT = /(?:from|import)\s*\(?\s*"(\.[^"]+)"/g;

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(ts|hpp|h|py|hbs)$/.test(path))
    .map((path) => join(folder, path));

const isTest = (file: string) => file.endsWith(".test.ts");
/** The folder of `src` that a file is in, or its name if it is in none. */
const partOf = (file: string) => relative(SRC, file).split(/[\\/]/)[0] as string;
const importsOf = (file: string) =>
  [...readFileSync(file, "utf8").matchAll(IMPORT)].map(([, path]) => join(dirname(file), path as string));

const sources = filesIn(SRC).filter((file) => file.endsWith(".ts") && !isTest(file));

describe("imports go one way", () => {
  test.each(sources.map((file) => [relative(SRC, file), file]))("%s", (_, file) => {
    const part = partOf(file);
    const allowed = [part, ...(ARROWS[part] ?? []), ...EVERYWHERE];
    expect(
      importsOf(file)
        .map(partOf)
        .filter((imported) => !allowed.includes(imported)),
    ).toEqual([]);
  });

  test("a layer imports no other layer", () => {
    const folder = join(SRC, "layers");
    const kindOf = (file: string) => relative(folder, file).split(/[\\/]/)[0];
    const inLayers = sources.filter((file) => partOf(file) === "layers" && kindOf(file) !== "index.ts");
    for (const file of inLayers)
      for (const imported of importsOf(file).filter((path) => partOf(path) === "layers"))
        expect(kindOf(imported), file).toBe(kindOf(file));
  });

  test("the back ends borrow nothing from each other", () => {
    const backEnds = (file: string) => relative(SRC, file).match(/\b(hls|rtl)\b/)?.[0];
    for (const file of sources.filter(backEnds))
      for (const imported of importsOf(file).filter(backEnds)) expect(backEnds(imported), file).toBe(backEnds(file));
  });

  test("no part imports itself in a circle through others", () => {
    const reaches = (from: string, to: string): boolean =>
      (ARROWS[from] ?? []).some((next) => next === to || reaches(next, to));
    for (const part of Object.keys(ARROWS)) expect(reaches(part, part), part).toBe(false);
  });
});

test(`no file has more than ${MOST_LINES} lines`, () => {
  const folders = ["src", "test", "bench", "python", "sim"].map(packageFile);
  const large = folders
    .flatMap(filesIn)
    .map((file) => [relative(packageFile("."), file), readFileSync(file, "utf8").split("\n").length - 1] as const)
    .filter(([file, lines]) => lines > MOST_LINES && !/node_modules|fixtures|golden/.test(file));
  expect(large).toEqual([]);
});
