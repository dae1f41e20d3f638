/**
 * FracNet as hardware, by the open tools alone: the cycles that Verilator counts and the resources that Yosys counts, beside FracBNN's.
 *
 *     npm run bench:fracnet                  # 4,096 cycles a frame, 8 frames
 *     npm run bench:fracnet -- 2048 4        # other cycles, other frames; 0 frames leave the simulation out
 *
 * Needs ../shared/fracnet. The project stays in build/fracnet-CYCLES, with its report.html; what did not change is not synthesized again.
 */
import { saveModel } from "../src/model/save.ts";
import { cosim, synthesizeOpen } from "../src/pipeline.ts";
import type { BuildReport } from "../src/report/build-report.ts";
import { cosimText } from "../src/report/cosim-report.ts";
import { pathDelay, pathLevels } from "../src/report/path-delay.ts";
import { shownRows } from "../src/report/stage-usage.ts";
import { stageUsageText } from "../src/report/stage-usage-text.ts";
import { fracnetFrom, sharedFile } from "../test/tools/fracnet.ts";

/** As published (FracBNN, FPGA 2021): at 250 MHz on the same device. */
const FRACBNN = { framesPerSecond: 2807, lut: 51_444, dsp: 126 };
const CLOCK = 250e6;
const IMAGES = "golden-io.npz";

const [cycles = 4096, frames = 8] = process.argv.slice(2).map(Number);
const model = "build/fracnet.json";
const folder = `build/fracnet-${cycles}`;
await saveModel(await fracnetFrom("params.npz"), model);

const progress = (what: string, done = 0, total = 1) => process.stderr.write(`\r\x1b[K${what} ${done}/${total}`);
const report = await synthesizeOpen(model, folder, { targetCycles: cycles, rtl: true }, { progress });
process.stderr.write("\n");
console.log(`${stageUsageText(report)}\n`);
const measured = frames > 0 ? await simulate() : undefined;
console.log(comparison(report, measured));

/** Cycles between two frames. */
async function simulate(): Promise<number | undefined> {
  const images = { file: sharedFile(IMAGES), key: "image", frames };
  const { report: compared, speed } = await cosim(folder, images, { stalls: 0 }, { progress });
  process.stderr.write("\n");
  console.log(`${compared.equivalent ? "equal to" : "NOT EQUAL TO"} the reference over ${compared.frames} frames`);
  console.log(`${cosimText(speed)}\n`);
  return speed.interval ?? undefined;
}

function comparison({ cyclesPerFrame, ...rest }: BuildReport, measuredCycles: number | undefined): string {
  const whole = shownRows({ cyclesPerFrame, ...rest }).find(({ kind }) => kind === "whole");
  if (!whole) throw new Error("there is no netlist");
  const { used, netlist } = whole;
  const path = netlist.longestPath;
  const rate = CLOCK / (measuredCycles ?? cyclesPerFrame);
  const number = (value: number | null) => Math.round(value ?? 0).toLocaleString("en");
  const rows = [
    ["", "FracBNN", "Bitloom", "wanted"],
    [
      `cycles a frame, ${measuredCycles ? "cosim" : "by the schedule"}`,
      number(CLOCK / FRACBNN.framesPerSecond),
      number(measuredCycles ?? cyclesPerFrame),
      number(cycles),
    ],
    [
      "frames/s at 250 MHz",
      number(FRACBNN.framesPerSecond),
      `${number(rate)} (${(rate / FRACBNN.framesPerSecond).toFixed(1)} times)`,
      number(CLOCK / cycles),
    ],
    ["LUT", number(FRACBNN.lut), number(used.lut), "56,448"],
    ["of these LUTRAM, SRL", "", `${number((used.lutram ?? 0) - (netlist.srl ?? 0))}, ${number(netlist.srl)}`, ""],
    ["FF", "", number(used.ff), "112,896"],
    ["BRAM18, BRAM36", "", `${number(netlist.ramb18)}, ${number(netlist.ramb36)}`, "172 BRAM36"],
    ["DSP", number(FRACBNN.dsp), number(used.dsp), "0"],
    [
      "longest path",
      "",
      path ? `${pathLevels(path)}, about ${pathDelay(path).toFixed(1)} ns` : "",
      "about 3 LUT + 1 chain",
    ],
  ];
  return rows.flatMap((row, i) => [`| ${row.join(" | ")} |`, ...(i === 0 ? ["|---|---|---|---|"] : [])]).join("\n");
}
