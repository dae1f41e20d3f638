import type { Command } from "commander";
import { checkWritable } from "../files.ts";
import { ending, integer } from "./arguments.ts";
import type { Common } from "./command.ts";
import { finish } from "./command.ts";
import { NOT_EQUIVALENT } from "./failure.ts";
import type { InputFlags } from "./inputs-option.ts";
import { imagesOf } from "./inputs-option.ts";
import type { ProjectFlags } from "./project-options.ts";
import { projectOptions, withProjectOptions } from "./project-options.ts";

interface Options extends Common, ProjectFlags, InputFlags {
  readonly output?: string;
  readonly taps?: true;
  readonly stalls: number;
  readonly trace?: string;
  readonly reload?: string;
}

/** Each cycle is simulated, so fewer than csim's. */
const RANDOM_FRAMES = 4;

export function cosim(program: Command): void {
  const command = withProjectOptions(
    program
      .command("cosim")
      .description("Run the SystemVerilog in Verilator, cycle by cycle, and compare every result with the reference.")
      .argument("<target>", "model.json, or a folder that generate made (the options for projects are then not used)")
      .option("--inputs <file>", "images as .npy or .npz, (N, channels, height, width) (default: random ones)")
      .option("--key <name>", "array of the .npz file (default: the first)")
      .option("--frames <n>", `number of images (default: all of a file, ${RANDOM_FRAMES} random ones)`, integer(1))
      .option("--seed <n>", "seed of random images", integer(0), 1)
      .option("--stalls <n>", "seed of gaps in the input and of back-pressure; 0 for none", integer(0), 0)
      .option("--taps", "compare every stage, not only the output")
      .option("--trace <file>", "write the waves of all signals: .vcd or .fst", ending(".vcd", ".fst"))
      .option("--reload <model>", "then load the weights of this model of the same network, and run the images again")
      .option("-o, --output <file>", "write what the core gave: raw integers as .npy", ending(".npy")),
  );
  finish<[string], Options>(
    command,
    "bitloom cosim build --inputs images.npz --stalls 1",
    async ([target], options, { output, signal }) => {
      const pipeline = await import("../pipeline.ts");
      const { equivalenceText } = await import("../report/equivalence-text.ts");
      const { cosimText } = await import("../report/cosim-report.ts");
      await checkWritable(options.output);
      await checkWritable(options.trace);
      const watch = { signal, progress: output.progress.show };
      const {
        taps,
        stalls,
        trace,
        reload,
        frames = options.inputs === undefined ? RANDOM_FRAMES : undefined,
      } = options;
      const images = imagesOf({ ...options, ...(frames === undefined ? {} : { frames }) });
      const settings = { ...projectOptions(options), taps, stalls, trace, reload };
      const { report, speed, results, folder } = await pipeline.cosim(target, images, settings, watch);
      if (options.output !== undefined) await pipeline.saveResults(options.output, results);
      output.text(`${equivalenceText(report, output.paint)}\n${cosimText(speed)}`);
      output.json({ equivalence: report, speed });
      if (report.equivalent) return 0;
      if (!taps) output.note("  hint: --taps names the first stage that differs");
      if (folder !== target) output.note(`  the files are kept in ${folder}`);
      return NOT_EQUIVALENT;
    },
  );
}
