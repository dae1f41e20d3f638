/** Imports the released CIFAR-10 accelerator of FracBNN (FPGA 2021), cornell-zhang/FracBNN, xcel-cifar10/source. */
import type { Diagnostic } from "../../diagnostics.ts";
import { DiagnosticError } from "../../diagnostics.ts";
import type { Graph } from "../../ir/graph.ts";
import { typed } from "../../ir/infer.ts";
import { layers } from "../../layers/index.ts";
import { fracbnnGraph } from "./fracbnn-graph.ts";
import { Headers } from "./fracbnn-headers.ts";
import { readTensors } from "./fracbnn-parameters.ts";

/** Reads weights_fracnet_64.h, conv_weights.h and, if there is one, dimension_def.h. Rejects with one DiagnosticError. */
export async function importFracbnn(folder: string): Promise<Graph> {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
  const parameters = readTensors(await Headers.read(folder, report), report);
  if (diagnostics.length > 0) throw new DiagnosticError(diagnostics);
  return typed(fracbnnGraph(parameters), layers);
}
