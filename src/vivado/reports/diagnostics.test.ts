/** What a user reads, word for word. */
import { expect, it } from "vitest";
import { formatDiagnostic } from "../../diagnostics.ts";
import {
  reportCut,
  reportEmpty,
  reportIncomplete,
  reportMalformed,
  reportTooLarge,
  reportUnknown,
  reportUnreadable,
  reportWithoutValues,
} from "./diagnostics.ts";

it.each([
  reportUnreadable("a.rpt", "there is no such file or folder"),
  reportEmpty("a.rpt"),
  reportUnknown("a.rpt"),
  reportTooLarge("a.xml", 32),
  reportMalformed("a.xml", "hls_csynth_xml", "Unclosed root tag, Line: 42"),
  reportWithoutValues("a.rpt", "vivado_power", ["totalW", "dynamicW"]),
  reportIncomplete("a.rpt", "vivado_timing", ["WNS", "clocks"]),
  reportCut("a.rpt", 32),
])("$code", (diagnostic) => {
  expect(formatDiagnostic(diagnostic)).toMatchSnapshot();
});
