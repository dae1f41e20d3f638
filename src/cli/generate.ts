import type { Command } from "commander";
import { quoted } from "../build/tool-error.ts";
import { formatDiagnostic, invariant } from "../diagnostics.ts";
import type { Common } from "./command.ts";
import { finish } from "./command.ts";
import type { ProjectFlags } from "./project-options.ts";
import { projectOptions, withProjectOptions } from "./project-options.ts";

interface Options extends Common, ProjectFlags {
  readonly output: string;
  readonly dumpIr?: true;
  readonly countMultiplications?: true;
}

export function generate(program: Command): void {
  const command = withProjectOptions(
    program
      .command("generate")
      .description("Write the Vitis HLS project of a model.")
      .argument("<model>", "model.json")
      .requiredOption("-o, --output <folder>", "a new folder, or one that Bitloom made"),
  )
    .option("--dump-ir", "print the graph after all passes, too")
    .option(
      "--count-multiplications",
      "look for products of two run-time values in what is generated, with GCC and Yosys",
    );
  finish<[string], Options>(
    command,
    "bitloom generate models/fashion-mnist/model.json -o build",
    async ([model], options, { output, signal }) => {
      const pipeline = await import("../pipeline.ts");
      const { areaText } = await import("../report/exploration-text.ts");
      const watch = { signal, progress: output.progress.show };
      const project = await pipeline.generate(model, options.output, projectOptions(options), watch);
      const { scheduled, clockMegahertz, area, device, files, warning } = project;
      const { graph, stages, cyclesPerFrame } = scheduled;
      const framesPerSecond = (clockMegahertz * 1e6) / cyclesPerFrame;
      const ir = options.dumpIr && pipeline.dumpIr(project);
      if (ir) output.text(ir);
      output.text(
        `${options.output}: ${graph.name}, ${stages.length} stages, ${cyclesPerFrame.toLocaleString("en")} cycles per frame ` +
          `(${Math.round(framesPerSecond).toLocaleString("en")} frames/s at ${clockMegahertz} MHz), ${files.size} files`,
      );
      output.text(`  expected: ${areaText(area, device)}`);
      if (warning) output.note(formatDiagnostic(warning));
      const counted =
        options.countMultiplications && (await pipeline.countMultiplications(project, options.output, watch));
      if (counted)
        output.text(
          `  products of two run-time values: C++ ${productsText(counted.hls)}; SystemVerilog ${productsText(counted.rtl)}`,
        );
      const found = counted ? counted.hls.size + counted.rtl.size : 0;
      invariant(options.allowDsp || found === 0, "what was generated multiplies, but no DSP was allowed");
      output.text(output.paint.dim(`  next: bitloom csim ${quoted(options.output)}`));
      const { output: folder } = options;
      output.json({
        folder,
        stages: stages.length,
        cyclesPerFrame,
        clockMegahertz,
        area,
        files: [...files.keys()],
        ir,
        multiplications: counted && { hls: Object.fromEntries(counted.hls), rtl: Object.fromEntries(counted.rtl) },
      });
    },
  );
}

function productsText(counts: ReadonlyMap<string, number>): string {
  if (counts.size === 0) return "none";
  const sum = [...counts.values()].reduce((total, count) => total + count);
  return `${sum} (${[...counts].map(([where, count]) => `${where} ${count}`).join(", ")})`;
}
