/** A stage as files: prototype, function with its kernels' numbers, constants. */
import { bitWidth } from "../../ir/data-type.ts";
import { beatType } from "../../ir/hls/cpp-type.ts";
import type { HlsProcess, HlsStage } from "../../ir/hls/stage.ts";
import type { Fifo, LayerStage } from "../../ir/schedule.ts";
import { render } from "../template.ts";
import { parametersFile } from "./parameters.ts";

/** What a stage's function is called: a node may be called like a function of the C library. */
export const stageFunction = (name: string): string => `stage_${name}`;

export const streamType = ({ stream, lanes }: Fifo): string => `hls::stream<${beatType(stream.type, lanes)}>`;

export function stageFiles(
  stage: LayerStage,
  hls: HlsStage,
  inputs: readonly Fifo[],
  output: Fifo,
): Map<string, string | Uint8Array> {
  const { name } = stage;
  const parameters = [
    ...inputs.map((fifo, i) => `${streamType(fifo)}& in${i}`),
    `${streamType(output)}& out`,
    "const int frames",
  ].join(", ");
  const data = {
    name,
    summary: `${stage.nodes.map((node) => `${node.name} (${node.kind})`).join(", ")}; ${describe(stage, output)}`,
    signature: `void ${stageFunction(name)}(${parameters})`,
    headers: hls.headers,
    tables: hls.tables,
    shape: Object.entries(hls.shape).map(([key, value]) => ({ name: key, ...member(value) })),
    unit: hls.unit ?? [],
    unitBase: hls.unitBase ?? "",
    ...processes(name, hls, inputs, output),
  };
  const files = new Map<string, string | Uint8Array>([
    [`src/stages/${name}.hpp`, render("hls/stage.hpp.hbs", data)],
    [`src/stages/${name}.cpp`, render("hls/stage.cpp.hbs", data)],
  ]);
  if (hls.tables.length > 0) files.set(`src/stages/${name}_parameters.hpp`, parametersFile(name, hls.tables));
  return files;
}

const describe = ({ folding: { pe, simd } }: LayerStage, { stream }: Fifo): string =>
  `output ${stream.shape.join("x")} of ${bitWidth(stream.type)} bits, folding pe ${pe}, simd ${simd}`;

function member(value: number | bigint | boolean): { type: string; value: string } {
  if (typeof value === "boolean") return { type: "bool", value: String(value) };
  if (typeof value === "bigint") return { type: "uint64_t", value: `0x${value.toString(16)}ULL` };
  return { type: "int", value: String(value) };
}

/** Processes after the first read what the one before them writes. */
function processes(stage: string, hls: HlsStage, inputs: readonly Fifo[], output: Fifo) {
  const last = hls.processes.length - 1;
  const link = (i: number) => `${(hls.processes[i] as HlsProcess).name}_out`;
  const linkType = (i: number) => `hls::stream<ap_uint<${(hls.processes[i] as HlsProcess).linkBits}>>`;
  return {
    links: hls.processes.slice(0, last).map((process, i) => ({ name: link(i), bits: process.linkBits })),
    processes: hls.processes.map((process, i) => {
      const ins = i === 0 ? inputs.map((_, k) => `in${k}`) : [link(i - 1)];
      const inTypes = i === 0 ? inputs.map(streamType) : [linkType(i - 1)];
      const outType = i === last ? streamType(output) : linkType(i);
      return {
        name: `${stage}_${process.name}`,
        body: process.body,
        parameters: [...inTypes.map((type, k) => `${type}& in${k}`), `${outType}& out`, "const int frames"].join(", "),
        arguments: [...ins, i === last ? "out" : link(i), "frames"].join(", "),
        pragmas: tablePragmas(hls, process),
      };
    }),
  };
}

/**
 * Tables are read side by side as the unrolled loops need them, and stand in the memory that suits their size. UG1399 "pragma HLS
 * array_partition", "pragma HLS bind_storage".
 */
const tablePragmas = ({ tables }: HlsStage, process: HlsProcess): string[] =>
  tables
    .filter(({ name }) => process.tables.includes(name))
    .flatMap(({ name, partition, storage }) => [
      ...partition.map((dim) => `ARRAY_PARTITION variable = ${name} complete dim = ${dim}`),
      ...(storage ? [`BIND_STORAGE variable = ${name} type = rom_1p impl = ${storage}`] : []),
    ]);
