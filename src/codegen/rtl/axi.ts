/**
 * The top for a block design: a core behind the ports and registers that its HLS twin has (src/codegen/hls/top.ts), so that the same block
 * designs and the same driver serve both. Pure.
 *
 *     rtl/NAME_axi.v       AXI4-Lite control; AXI4 masters on memory, or AXI4-Stream in and out
 *     rtl/modules/*.sv     what it is made of besides the core
 */
import { bitWidth, elementKind } from "../../ir/data-type.ts";
import type { Fifo, ScheduledGraph } from "../../ir/schedule.ts";
import { elements } from "../../ir/tensor.ts";
import { containerBits, frameWords } from "../port-layout.ts";
import { render } from "../template.ts";
import { fifoNamed } from "./core.ts";
import { isLoadable } from "./loading.ts";
import { moduleFiles } from "./modules.ts";

/** KIND of src/templates/rtl/containers.sv. */
const KINDS = ["UNSIGNED", "SIGNED", "BIPOLAR"];

/** Of the top, as Vivado infers them from the names of ports. */
export const axiInterfaces = (axiStream: boolean): string[] => [
  "s_axi_control",
  ...(axiStream ? ["input_words", "output_words"] : ["m_axi_input_memory", "m_axi_output_memory"]),
];

export function generateAxi(scheduled: ScheduledGraph, { axiStream }: { axiStream: boolean }): Map<string, string> {
  const { graph, inputFifo, outputFifo } = scheduled;
  const top = render("rtl/axi.v.hbs", {
    name: graph.name,
    memory: !axiStream,
    loadable: isLoadable(scheduled.graph),
    interfaces: axiInterfaces(axiStream).join(":"),
    input: portNumbers(fifoNamed(scheduled, inputFifo)),
    output: portNumbers(fifoNamed(scheduled, outputFifo)),
  });
  const modules = [...moduleFiles([top])].map(([name, text]) => [`rtl/modules/${name}.sv`, text] as const);
  return new Map([[`rtl/${graph.name}_axi.v`, top], ...modules]);
}

function portNumbers({ stream, lanes }: Fifo) {
  const container = containerBits(stream.type);
  const perWord = 64 / container;
  const [bits, words, count] = [bitWidth(stream.type), frameWords(stream), elements(stream.shape)];
  return {
    ...{ lanes, bits, container, perWord, words },
    elements: count,
    /** Of the frame's last word. */
    last: count - (words - 1) * perWord,
    kind: KINDS.indexOf(elementKind(stream.type)),
    wordBits: perWord * bits,
    beatBits: lanes * bits,
  };
}
