#!/usr/bin/env node
/** The command line. Each command loads what it needs only when it runs, so that `--help` is quick. */
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { packageFile } from "../package-root.ts";
import { build } from "./build.ts";
import { check } from "./check.ts";
import { cosim } from "./cosim.ts";
import { csim } from "./csim.ts";
import { doctor } from "./doctor.ts";
import { explore } from "./explore.ts";
import { generate } from "./generate.ts";
import { importModel } from "./import.ts";
import { quantize } from "./quantize.ts";
import { report } from "./report.ts";
import { run } from "./run.ts";
import { synth } from "./synth.ts";
import { watch } from "./watch.ts";

const commands = [
  check,
  explore,
  generate,
  csim,
  cosim,
  run,
  synth,
  build,
  watch,
  importModel,
  quantize,
  report,
  doctor,
];

const { version } = JSON.parse(readFileSync(packageFile("package.json"), "utf8")) as {
  version: string;
};

const program = new Command("bitloom")
  .description("Compiles quantized neural networks to multiplier-free FPGA accelerators for the Ultra96 v2.")
  .version(version)
  .showHelpAfterError("(bitloom --help, or bitloom COMMAND --help, says more)")
  .addHelpText(
    "after",
    `
Example:
  $ bitloom generate model.json -o build
  $ bitloom csim build

Exit codes: 0 good, 1 a problem with your input, 2 a tool failed or is missing, 3 not equivalent, 70 a bug of ours.`,
  );
for (const add of commands) add(program);

// Whoever reads our output may stop early, as `head` does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 70));

await program.parseAsync();
