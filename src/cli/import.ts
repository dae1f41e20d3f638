import type { Command } from "commander";
import { checkWritable } from "../files.ts";
import type { Common } from "./command.ts";
import { finish } from "./command.ts";

export function importModel(program: Command): void {
  const formats = program.command("import").description("Turn a released network into a model.");
  const command = formats
    .command("fracbnn")
    .description("Read FracBNN's CIFAR-10 accelerator: conv_weights.h and weights_fracnet_64.h.")
    .argument("<folder>", "the folder with the two headers")
    .requiredOption("-o, --output <model>", "the model.json to write; its weights go beside it");
  finish<[string], Common & { output: string }>(
    command,
    "bitloom import fracbnn xcel-cifar10/source -o fracnet.json",
    async ([folder], options, { output }) => {
      const pipeline = await import("../pipeline.ts");
      const { summarize, summaryText } = await import("../ir/summary.ts");
      await checkWritable(options.output);
      const graph = await pipeline.importModel(folder, options.output);
      output.text(`${options.output}: ${summaryText(graph)}`);
      output.json({ model: options.output, ...summarize(graph) });
    },
  );
}
