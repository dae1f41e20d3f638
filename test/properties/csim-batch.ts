/** Many random networks as one C++ program: compiling them one by one would take most of a day. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { runCommand } from "../../src/build/command.ts";
import type { Executable } from "../../src/build/plan.ts";
import { generateHls } from "../../src/codegen/hls/index.ts";
import { decodePort, encodePort, frameWords } from "../../src/codegen/port-layout.ts";
import type { Graph, Node } from "../../src/ir/graph.ts";
import { streamOf } from "../../src/ir/graph.ts";
import { typed } from "../../src/ir/infer.ts";
import type { Raws } from "../../src/ir/tensor.ts";
import { layers } from "../../src/layers/index.ts";
import { headerFolders } from "../../src/opentools/headers.ts";
import { optimize, schedule } from "../../src/passes/index.ts";
import { compareStream } from "../../src/reference/compare.ts";
import { imageRunner } from "../../src/reference/image.ts";
import { foldingsFrom, imagesFrom, randomGraph } from "./random-graph.ts";

const FRAMES = 2;

export interface RandomModel {
  readonly seed: number;
  /** As the user would give it. */
  readonly graph: Graph;
  readonly optimized: Graph;
  readonly axiStream: boolean;
  readonly images: readonly Raws[];
  readonly expected: readonly Raws[];
  readonly files: ReadonlyMap<string, string | Uint8Array>;
}

/** Everything about it follows from the seed. */
export function randomModel(seed: number): RandomModel {
  const [sample] = fc.sample(randomGraph(), { seed, numRuns: 1 });
  const graph = named(sample as Graph, `g${seed}`);
  const optimized = optimize(graph);
  const scheduled = schedule(optimized, { foldings: foldingsFrom(optimized, seed) });
  const axiStream = seed % 4 === 0;
  const options = { axiStream, allowDsp: seed % 3 === 0, clockMegahertz: 250, part: "none", cosimFrames: FRAMES };
  const images = imagesFrom(graph, seed, FRAMES).map(({ data }) => data);
  const run = imageRunner(graph, layers, []);
  return {
    ...{ seed, graph, optimized, axiStream, images },
    expected: images.map((image) => run(image).output),
    files: generateHls(scheduled, layers, options),
  };
}

/** With names that no other network of the program has. */
function named(graph: Graph, name: string): Graph {
  const rename = (node: string) => (node === graph.input.name ? node : `${name}_${node}`);
  const nodes = graph.nodes.map(
    (node): Node => ({ ...node, name: rename(node.name), inputs: node.inputs.map(rename) }),
  );
  const { input, parameters } = graph;
  return typed({ name, input, nodes, output: rename(graph.output), parameters }, layers);
}

/** What is wrong with a model, or undefined. */
export type Verdict = readonly [model: RandomModel, problem: string | undefined];

/** Compiles all models to one program in `folder`, runs it, and compares. */
export async function simulateBatch(
  models: readonly RandomModel[],
  folder: string,
  compiler: Executable,
): Promise<Verdict[]> {
  for (const model of models) writeModel(model, folder);
  writeFileSync(join(folder, "all.cpp"), programOf(models));
  const words = ["-std=c++14", "-O1", "-Wno-unknown-pragmas", ...headerFolders().flatMap((path) => ["-I", path])];
  const call = (step: string, path: string, words: readonly string[]) =>
    runCommand({
      step,
      path,
      arguments: words,
      folder,
      log: join(folder, `${step}.log`),
      timeoutSeconds: 900,
      hint: "",
    });
  await call("compile", compiler.path, [...words, "all.cpp", "-o", "program"]);
  const program = join(folder, "program");
  const crashed = await call(
    "all",
    program,
    models.map(({ graph }) => graph.name),
  ).then(
    () => false,
    () => true,
  );
  const verdicts: Verdict[] = [];
  for (const model of models) {
    const { name } = model.graph;
    // A crash says nothing about the other models.
    const problem = crashed ? await call(name, program, [name]).catch((error: Error) => error.message) : undefined;
    verdicts.push([model, problem ?? difference(model, folder)]);
  }
  return verdicts;
}

function writeModel({ graph, files, images }: RandomModel, folder: string): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  writeFileSync(join(folder, `${graph.name}.in`), encodePort(images, graph.input));
}

function difference({ graph, optimized, expected }: RandomModel, folder: string): string | undefined {
  const stream = streamOf(optimized, optimized.output);
  const actual = decodePort(readFileSync(join(folder, `${graph.name}.out`)), stream);
  const { differing, first } = compareStream(graph.output, stream, expected, actual);
  if (!first) return undefined;
  return `${differing} values differ; frame ${first.frame} at [${first.index}]: ${first.expected} became ${first.actual}`;
}

function programOf(models: readonly RandomModel[]): string {
  const sources = models.flatMap(({ files }) => [...files.keys()].filter((path) => /^src\/.*\.cpp$/.test(path)));
  const width = Math.max(
    ...models.map(({ files }) => Number(/AP_INT_MAX_W (\d+)/.exec(String(files.get("src/ap_width.hpp")))?.[1] ?? 1024)),
  );
  return `#define AP_INT_MAX_W ${width}
${sources.map((path) => `#include "${path}"`).join("\n")}
${RUNNER}
int main(int count, char** names) {
  for (int i = 1; i < count; i++) {
    const std::string name = names[i];
${models.map(callOf).join("\n")}
  }
}
`;
}

function callOf({ graph, optimized }: RandomModel): string {
  const words = [frameWords(graph.input), frameWords(streamOf(optimized, optimized.output))];
  return `    if (name == "${graph.name}") run(name, ${graph.name}, ${words.join(", ")});`;
}

const RUNNER = `
#include <fstream>
#include <string>
#include <vector>

typedef std::vector<bitloom::word> words;

words load(const std::string& name, const int size) {
  std::ifstream file(name + ".in", std::ios::binary);
  words result(size);
  for (auto& word : result) {
    unsigned long long bits = 0;
    file.read(reinterpret_cast<char*>(&bits), 8);
    word = bits;
  }
  return result;
}

void save(const std::string& name, const words& values) {
  std::ofstream file(name + ".out", std::ios::binary);
  for (const auto& word : values) {
    const unsigned long long bits = word.to_uint64();
    file.write(reinterpret_cast<const char*>(&bits), 8);
  }
}

void run(const std::string& name, void (*top)(const bitloom::word*, bitloom::word*, int), int in_words, int out_words) {
  const words input = load(name, in_words * ${FRAMES});
  words output(out_words * ${FRAMES});
  top(input.data(), output.data(), ${FRAMES});
  save(name, output);
}

typedef hls::stream<bitloom::axi_word> axi_stream;

void run(const std::string& name, void (*top)(axi_stream&, axi_stream&, int), int in_words, int out_words) {
  axi_stream input, output;
  for (const auto& word : load(name, in_words * ${FRAMES})) {
    bitloom::axi_word beat;
    beat.data = word;
    input.write(beat);
  }
  top(input, output, ${FRAMES});
  words values(out_words * ${FRAMES});
  for (auto& word : values) word = output.read().data;
  save(name, values);
}
`;
