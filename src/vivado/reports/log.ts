/** Logs of the HLS tools and of Vivado. The first banner says whose log it is: HLS logs hold Vivado's banner further down. */
import { withMessages } from "../../report/compose.ts";
import { versionOf } from "./headers.ts";
import { logSchema, messagesOf, readLog } from "./log-values.ts";
import { defineKind, type ReportKind, type Tool } from "./report-kind.ts";

const HLS_BANNER =
  /Vitis HLS - |Vivado\(TM\) HLS|\*{2,} HLS Build v|\*{2,} (?:vitis-run|v\+\+) v|\[(?:vitis-run|v\+\+) \d/;
const VIVADO_BANNER = /^[#*]+ (?:Vivado|xsim|xelab) v|^\*+ Running vivado/m;
/** Where there is no banner, as in `solution1.log` and `<top>_csim.log`, the first message says it. */
const MESSAGE = /^(?:(?:INFO|WARNING|CRITICAL WARNING|ERROR): |@[IWE] )\[(\w+)/m;
const HLS_FAMILIES = /^(?:ANALYSIS|BIND|COSIM|HLS|IMPL|RTGEN|SCHED|SIM|SYN|SYSC|VHDL|VLOG|XFORM)$/;

const VERSION =
  /(?:Vitis HLS - |Vivado\(TM\) HLS|HLS Build |Vivado |vitis-run |v\+\+ |xsim |xelab )[^\n]*?\b(v\d{4}\.[\d.]+)|^Version (\d{4}\.\d+)/m;

export const hlsLog = logKind(
  "log_hls",
  "HLS",
  /\[HLS 200-112\]|\[(?:vitis-run|v\+\+) 60-791\]|\] Exiting (?:vivado|vitis)_hls/,
);
export const vivadoLog = logKind("log_vivado", "Vivado", /\] Exiting Vivado/);

function logKind<K extends "log_hls" | "log_vivado">(kind: K, tool: Tool, lastWords: RegExp): ReportKind<K> {
  return defineKind({
    kind,
    tool,
    schema: logSchema,
    streams: true,
    wanted: [],
    recognise: (opening) => ownerOf(opening) === tool,
    read(source) {
      const values = readLog(source.lines(), lastWords);
      const [, version, ownLine] = VERSION.exec(source.opening) ?? [];
      const missing = values.ended ? [] : ["the tool's last words"];
      return { toolVersion: versionOf(version ?? ownLine), device: null, values, missing };
    },
    fold: (report, values) => withMessages(report, messagesOf(values, kind)),
  });
}

function ownerOf(opening: string): Tool | undefined {
  const [hls, vivado] = [opening.search(HLS_BANNER), opening.search(VIVADO_BANNER)];
  if (hls >= 0 && (vivado < 0 || hls < vivado)) return "HLS";
  if (vivado >= 0) return "Vivado";
  const family = MESSAGE.exec(opening)?.[1];
  return family === undefined ? undefined : HLS_FAMILIES.test(family) ? "HLS" : "Vivado";
}
