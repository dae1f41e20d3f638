/** Reads a log line by line, however long it is. The tools exit with 0 in many failures, so the log holds the truth (VENDOR.md §1.3, 1.4, 1.6). */
import { z } from "zod";
import type { ReportMessage } from "../../report/resource-report.ts";
import { hintOf } from "./known-messages.ts";
import { type LogLine, parseLogLine } from "./log-line.ts";

/** Different messages kept; a log can repeat one a million times, but not many kinds of them. */
const MAX_MESSAGES = 200;
const MAX_TEXT = 2000;

const countSchema = z.int().nonnegative();
const verdictSchema = z.enum(["pass", "fail"]).nullable();

export const logSchema = z.strictObject({
  errorCount: countSchema,
  /** Code of the first error that has one. */
  firstError: z.string().nullable(),
  errorCodes: z.array(z.string()),
  criticalWarningCount: countSchema,
  warningCount: countSchema,
  fatalCount: countSchema,
  csim: verdictSchema,
  cosim: verdictSchema,
  /** Simulated time of the deadlock that co-simulation found. */
  deadlockAt: z.string().nullable(),
  bitstreamWritten: z.boolean(),
  /** Greatest number of elements that any stream held in C simulation: a bound for FIFO depths. */
  maxStreamDepth: countSchema.nullable(),
  /** Whether the tool's last words are there. Without them it was killed, or the log is cut. */
  ended: z.boolean(),
  /** Errors, critical warnings and known warnings; equal ones once. */
  messages: z.array(
    z.strictObject({
      severity: z.enum(["fatal", "error", "critical warning", "warning"]),
      code: z.string().nullable(),
      text: z.string(),
      hint: z.string().nullable(),
      count: countSchema,
    }),
  ),
});
export type LogValues = z.infer<typeof logSchema>;

type Message = LogValues["messages"][number];

/** Says what a line means for the run, as a change of the values. */
const SIGNS: readonly (readonly [pattern: RegExp, effect: (found: RegExpExecArray) => Partial<LogValues>])[] = [
  [/CSim done with 0 errors|\[SIM 1\]/, () => ({ csim: "pass" })],
  [/\[SIM (?:211-)?100\]|ERROR: CSIM Failed/, () => ({ csim: "fail" })],
  [/C\/RTL co-simulation finished: PASS/, () => ({ cosim: "pass" })],
  [/C\/RTL co-simulation finished: FAIL/, () => ({ cosim: "fail" })],
  [/DEADLOCK DETECTED at (.+?)[!.]? SIMULATION/, ([, time]) => ({ cosim: "fail", deadlockAt: time ?? "" })],
  [/^write_bitstream completed successfully/, () => ({ bitstreamWritten: true })],
  [
    /maximum depth reached by any hls::stream\(\) instance in the design is (\d+)/,
    ([, n]) => ({ maxStreamDepth: Number(n) }),
  ],
];

/** The tool's last words stand this near to the end; earlier ones are those of tools that it started. */
const LAST_LINES = 10;

export function readLog(lines: Iterable<string>, lastWords: RegExp): LogValues {
  const counts = { fatal: 0, error: 0, "critical warning": 0, warning: 0, info: 0 };
  const errorCodes = new Set<string>();
  const messages = new Map<string, Message>();
  let signs: Partial<LogValues> = {};
  let sinceLastWords = LAST_LINES;
  for (const line of lines) {
    sinceLastWords = lastWords.test(line) ? 0 : sinceLastWords + 1;
    for (const [pattern, effect] of SIGNS) {
      const found = pattern.exec(line);
      if (found) signs = { ...signs, ...effect(found) };
    }
    const message = parseLogLine(line);
    if (!message) continue;
    counts[message.severity]++;
    if (message.severity === "error" && message.code !== null) errorCodes.add(message.code);
    collect(messages, message);
  }
  const [firstError = null] = errorCodes;
  return {
    errorCount: counts.error,
    firstError,
    errorCodes: [...errorCodes].sort(),
    criticalWarningCount: counts["critical warning"],
    warningCount: counts.warning,
    fatalCount: counts.fatal,
    csim: null,
    cosim: null,
    deadlockAt: null,
    bitstreamWritten: false,
    maxStreamDepth: null,
    ended: sinceLastWords < LAST_LINES,
    ...signs,
    messages: [...messages.values()],
  };
}

/** Keeps what matters: every error and critical warning, and the warnings that have a hint. */
function collect(messages: Map<string, Message>, { severity, code, text }: LogLine): void {
  const hint = hintOf(code);
  if (severity === "info" || (severity === "warning" && hint === null) || (code === null && text === "")) return;
  const short = text.slice(0, MAX_TEXT);
  const key = [severity, code, short].join("\n");
  const known = messages.get(key);
  if (known) known.count++;
  else if (messages.size < MAX_MESSAGES) messages.set(key, { severity, code, text: short, hint, count: 1 });
}

export const messagesOf = (values: LogValues, source: string): readonly ReportMessage[] =>
  values.messages.map((message) => ({ ...message, source }));
