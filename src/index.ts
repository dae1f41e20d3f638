/** The public face of Bitloom; everything else may change without notice. */

// Builds
export type { Files, Plan, Step } from "./build/plan.ts";
export { makePlan } from "./build/plan.ts";
export type { RunEvent, RunOptions } from "./build/run.ts";
export { run } from "./build/run.ts";
export type { ToolErrorDetails } from "./build/tool-error.ts";
export { ToolError } from "./build/tool-error.ts";
// Passes, reference and code
export { generateHls } from "./codegen/hls/index.ts";
export { generateRtl } from "./codegen/rtl/index.ts";
// Diagnostics and reports
export type { Diagnostic } from "./diagnostics.ts";
export { DiagnosticError, formatDiagnostic } from "./diagnostics.ts";
export type { CsimResult } from "./flow/csim.ts";
export type { Budget, DesignOptions } from "./flow/design.ts";
// The whole flow
export type { Images } from "./flow/frames.ts";
export type { Inference, Results } from "./flow/infer.ts";
export type { Project, ProjectOptions } from "./flow/project.ts";
export { makeProject } from "./flow/project.ts";
export type { Watch } from "./flow/watch.ts";
// Graphs and their parts
export type { Cast, Overflow, Rounding } from "./ir/cast.ts";
export { castRaw, formatCast, parseCast, parseType } from "./ir/cast.ts";
export type { BipolarType, DataType, FixedType } from "./ir/data-type.ts";
export { formatType } from "./ir/data-type.ts";
export type { Attributes, Graph, Node, Stream, UntypedGraph } from "./ir/graph.ts";
export { typed } from "./ir/infer.ts";
export type { Folding, Layer, LayerRegistry } from "./ir/layer.ts";
export type { Parameter } from "./ir/parameter.ts";
export { printGraph, printSchedule } from "./ir/print.ts";
export type { ScheduledGraph, Stage } from "./ir/schedule.ts";
export type { Raws, Shape, Tensor } from "./ir/tensor.ts";
export { layers } from "./layers/index.ts";
// Files of models, images and results
export type { ArrayData } from "./model/array.ts";
export { readImages, resultArray } from "./model/images.ts";
export { importFracbnn } from "./model/importers/fracbnn.ts";
export { readArray, writeNpy } from "./model/read-array.ts";
export { saveModel } from "./model/save.ts";
export { optimize, schedule } from "./passes/index.ts";
export type { ScheduleOptions } from "./passes/schedule.ts";
export type { Csim } from "./pipeline.ts";
export { csim, dumpIr, explore, generate, importModel, loadModel, runModel } from "./pipeline.ts";
export type { BatchOptions } from "./reference/batch.ts";
export { runBatch } from "./reference/batch.ts";
export { prepare } from "./reference/executor.ts";
export { randomImages } from "./reference/random-images.ts";
export type { EquivalenceReport } from "./report/equivalence-report.ts";
export { equivalenceReportSchema } from "./report/equivalence-report.ts";
export type { Exploration } from "./report/exploration.ts";
export { explorationSchema } from "./report/exploration.ts";
export type { ResourceReport } from "./report/resource-report.ts";
export { resourceReportSchema } from "./report/resource-report.ts";
export type { ParsedReport } from "./vivado/reports/index.ts";
export { parseReport, parseReportFile } from "./vivado/reports/index.ts";
