/** The command line as a user has it: the built program in a process of its own. */
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { findTool } from "../src/build/tool.ts";
import { readArray, writeNpy } from "../src/model/read-array.ts";
import { VERILATOR } from "../src/opentools/verilator-tool.ts";
import { YOSYS } from "../src/opentools/yosys/tool.ts";
import { packageFile } from "../src/package-root.ts";
import { equivalenceReportSchema } from "../src/report/equivalence-report.ts";
import { exampleModel } from "./tools/example-model.ts";
import { keptFolder } from "./tools/temporary.ts";

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const verilator = await findTool(VERILATOR).catch(() => undefined);
const yosys = await findTool(YOSYS).catch(() => undefined);
const folder = keptFolder();
const model = join(folder, "tiny.json");
const project = join(folder, "ein Ordner");
const environment = { ...process.env, BITLOOM_CACHE: join(folder, "cache") };

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [packageFile("dist/cli/main.js"), ...args], {
    cwd: folder,
    env: { ...environment, ...env },
  });
  const result = new Promise<Result>((resolve) => {
    const text = { out: "", err: "" };
    child.stdout.on("data", (chunk) => (text.out += chunk));
    child.stderr.on("data", (chunk) => (text.err += chunk));
    child.on("close", (code) => resolve({ code, ...text }));
  });
  return { child, result };
}

const bitloom = (...args: string[]) => start(args).result;
const bitloomIn = (env: NodeJS.ProcessEnv, ...args: string[]) => start(args, env).result;

async function json(...args: string[]) {
  const { code, out } = await bitloom(...args, "--json");
  return { code, value: JSON.parse(out) };
}

beforeAll(() => writeFileSync(model, exampleModel()));

describe("help", () => {
  test.each(["check", "explore", "generate", "csim", "run", "report", "doctor", "import fracbnn", "quantize"])(
    "%s has an example",
    async (name) => {
      const { code, out } = await bitloom(...name.split(" "), "--help");
      expect(code).toBe(0);
      expect(out).toMatch(/\nExample:\n {2}\$ bitloom /);
      expect(out).not.toContain("default: []");
    },
  );

  test.each([
    ["nonsense"],
    ["check"],
    ["generate", "tiny.json"],
    ["csim", "tiny.json", "--frames", "0"],
    ["explore", "tiny.json", "--budget", "lots"],
    ["explore", "tiny.json", "--fps", "9", "--target-cycles", "9"],
    ["explore", "tiny.json", "-o", "designs.png"],
    ["run", "tiny.json", "images.npy", "-o", "logits.npz"],
  ])("a wrong call is the user's input: %j", async (...args) => {
    const { code, err } = await bitloom(...args);
    expect(code).toBe(1);
    expect(err).toMatch(/^error: /);
  });
});

describe("check", () => {
  test("says what is in a model", async () => {
    const { code, out } = await bitloom("check", model);
    expect(code).toBe(0);
    expect(out).toMatch(/^ok: tiny: 4 nodes, \d+ parameters\n {2}input {2}image \[1, 4, 4\] ap_uint<8>\n/);
  });

  test("a wrong model gives diagnostics, exit code 1 and no stack", async () => {
    const wrong = join(folder, "wrong.json");
    writeFileSync(wrong, exampleModel().replace('"relu"', '"relo"').replace("ap_uint<8>", "ap_uint<99>"));
    const { code, out, err } = await bitloom("check", wrong);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain("error[unknown-kind] nodes[2].kind");
    expect(err).not.toMatch(/\n\s+at /);
    const asJson = await json("check", wrong);
    expect(asJson.value.diagnostics.length).toBeGreaterThan(1);
    expect(asJson.value.diagnostics[0]).toHaveProperty("hint");
    const generated = await bitloom("generate", wrong, "-o", join(folder, "nothing"));
    expect(generated.code).toBe(1);
    expect(existsSync(join(folder, "nothing"))).toBe(false);
  });
});

describe("explore", () => {
  test("shows the front, and draws it", async () => {
    const picture = join(folder, "designs.svg");
    const { code, out } = await bitloom("explore", model, "--budget", "lut=2000", "-o", picture);
    expect(code).toBe(0);
    expect(out).toMatch(/^tiny on Ultra96-V2 at 250 MHz: \d+ designs that no other one beats\n/);
    expect(existsSync(picture)).toBe(true);
    const { value } = await json("explore", model, "--fps", "1000000");
    expect(value.chosen.cycles).toBeLessThanOrEqual(250);
  });

  test("generate makes what it shows", async () => {
    const options = ["--fps", "1000000", "--budget", "50%", "--clock", "200"];
    const { value } = await json("explore", model, ...options);
    const made = await json("generate", model, "-o", join(folder, "fast"), ...options);
    expect(made.value).toMatchObject({ cyclesPerFrame: value.chosen.cycles, area: value.chosen.area });
    const refused = await bitloom("generate", model, "-o", join(folder, "none"), "--fps", "1000000000");
    expect(refused).toMatchObject({ code: 1, out: "" });
    expect(refused.err).toContain("error[rate-out-of-reach] --fps");
  });
});

describe("generate and csim", () => {
  test("a project, its simulation, and the same from the model", async () => {
    const made = await json("generate", model, "-o", project, "--target-cycles", "100");
    expect(made).toMatchObject({ code: 0, value: { folder: project } });
    expect(existsSync(join(project, "src/tiny.cpp"))).toBe(true);
    const simulated = await json("csim", project, "--frames", "5", "--taps", "-o", join(folder, "c.npy"));
    expect(simulated.code).toBe(0);
    const report = equivalenceReportSchema.parse(simulated.value);
    expect(report).toMatchObject({ equivalent: true, frames: 5, inputs: { kind: "random", seed: 1 } });
    expect(report.streams.length).toBeGreaterThan(1);
    expect(await readArray(join(folder, "c.npy"))).toMatchObject({ shape: [5, 3] });
    expect((await bitloom("csim", model, "--axis", "--frames", "3")).out).toMatch(/^equivalent: /);
    const compared = (await bitloom("report", project, "--against", project)).out;
    expect(compared).toMatch(new RegExp(`^ +${project} +${project}\n +clock `));
  }, 300_000);

  test("a design that computes something else is exit code 3, and the first node is named", async () => {
    const other = join(folder, "other");
    await bitloom("generate", model, "-o", other);
    writeFileSync(join(other, "model/model.json"), exampleModel().replace("[-8, 24]", "[-8, 25]"));
    const { code, out } = await bitloom("csim", other, "--taps");
    expect(code).toBe(3);
    expect(out).toMatch(
      /^not equivalent: the first node that differs is norm\n {2}norm: .* at \[1, \d, \d\]: reference/,
    );
  }, 300_000);

  test("broken C++ is exit code 2 with the compiler's words", async () => {
    const broken = join(folder, "broken");
    await bitloom("generate", model, "-o", broken);
    writeFileSync(join(broken, "src/tiny.cpp"), "int f() { return nothing; }\n");
    const { code, value } = await json("csim", broken);
    expect(code).toBe(2);
    expect(value.tool).toMatchObject({ reason: "failed", step: "compile src/tiny.cpp" });
    expect(value.tool.lines.join()).toContain("nothing");
    expect(existsSync(value.tool.log)).toBe(true);
  }, 300_000);

  test("without a compiler it says how to get one", async () => {
    const { code, err } = await bitloomIn({ PATH: "/nowhere", CXX: "", BITLOOM_CXX: "" }, "csim", model);
    expect(code).toBe(2);
    expect(err).toContain("error[tool-missing]");
    expect(err).toContain("apt-get install g++");
  });

  test("Ctrl-C ends the tool, too", async () => {
    const compiler = join(folder, "slow-compiler");
    writeFileSync(
      compiler,
      `#!/bin/sh\n[ "$1" = --version ] && echo slow && exit\ntouch '${folder}/begun'\nsleep 60\n`,
    );
    chmodSync(compiler, 0o755);
    const unfinished = join(folder, "unfinished");
    await bitloom("generate", model, "-o", unfinished);
    const { child, result } = start(["csim", unfinished], { BITLOOM_CXX: compiler });
    for (let i = 0; i < 600 && !existsSync(join(folder, "begun")); i++) await new Promise((r) => setTimeout(r, 20));
    child.kill("SIGINT");
    expect(await result).toMatchObject({ code: 130, err: expect.stringMatching(/^cancelled: compile \S+$/m) });
  });

  test("watch ends where no change of the model would help", async () => {
    const { code, err } = await bitloom("watch", model, "-o", model);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/^error\[unwritable-file\]/) });
  });

  test("a folder with other files is left alone", async () => {
    const mine = join(folder, "mine");
    mkdirSync(mine);
    writeFileSync(join(mine, "thesis.tex"), "");
    expect((await bitloom("generate", model, "-o", mine)).err).toContain("error[foreign-folder]");
    expect(readdirSync(mine)).toEqual(["thesis.tex"]);
  });
});

describe("cosim", () => {
  const missing = verilator ? "" : " (skipped: there is no Verilator)";

  test.skipIf(!verilator)(`a project's own SystemVerilog, with its edits${missing}`, { timeout: 600_000 }, async () => {
    // Tools run in folders of their own, and paths are Bitloom's.
    await bitloom("generate", model, "-o", "core", "--rtl");
    const { code, value } = await json("cosim", "core", "--taps", "--stalls", "1", "--trace", "wave.vcd");
    expect(code).toBe(0);
    expect(equivalenceReportSchema.parse(value.equivalence)).toMatchObject({ equivalent: true, simulation: "cosim" });
    expect(value.speed).toMatchObject({ limitingStage: expect.any(String), scheduled: expect.any(Number) });
    expect(readFileSync(join(folder, "wave.vcd"), "utf8")).toContain("$var wire");
    const stage = join(folder, "core/rtl/stages/scores.sv");
    writeFileSync(stage, readFileSync(stage, "utf8").replace(/assign out_data = .*;/, "assign out_data = 1;"));
    expect((await bitloom("cosim", "core")).code).toBe(3);
  });

  test("says what is missing", async () => {
    const plain = join(folder, "plain");
    await bitloom("generate", model, "-o", plain);
    const { code, err } = await bitloom("cosim", plain);
    expect(code).toBe(1);
    expect(err).toContain("error[no-rtl-files]");
    expect((await bitloom("cosim", model, "--trace", "wave.txt")).err).toContain("must end with .vcd or .fst");
    const none = await bitloomIn({ PATH: "/nowhere", BITLOOM_VERILATOR: "/nowhere/verilator" }, "cosim", model);
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining("error[tool-missing]") });
  });
});

describe("run", () => {
  const images = join(folder, "images.npy");
  beforeAll(() =>
    writeNpy(images, { dtype: "uint8", shape: [2, 1, 4, 4], data: Uint8Array.from({ length: 32 }, (_, i) => 8 * i) }),
  );

  test("gives the same integers as csim", async () => {
    const [mine, theirs] = [join(folder, "run.npy"), join(folder, "csim.npy")];
    const result = await json("run", model, images, "-o", mine, "--tap", "norm");
    expect(result).toMatchObject({ code: 0, value: { images: 2, files: [mine, join(folder, "run.norm.npy")] } });
    expect((await bitloom("csim", model, "--inputs", images, "-o", theirs)).code).toBe(0);
    expect(await readArray(mine)).toEqual(await readArray(theirs));
    expect(await readArray(join(folder, "run.norm.npy"))).toMatchObject({ shape: [2, 2, 2, 2] });
  }, 300_000);

  test("counts the right answers", async () => {
    const { value } = await json("run", model, images);
    const labels = join(folder, "labels.npy");
    await writeNpy(labels, { dtype: "uint8", shape: [2], data: Uint8Array.of(value.classes[0], value.classes[1] + 1) });
    expect((await bitloom("run", model, images, "--labels", labels)).out).toContain("right: 1 of 2 (50.00 %)");
  });

  test.each([
    [["--tap", "nrm"], "error[unknown-tap]"],
    [["--tap", "norm.high"], "error[unknown-tap]"],
    [["--labels", "images.npy"], "error[labels-shape]"],
    [["--labels", "absent.npy"], "error[unreadable-file]"],
    [["-o", "absent/logits.npy"], "error[unwritable-file] absent/logits.npy: cannot write the file"],
  ])("%j is a diagnostic", async (options, message) => {
    const { code, err } = await bitloom("run", model, images, ...options);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });

  test("looks at labels before it runs", async () => {
    const { err } = await bitloom("run", model, images, "--labels", images);
    expect(err).toMatch(/^error\[labels-shape\]/);
  });

  test.each([
    [Int8Array.of(1, 3), "the label of image 1 is 3, but the model knows the classes 0 to 2"],
    [Int8Array.of(-1, 9), "the label of image 0 is -1, but"],
  ])("labels are classes of the model: %j", async (data, message) => {
    const labels = join(folder, "beyond.npy");
    await writeNpy(labels, { dtype: "int8", shape: [2], data });
    const { code, err } = await bitloom("run", model, images, "--labels", labels);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(message) });
  });
});

describe("synth --tool yosys", () => {
  const output = join(folder, "netlists");

  test("refuses steps, and a model without a folder", async () => {
    const steps = await bitloom("synth", model, "--tool", "yosys", "-o", output, "--until", "csynth", "--from", "csim");
    expect(steps.code).toBe(1);
    expect(steps.err).toMatch(/error\[option-not-for-tool\] --from: .*error\[option-not-for-tool\] --until: /s);
    expect((await bitloom("synth", model, "--tool", "yosys")).err).toContain("error[folder-needed]");
    expect(existsSync(output)).toBe(false);
  });

  test.skipIf(!yosys)(
    `fills the build folder${yosys ? "" : " (skipped: no Yosys)"}`,
    async () => {
      const dry = await bitloom("synth", model, "--tool", "yosys", "-o", output, "--dry-run");
      expect([dry.code, dry.out]).toEqual([0, expect.stringContaining("to do       stage_scores")]);
      expect(existsSync(output)).toBe(false);
      const { code, out, err } = await bitloom("synth", model, "--tool", "yosys", "-o", output);
      expect([code, err]).toEqual([0, "synthesis\n"]);
      const table = out.slice(0, out.indexOf("of the board"));
      expect(table).toMatch(/\n\d FIFOs /);
      expect((await bitloom("report", output)).out).toContain(table);
      expect(readFileSync(join(output, "report.html"), "utf8")).toMatch(/\d FIFOs/);
      const again = await bitloom("synth", output, "--tool", "yosys", "--dry-run");
      expect(again.out).toMatch(/^(up to date {2}.*\n)+$/);
    },
    300_000,
  );
});

test("doctor finds what is on PATH", async () => {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "verilator"), "#!/bin/sh\necho 'Verilator 5.006 2023-01-22'\n");
  chmodSync(join(bin, "verilator"), 0o755);
  const { code, out } = await bitloomIn({ PATH: bin, CXX: "", BITLOOM_CXX: "" }, "doctor", "--json");
  expect(code).toBe(0);
  const found = new Map<string, { version?: string; howToGet: string }>(
    JSON.parse(out).map((tool: { name: string }) => [tool.name, tool]),
  );
  expect(found.get("Verilator")?.version).toBe("5.006");
  expect(found.get("C++ compiler")).not.toHaveProperty("version");
  expect(found.get("C++ compiler")?.howToGet).toContain("apt-get install g++");
  expect(found.get("make")?.howToGet).toContain("apt-get install make");
});
