/** One command makes the whole output folder, of our own example and of FracNet; the next one finds nothing to do. */
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { VENDOR_STEPS } from "../src/flow/vendor-steps.ts";
import { saveModel } from "../src/model/save.ts";
import { packageFile } from "../src/package-root.ts";
import { exampleModel } from "./tools/example-model.ts";
import { hasShared } from "./tools/fracbnn-parameters.ts";
import { fracnetFrom } from "./tools/fracnet.ts";
import { keptFolder } from "./tools/temporary.ts";

const folder = keptFolder();
const env = { PATH: `${packageFile("test/fake-tools")}:${process.env["PATH"]}`, FAKE_XILINX_VERSION: "2024.1" };

const build = (model: string, output: string) =>
  execa(process.execPath, [packageFile("dist/cli/main.js"), "build", model, "-o", output], { cwd: folder, env });

const WHOLE = [
  "report.html",
  "reports/build.json",
  "driver/accelerator.bit",
  "driver/accelerator.hwh",
  "driver/golden.npz",
  "driver/bitloom_accelerator/self_test.py",
  "vivado/accelerator.xsa",
  "vivado/reports/timing.rpt",
];

async function expectWhole(model: string, output: string): Promise<void> {
  await build(model, output);
  for (const file of WHOLE) expect(existsSync(join(folder, output, file)), file).toBe(true);
  const { stderr } = await build(model, output);
  expect(stderr).toContain(", 0 of them new");
  for (const step of VENDOR_STEPS) expect(stderr).toContain(`${step}: up to date`);
}

/** When each source of the small example was last written. */
const sources = () => {
  const files = readdirSync(join(folder, "tiny/src"), { recursive: true, encoding: "utf8" });
  return new Map(
    files.filter((file) => /\.\w+$/.test(file)).map((file) => [file, statSync(join(folder, "tiny/src", file)).mtimeMs]),
  );
};

describe("bitloom build", { timeout: 600_000 }, () => {
  test("of the Fashion-MNIST example", () => expectWhole(packageFile("models/fashion-mnist/model.json"), "fashion"));

  const title = hasShared ? "of FracNet" : "of FracNet (skipped: there is no ../shared/fracnet)";
  test.skipIf(!hasShared)(title, async () => {
    await saveModel(await fracnetFrom("params.npz"), join(folder, "fracnet.json"));
    await expectWhole("fracnet.json", "fracnet");
  });

  test("writes only what one changed weight changes", async () => {
    writeFileSync(join(folder, "tiny.json"), exampleModel());
    await build("tiny.json", "tiny");
    const model = JSON.parse(exampleModel());
    const { data } = model.tensors["scores.weight"];
    [data[0], data[1]] = [data[1], data[0]];
    writeFileSync(join(folder, "tiny.json"), JSON.stringify(model));
    const before = sources();
    const { stderr } = await build("tiny.json", "tiny");
    const changed = [...sources()].filter(([file, time]) => before.get(file) !== time).map(([file]) => file);
    expect(changed).toEqual(["stages/scores_parameters.hpp"]);
    expect(stderr).not.toContain("up to date");
  });
});
