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
}

export function csim(program: Command): void {
  const command = withProjectOptions(
    program
      .command("csim")
      .description("Compile the generated C++, run it, and compare every result with the reference.")
      .argument("<target>", "model.json, or a folder that generate made (the options for projects are then not used)")
      .option("--inputs <file>", "images as .npy or .npz, (N, channels, height, width) (default: random ones)")
      .option("--key <name>", "array of the .npz file (default: the first)")
      .option("--frames <n>", "number of images (default: all of a file, 32 random ones)", integer(1))
      .option("--seed <n>", "seed of random images", integer(0), 1)
      .option("--taps", "compare every node, not only the output")
      .option("-o, --output <file>", "write what the C++ gave: raw integers as .npy", ending(".npy")),
  );
  finish<[string], Options>(
    command,
    "bitloom csim build --inputs images.npz --taps",
    async ([target], options, { output, signal }) => {
      const pipeline = await import("../pipeline.ts");
      const { equivalenceText } = await import("../report/equivalence-text.ts");
      await checkWritable(options.output);
      const watch = { signal, progress: output.progress.show };
      const settings = { ...projectOptions(options), taps: options.taps };
      const { report, results, folder } = await pipeline.csim(target, imagesOf(options), settings, watch);
      if (options.output !== undefined) await pipeline.saveResults(options.output, results);
      output.text(equivalenceText(report, output.paint));
      output.json(report);
      if (report.equivalent) return 0;
      if (!options.taps) output.note("  hint: --taps names the first node that differs");
      if (folder !== target) output.note(`  the project is kept in ${folder}`);
      return NOT_EQUIVALENT;
    },
  );
}
