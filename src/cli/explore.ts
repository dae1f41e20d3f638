import type { Command } from "commander";
import { ending } from "./arguments.ts";
import type { Common } from "./command.ts";
import { finish } from "./command.ts";
import type { DesignFlags } from "./project-options.ts";
import { designOptions, withDesignOptions } from "./project-options.ts";

interface Options extends Common, DesignFlags {
  readonly output?: string;
}

export function explore(program: Command): void {
  const command = withDesignOptions(
    program
      .command("explore")
      .description("Show what designs a model can be: frames per second against resources.")
      .argument("<model>", "model.json")
      .option("-o, --output <file>", "write the picture: an .svg file", ending(".svg")),
  );
  finish<[string], Options>(
    command,
    "bitloom explore models/fashion-mnist/model.json --budget 80% -o designs.svg",
    async ([model], options, { output }) => {
      const pipeline = await import("../pipeline.ts");
      const { explorationText } = await import("../report/exploration-text.ts");
      const exploration = await pipeline.explore(model, designOptions(options), options.output);
      output.text(explorationText(exploration, output.paint));
      if (options.output !== undefined) output.text(`  wrote ${options.output}`);
      output.json(exploration);
    },
  );
}
