import type { Command } from "commander";
import type { Common } from "./command.ts";
import { finish } from "./command.ts";
import type { ProjectFlags } from "./project-options.ts";
import { projectOptions, withProjectOptions } from "./project-options.ts";

interface Options extends Common, ProjectFlags {
  readonly output: string;
  readonly dumpIr?: true;
}

export function generate(program: Command): void {
  const command = withProjectOptions(
    program
      .command("generate")
      .description("Write the Vitis HLS project of a model.")
      .argument("<model>", "model.json")
      .requiredOption("-o, --output <folder>", "a new folder, or one that Bitloom made"),
  ).option("--dump-ir", "print the graph after all passes, too");
  finish<[string], Options>(
    command,
    "bitloom generate models/fashion-mnist/model.json -o build",
    async ([model], options, { output, signal }) => {
      const pipeline = await import("../pipeline.ts");
      const { areaText } = await import("../report/exploration-text.ts");
      const watch = { signal, progress: output.progress.show };
      const project = await pipeline.generate(model, options.output, projectOptions(options), watch);
      const { scheduled, clockMegahertz, area, files } = project;
      const { graph, stages, cyclesPerFrame } = scheduled;
      const framesPerSecond = (clockMegahertz * 1e6) / cyclesPerFrame;
      const ir = options.dumpIr && pipeline.dumpIr(project);
      if (ir) output.text(ir);
      output.text(
        `${options.output}: ${graph.name}, ${stages.length} stages, ${cyclesPerFrame.toLocaleString("en")} cycles per frame ` +
          `(${Math.round(framesPerSecond).toLocaleString("en")} frames/s at ${clockMegahertz} MHz), ${files.size} files`,
      );
      output.text(`  expected: ${areaText(area)}`);
      output.text(output.paint.dim(`  next: bitloom csim ${options.output}`));
      const { output: folder } = options;
      output.json({
        folder,
        stages: stages.length,
        cyclesPerFrame,
        clockMegahertz,
        area,
        files: [...files.keys()],
        ir,
      });
    },
  );
}
