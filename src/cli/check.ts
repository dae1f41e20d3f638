import type { Command } from "commander";
import type { Common } from "./command.ts";
import { finish } from "./command.ts";

export function check(program: Command): void {
  const command = program
    .command("check")
    .description("Check a model and show what is in it.")
    .argument("<model>", "model.json");
  finish<[string], Common>(command, "bitloom check models/fashion-mnist/model.json", async ([model], _, { output }) => {
    const { loadModel } = await import("../pipeline.ts");
    const { summarize, summaryText } = await import("../ir/summary.ts");
    const graph = await loadModel(model);
    output.text(`${output.paint.good("ok")}: ${summaryText(graph)}`);
    output.json(summarize(graph));
  });
}
