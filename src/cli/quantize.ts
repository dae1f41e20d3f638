import type { Command } from "commander";
import { checkWritable } from "../files.ts";
import { integer, wordLength } from "./arguments.ts";
import type { Common } from "./command.ts";
import { finish } from "./command.ts";

interface Options extends Common {
  readonly data: string;
  readonly key?: string;
  readonly frames?: number;
  readonly bits: number;
  readonly weightBits?: number;
  readonly activationBits?: number;
  readonly parameterBits: number;
  readonly perChannel?: true;
  readonly labels?: string;
  readonly labelsKey: string;
  readonly output?: string;
}

export function quantize(program: Command): void {
  const command = program
    .command("quantize")
    .description("Choose the fixed-point types of a trained float model by its values on images (docs/quantize.md).")
    .argument("<model>", "model.json with tensors of real numbers")
    .requiredOption("--data <file>", "images as .npy or .npz, (N, channels, height, width)")
    .option("--key <name>", "array of the .npz file (default: the first)")
    .option("--frames <n>", "number of images (default: all)", integer(1))
    .option("--bits <n>", "bits of weights and of values between layers", wordLength, 8)
    .option("--weight-bits <n>", "bits of weights alone", wordLength)
    .option("--activation-bits <n>", "bits of values between layers alone", wordLength)
    .option("--parameter-bits <n>", "bits of scales, biases, slopes and thresholds", wordLength, 16)
    .option("--per-channel", "a binary point for each output's weights, not one for all of a layer")
    .option("--labels <file>", "the images' classes as .npy or .npz, to count the right answers")
    .option("--labels-key <name>", "array of the .npz file with the labels", "labels")
    .option("-o, --output <model>", "the model.json to write; its weights go beside it");
  finish<[string], Options>(
    command,
    "bitloom quantize float.json --data images.npz --bits 6 -o model.json",
    async ([model], options, { output, signal }) => {
      const pipeline = await import("../pipeline.ts");
      const { quantizationJson, quantizationText } = await import("./quantization.ts");
      await checkWritable(options.output);
      const { data: file, key, frames, weightBits: weight = options.bits, perChannel = false } = options;
      const { activationBits: activation = options.bits, parameterBits: parameter } = options;
      const widths = { weight, activation, parameter, perChannel };
      const watch = { signal, progress: output.progress.show };
      const labels = options.labels === undefined ? undefined : { file: options.labels, key: options.labelsKey };
      const images = { file, key, frames, labels };
      const quantization = await pipeline.quantize(model, images, widths, options.output, watch);
      output.text(quantizationText(quantization, options.output));
      output.json(quantizationJson(quantization, options.output));
    },
  );
}
