/** Shows what designs a network can be. */
import { loadBoard } from "../codegen/board.ts";
import type { Design } from "../explore/search.ts";
import { front } from "../explore/search.ts";
import type { Graph } from "../ir/graph.ts";
import { layers } from "../layers/index.ts";
import { optimize } from "../passes/index.ts";
import { withReloadableWeights } from "../passes/reloadable.ts";
import type { Exploration, ExploredDesign } from "../report/exploration.ts";
import type { DesignOptions } from "./design.ts";
import { chooseDesign } from "./design.ts";

/** Throws a DiagnosticError if no design does what is asked. */
export function exploreGraph(model: Graph, options: DesignOptions): Exploration {
  const graph = options.reloadableWeights ? withReloadableWeights(model, layers) : model;
  const { design, space, board, clockMegahertz } = chooseDesign(optimize(graph), options);
  const { name, part, budget } = loadBoard(board);
  const explored = ({ cycles, slowest, area, fits }: Design): ExploredDesign => ({
    ...{ cycles, slowest, area, fits },
    framesPerSecond: (clockMegahertz * 1e6) / cycles,
  });
  return {
    version: 1,
    name: graph.name,
    board: { name, part, budget },
    clockMegahertz,
    budget: space.budget,
    front: front(space).map(explored),
    chosen: { ...explored(design), foldings: Object.fromEntries(design.foldings) },
  };
}
