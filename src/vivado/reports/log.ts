/** Logs of the HLS tools and of Vivado. The first banner says whose log it is: HLS logs hold Vivado's banner further down. */
import { withMessages } from "../../report/compose.ts";
import { versionOf } from "./headers.ts";
import { logSchema, messagesOf, readLog } from "./log-values.ts";
import { defineKind, type ReportKind, type Tool } from "./report-kind.ts";
import type { Source } from "./source.ts";

const HLS_BANNER =
  /\*{2,} Vitis HLS - |\*{2,} Vivado\(TM\) HLS - |\*{2,} HLS Build v|\[vitis-run \d|\[v\+\+ \d|\bv\+\+ v?\d{4}\.\d/;
const VIVADO_BANNER = /^[#*]+ Vivado v|^\*+ Running vivado/m;
const HLS_MESSAGE =
  /^(?:INFO|WARNING|CRITICAL WARNING|ERROR|@[IWE]):? \[(?:HLS|COSIM|SIM|XFORM|SCHED|BIND|RTGEN|SYN|IMPL|SYSC|ANALYSIS|VHDL|VLOG)[ -]\d/m;
const MESSAGE = /^(?:(?:INFO|WARNING|CRITICAL WARNING|ERROR): \[|@[IWE] \[|ERROR: )/m;

function ownerOf(opening: string): "log_hls" | "log_vivado" | undefined {
  const [hls, vivado] = [opening.search(HLS_BANNER), opening.search(VIVADO_BANNER)];
  if (hls >= 0 && (vivado < 0 || hls < vivado)) return "log_hls";
  if (vivado >= 0) return "log_vivado";
  if (!MESSAGE.test(opening)) return undefined;
  return HLS_MESSAGE.test(opening) ? "log_hls" : "log_vivado";
}

const VERSION = /(?:Vitis HLS - |Vivado\(TM\) HLS - |HLS Build |Vivado )[^\n]*?\b(v\d{4}\.\d+(?:\.\d+)?)/;

const logKind = <K extends "log_hls" | "log_vivado">(kind: K, tool: Tool, lastWords: RegExp): ReportKind<K> =>
  defineKind({
    kind,
    tool,
    schema: logSchema,
    streams: true,
    wanted: [],
    recognise: (opening) => ownerOf(opening) === kind,
    read(source: Source) {
      const values = readLog(source.lines(), lastWords);
      const missing = values.ended ? [] : ["the tool's last words"];
      return { toolVersion: versionOf(VERSION.exec(source.opening)?.[1]), device: null, values, missing };
    },
    fold: (report, values) => withMessages(report, messagesOf(values, kind)),
  });

export const hlsLog = logKind(
  "log_hls",
  "HLS",
  /\[HLS 200-112\]|\[(?:vitis-run|v\+\+) 60-791\]|\] Exiting (?:vivado|vitis)_hls/,
);
export const vivadoLog = logKind("log_vivado", "Vivado", /\] Exiting Vivado/);
