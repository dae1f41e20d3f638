/** The small parts that the parsers are made of. */
import { describe, expect, it } from "vitest";
import { versionOf, vivadoHeader } from "./headers.ts";
import { hintOf } from "./known-messages.ts";
import { parseLogLine } from "./log-line.ts";
import { leadingNumber, numberOr, toNumber } from "./number.ts";
import { sourceOfText, wholeLines } from "./source.ts";
import { columnsOf, isWhole, rowsOf, tablesOf } from "./table.ts";

describe("numbers", () => {
  it.each([
    ["1.208e+04", 12080],
    [" -3.463 ", -3.463],
    ["5587982288", 5587982288],
    ["77.5", 77.5],
    ["1,933", undefined],
    ["<0.01", undefined],
    ["~0", undefined],
    ["0x10", undefined],
    ["", undefined],
    ["-", undefined],
  ])("%j is %j", (text, value) => expect(toNumber(text)).toBe(value));

  it.each([
    ["52110 (22%)", 52110],
    ["123(4.56%)", 123],
    ["4.00 ns", 4],
    ["14.366 (Junction temp exceeded!)", 14.366],
    ["12 apples", undefined],
    ["1.2.3", undefined],
  ])("%j starts with %j", (text, value) => expect(leadingNumber(text)).toBe(value));

  it("keeps the words of the tool, and no others", () => {
    expect([numberOr(["NA"], " NA "), numberOr(["NA"], "7"), numberOr(["NA"], "soon")]).toEqual(["NA", 7, null]);
  });
});

describe("tables", () => {
  const lines = [
    "+---+----+",
    "| A | B  |",
    "|   | ns |",
    "+---+----+",
    "| 1 | 2  |",
    "| 3 |",
    "+---+----+",
    "text",
    "+---+",
    "| x |",
  ];

  it("joins header lines, drops rows of another width, and sees a cut table", () => {
    const [first, second] = [...tablesOf(lines)];
    expect(first && columnsOf(first)).toEqual(["A", "B ns"]);
    expect(first && rowsOf(first)).toEqual([[" 1 ", " 2  "]]);
    expect([first && isWhole(first), second && isWhole(second)]).toEqual([true, false]);
  });

  it("tells an empty table from one that was cut behind its header", () => {
    const whole = (text: readonly string[]) => [...tablesOf(text)].map(isWhole);
    expect(whole(["+--+", "| A |", "+--+", "+--+"])).toEqual([true]);
    expect(whole(["+--+", "| A |", "+--+"])).toEqual([false]);
  });
});

describe("lines", () => {
  it("are whole only with a line feed, and lose every carriage return", () => {
    expect(wholeLines("a\r\r\nb\r\n12")).toEqual(["a", "b"]);
    expect([...sourceOfText("a\r\n\r\nb").lines()]).toEqual(["a", "", "b"]);
  });
});

describe("headers", () => {
  it.each([
    ["Vivado v.2023.2.2 (lin64) Build 4126759", "2023.2.2"],
    ["2018.3_AR71948", "2018.3"],
    ["2019.2 (Build 2704478 on Wed Nov 06 2019)", "2019.2"],
    ["no version", null],
  ])("%j is of %j", (text, version) => expect(versionOf(text)).toBe(version));

  it("leaves out what a release does not say", () => {
    expect(vivadoHeader(["| Design       : top", "| Device       : 7a200t-ffv1156"])).toEqual({
      toolVersion: null,
      device: "7a200t-ffv1156",
      design: "top",
      designState: null,
    });
  });
});

describe("log lines", () => {
  it.each([
    ["ERROR: [Common 17-69] Command failed", "error", "Common 17-69"],
    ["CRITICAL WARNING: [Vivado_Tcl 4-78] x", "critical warning", "Vivado_Tcl 4-78"],
    ["WARNING: [DRC NSTD-1] x", "warning", "DRC NSTD-1"],
    ["INFO: [v++ 60-1548] x", "info", "v++ 60-1548"],
    ["ERROR: [COSIM-4] x", "error", "COSIM-4"],
    ["@E [HLS-70] x", "error", "HLS-70"],
    ["ERROR: CSIM Failed", "error", null],
    ["ERROR: [/home/user/main.cpp:12] x", "error", null],
    ["FATAL_ERROR: Vivado Simulator kernel", "fatal", null],
  ])("%j", (line, severity, code) => expect(parseLogLine(line)).toMatchObject({ severity, code }));

  it.each(["  continued", "Running test...ERROR: signal", "INFO [HLS SIM]: depth", ""])("%j is no message", (line) => {
    expect(parseLogLine(line)).toBeUndefined();
  });

  it("explains a message by its code or its family", () => {
    expect(hintOf("HLS 207-3801")).toBe("The C++ code does not compile.");
    expect([hintOf("Synth 8-7080"), hintOf("constructor"), hintOf(null)]).toEqual([null, null, null]);
  });
});
