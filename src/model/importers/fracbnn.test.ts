import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { FracbnnParameters, HeaderStyle } from "../../../test/tools/fracbnn-headers.ts";
import { writeFracbnnHeaders } from "../../../test/tools/fracbnn-headers.ts";
import { hasShared, randomParameters, sharedArrays } from "../../../test/tools/fracbnn-parameters.ts";
import { temporaryFolder } from "../../../test/tools/temporary.ts";
import { DiagnosticError } from "../../diagnostics.ts";
import type { Graph } from "../../ir/graph.ts";
import { layers } from "../../layers/index.ts";
import { prepare } from "../../reference/executor.ts";
import { loadModel } from "../load.ts";
import { saveModel } from "../save.ts";
import { importFracbnn } from "./fracbnn.ts";

const RANDOM = randomParameters(7);

async function imported(parameters: FracbnnParameters, style?: HeaderStyle): Promise<Graph> {
  const folder = temporaryFolder();
  writeFracbnnHeaders(folder, parameters, style);
  return importFracbnn(folder);
}

/** The tensors of the graph are the parameters; the classifier's with one fraction bit less, rounded. */
function expectTensors(graph: Graph, parameters: FracbnnParameters): void {
  for (const [name, { data }] of graph.parameters) {
    const values = Array.from(
      parameters.get(name) ?? [{ msb_scale: 171, lsb_scale: 85, quant_scale: 384 }[name.slice(6)] as number],
    );
    const wanted = name.startsWith("linear") ? values.map((raw) => Math.floor((raw + 1) / 2)) : values;
    expect([name, Array.from(data, Number)]).toEqual([name, wanted]);
  }
}

describe("importFracbnn", () => {
  it("imports every tensor", async () => {
    const graph = await imported(RANDOM);
    expect(graph.nodes).toHaveLength(154);
    expect(graph.parameters.size).toBe(RANDOM.size + 3);
    expectTensors(graph, RANDOM);
  });

  it.each<HeaderStyle>([
    { macros: true },
    { noise: true },
    { decimal: true },
    { macros: true, noise: true, number: (_table, _i, raw) => `${(raw / 256).toExponential()}f` },
    { number: (_table, _i, raw) => `${raw}.0/256` },
  ])("reads headers in the style %j", async (style) => {
    expect(await imported(RANDOM, style)).toEqual(await imported(RANDOM));
  });

  it("rounds to nearest, ties up, and saturates, exactly", async () => {
    const texts = [
      "0.001953125",
      "-0.001953125",
      "0.0019531249999999998",
      "-0.0019531250000000005",
      "9",
      "-9.5e0",
      "2147483648",
      "0",
    ];
    const number = (table: string, i: number, raw: number) =>
      (table === "bn1_bias_fix" && texts[i]) || String(raw / 256);
    const bias = (await imported(RANDOM, { number })).parameters.get("bn1.bias")?.data.slice(0, 8);
    expect(bias).toEqual(Int16Array.of(1, 0, 0, -1, 2047, -2048, 2047, 0));
  });

  it("takes constants that a header states", async () => {
    const folder = temporaryFolder();
    writeFracbnnHeaders(folder, RANDOM);
    const file = join(folder, "conv_weights.h");
    writeFileSync(file, `${readFileSync(file, "utf8")}\nconst FIX_WT msb_scale = 3.0/4;\n#define UNUSED 3\n`);
    expect((await importFracbnn(folder)).parameters.get("const.msb_scale")?.data).toEqual(Int16Array.of(192));
  });

  it("gives a graph that is saved and loaded as it is", async () => {
    const [graph, file] = [await imported(RANDOM), join(temporaryFolder(), "model.json")];
    await saveModel(graph, file);
    expect(await loadModel(file)).toEqual(graph);
  });
});

describe.runIf(hasShared)("the released parameters", () => {
  const released = () => sharedArrays("params.npz");

  it("are imported from their raw integers", async () => {
    const parameters = released();
    expectTensors(await imported(parameters), parameters);
  });

  it("are imported from their float originals", async () => {
    const parameters = released();
    const number = (table: string, i: number, raw: number) => {
      const original = parameters.get(`float.${table.replace(/_fix$/, "")}`);
      return String(original?.[i] ?? raw / 256);
    };
    expectTensors(await imported(parameters, { number }), parameters);
  });

  it.each([
    ["params.npz", "", "golden-io.npz"],
    ["mutant-a.npz", "param:", "mutant-a.npz"],
    ["mutant-b.npz", "param:", "mutant-b.npz"],
  ])("give the golden logits: %s", async (file, prefix, goldens) => {
    const run = prepare(await imported(sharedArrays(file, prefix)), layers);
    const golden = sharedArrays(goldens);
    const images = Array.from(golden.get("image") ?? (golden.get("images") as ArrayLike<number>));
    const logits = Array.from(golden.get("logits_raw") as ArrayLike<number>);
    for (let i = 0; i < 3; i++) {
      const data = Float64Array.from(images.slice(i * 3072, (i + 1) * 3072));
      const type = { kind: "fixed", signed: false, width: 8, fraction: 0 } as const;
      const output = run({ type, shape: [3, 32, 32], data });
      expect(Array.from(output.data, Number)).toEqual(logits.slice(i * 10, (i + 1) * 10));
    }
  });
});

describe("headers that are wrong", () => {
  /** `code path` of each problem after a change of one header's text. */
  async function problems(file: string, change: (text: string) => string | undefined): Promise<string[]> {
    const folder = temporaryFolder();
    writeFracbnnHeaders(folder, RANDOM);
    const text = change(readFileSync(join(folder, file), "utf8"));
    if (text === undefined) rmSync(join(folder, file));
    else writeFileSync(join(folder, file), text);
    const error = await importFracbnn(folder).catch((thrown: unknown) => thrown);
    if (!(error instanceof DiagnosticError)) throw error;
    return error.diagnostics.map(({ code, path }) => `${code} ${path.replace(`${folder}/`, "")}`);
  }
  const [fixed, packed] = ["weights_fracnet_64.h", "conv_weights.h"];

  it("are told with file and line", async () => {
    expect(await problems(fixed, () => undefined)).toEqual(["unreadable-file weights_fracnet_64.h"]);
    expect(await problems(fixed, (text) => text.replace("bn1_bias_fix", "bn1_bais_fix"))).toHaveLength(1);
    expect(await problems(fixed, (text) => text.replace("bn1_bias_fix[4][16]", "bn1_bias_fix[4]"))).toEqual([
      "header-syntax weights_fracnet_64.h:2",
    ]);
    expect(
      await problems(fixed, (text) => text.replace("linear_weight_fix[10][64]", "linear_weight_fix[10][65]")),
    ).toContain("header-array-shape weights_fracnet_64.h:147");
    expect(await problems(fixed, (text) => text.slice(0, -100))).toContain("header-syntax weights_fracnet_64.h:148");
    expect(await problems(packed, (text) => `/* ${text}`)).toEqual(["header-syntax conv_weights.h:1"]);
    expect(await problems(packed, (text) => text.replace("0x", "oops"))).toEqual(["header-syntax conv_weights.h:1"]);
    expect(await problems(packed, (text) => text.replace("[45]", "[46]"))).toEqual([
      "header-array-shape conv_weights.h:1",
    ]);
    expect(await problems(packed, (text) => text.replace("00000000,", "00000001,"))).toEqual([
      "header-value conv_weights.h:1",
    ]);
    expect(await problems(packed, (text) => text.replace("0x", "0xf"))).toEqual(["header-value conv_weights.h:1"]);
    expect(await problems(packed, (text) => text.replace("0x", "1.5 + 0x"))).toEqual(["header-value conv_weights.h:1"]);
  });

  it("are told all at once", async () => {
    expect(await problems(fixed, () => "")).toHaveLength(2 + 18 * 8 + 2);
  });
});
