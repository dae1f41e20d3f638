import type { Command } from "commander";
import { checkWritable } from "../files.ts";
import { ending, integer, several } from "./arguments.ts";
import type { Common } from "./command.ts";
import { finish } from "./command.ts";

interface Options extends Common {
  readonly key?: string;
  readonly frames?: number;
  readonly output?: string;
  readonly tap?: readonly string[];
  readonly labels?: string;
  readonly labelsKey: string;
}

export function run(program: Command): void {
  const command = program
    .command("run")
    .description("Run a model on images by the reference executor.")
    .argument("<model>", "model.json")
    .argument("<inputs>", "images as .npy or .npz, (N, channels, height, width)")
    .option("--key <name>", "array of the .npz file (default: the first)")
    .option("--frames <n>", "number of images (default: all)", integer(1))
    .option("--tap <node>", "also take this node's values; may stand several times", several)
    .option("-o, --output <file>", "write the raw integers as .npy; those of a tap go to FILE.NODE.npy", ending(".npy"))
    .option("--labels <file>", "the images' classes as .npy or .npz, to count the right answers")
    .option("--labels-key <name>", "array of the .npz file with the labels", "labels");
  finish<[string, string], Options>(
    command,
    "bitloom run model.json images.npz --labels images.npz -o logits.npy",
    async ([model, file], options, { output, signal }) => {
      const { runModel, saveInference } = await import("../pipeline.ts");
      const { inferenceJson, inferenceText } = await import("./inference.ts");
      await checkWritable(options.output);
      const labels = options.labels === undefined ? undefined : { file: options.labels, key: options.labelsKey };
      const images = { file, key: options.key, frames: options.frames, labels };
      const watch = { signal, progress: output.progress.show };
      const inference = await runModel(model, images, options.tap, watch);
      const written = options.output === undefined ? [] : await saveInference(options.output, inference);
      output.text(inferenceText(inference, written));
      output.json(inferenceJson(inference, written));
    },
  );
}
