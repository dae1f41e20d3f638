/** Each rule of the stand-ins for HLS bites: a script or command line that breaks it fails with the real tool's message. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { RELEASES, runTool, type Settings, standIn, workspace } from "./harness.ts";

const call = (folder: string, tool: string, words: readonly string[], settings: Settings = {}) =>
  runTool(folder, standIn(tool).executable.path, words, settings);

/** Runs csynth with one change in the script. */
async function mutated(from: string, to: string, settings: Settings = {}, tool = "vitis_hls") {
  const folder = workspace();
  const file = join(folder, "script.tcl");
  const text = readFileSync(file, "utf8");
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
  return call(folder, tool, ["-f", "script.tcl"], { BITLOOM_STEPS: "csim csynth", ...settings });
}

describe("order", () => {
  it.each([
    ["no top", "set_top toynet", "set_top has not been called"],
    ["no part", "set_part {xczu3eg-sbva484-1-i}", "set_part has not been called"],
    ["no clock", "create_clock -period 5 -name default", "create_clock has not been called"],
    ["no project", "open_project {*}$reset $project", "No project is open"],
    ["no solution", "open_solution {*}$reset solution1", "No solution is open"],
    ["no design files", 'add_files src/toynet.cpp -cflags "-std=c++14"', "there are no design files"],
    ["no testbench", 'add_files -tb tb/testbench.cpp -cflags "-std=c++14"', "SIM 211-100"],
  ])("%s", async (_, line, message) => {
    const { code, output } = await mutated(line, "");
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining(message) });
  });

  it.each([
    ["cosim", "COSIM 212-5"],
    ["export", "IMPL 213-28"],
  ])("%s before csynth", async (step, message) => {
    const { code, output } = await mutated("exit", "exit", { BITLOOM_STEPS: step });
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining(message) });
  });
});

describe("commands, options and values", () => {
  it.each([
    ["an unknown command", "{ csynth_design }", "{ synthesize_design }", {}, "invalid command name"],
    ["an unknown option", "csynth_design", "csynth_design -fast", {}, "Unknown option '-fast'"],
    ["a missing value", "-period 5 -name default", "-name default -period", {}, "requires an argument"],
    [
      "a value that is no choice",
      "-rtl verilog -trace_level none",
      "-rtl systemc",
      { BITLOOM_STEPS: "csynth cosim" },
      "Invalid value",
    ],
    ["a missing argument", "set_top toynet", "set_top", {}, "Missing required argument"],
    ["too many arguments", "set_top toynet", "set_top toynet 2", {}, "Too many arguments"],
    ["an unknown part", "xczu3eg-sbva484-1-i", "xczu3eg", {}, "HLS 200-1023"],
    ["an unreadable period", "-period 5", "-period fast", {}, "Invalid period"],
    ["a missing file", "src/toynet.cpp", "src/other.cpp", {}, "HLS 200-40"],
    ["a path with a blank that is not quoted", "src/toynet.cpp", "[pwd]/src/toynet.cpp", {}, "HLS 200-40"],
    ["a top that is in no file", "set_top toynet", "set_top othernet", {}, "HLS 214-157"],
    ["a removed option", "csynth_design", "config_array_partition -maximum_size 4; csynth_design", {}, "HLS 200-642"],
    ["a removed command", "{ csynth_design }", "{ config_sdx }", {}, "invalid command name"],
    ["csim -O in 2024.2", "csim_design", "csim_design -O", { FAKE_XILINX_VERSION: "2024.2" }, "Unknown option '-O'"],
    ["a component before 2024.2", "open_project", "open_component", {}, "invalid command name"],
  ] as const)("%s", async (_, from, to, settings, message) => {
    const { code, output } = await mutated(from, to, settings);
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining(message) });
  });

  it("a flow target in Vivado HLS", async () => {
    const settings = { FAKE_XILINX_VERSION: "2019.2" };
    const { output } = await mutated("solution1", "solution1 -flow_target vivado", settings, "vivado_hls");
    expect(output).toContain("'open_solution': Unknown option '-flow_target'");
  });

  it("a component in 2024.2 stands for project and solution", async () => {
    const folder = workspace();
    const lines = [
      "open_component -reset toynet_hls -flow_target vivado",
      "set_top toynet",
      "add_files src/toynet.cpp",
    ];
    const script = [...lines, "set_part xczu3eg-sbva484-1-i", "create_clock -period 5ns", "csynth_design", "exit"].join(
      "\n",
    );
    writeFileSync(join(folder, "script.tcl"), script);
    const words = ["--mode", "hls", "--tcl", "script.tcl"];
    expect((await call(folder, "vitis-run", words, { FAKE_XILINX_VERSION: "2024.2" })).code).toBe(0);
  });
});

describe("command lines", () => {
  it.each([
    ["vitis_hls", ["--tcl", "script.tcl"], {}, "Unknown command line"],
    ["vitis_hls", ["-f", "absent.tcl"], {}, "Cannot open script file"],
    ["vitis-run", ["--tcl", "script.tcl"], { FAKE_XILINX_VERSION: "2023.1" }, "--mode is missing"],
    ["vitis-run", ["--mode", "hls", "--tcl", "script.tcl", "--tclargs", "a"], {}, "unrecognised option '--tclargs'"],
    ["vitis-run", ["--mode", "hls", "--csim"], {}, "--config is missing"],
    ["vitis-run", ["--mode", "hls", "--config", "hls_config.cfg"], {}, "one of --csim"],
    ["vitis-run", ["--mode", "hls", "--cosim", "--config", "hls_config.cfg"], {}, "COSIM 212-5"],
    ["vitis-run", ["--mode", "hls", "--config"], {}, "the required argument for option '--config' is missing"],
    ["v++", ["--mode", "hls", "--config", "hls_config.cfg"], {}, "-c is missing"],
    ["v++", ["-c", "--config", "hls_config.cfg"], {}, "only --mode hls"],
    ["v++", ["-c", "--mode", "hls", "--config", "absent.cfg"], {}, "Cannot open config file"],
  ] as const)("%s %s", async (tool, words, settings, message) => {
    const { code, output } = await call(workspace(), tool, words, settings);
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining(message) });
  });
});

describe("faults", () => {
  it("of any kind end the tool as asked", async () => {
    const folder = workspace();
    const run = (fault: string) =>
      call(folder, "vitis_hls", ["-f", "script.tcl"], { BITLOOM_STEPS: "csim", FAKE_XILINX_FAULT: fault });
    expect(await run("csim:exit=3")).toMatchObject({ code: 3 });
    expect(await run("csim:error")).toMatchObject({
      code: 0,
      output: expect.stringContaining("ERROR: [Common 17-49]"),
    });
    expect(await run("*:diskfull")).toMatchObject({ code: 1, output: expect.stringContaining("no space left") });
    expect(await run("csim:crash")).toMatchObject({ output: expect.stringContaining("Abnormal program termination") });
    expect(await run("cosim:fail")).toMatchObject({ code: 0 });
  });
});

const EXECUTABLES: readonly [string, string, string][] = [
  ["vivado", "2019.2", "2025.2"],
  ["vivado_hls", "2019.2", "2020.1"],
  ["vitis_hls", "2020.1", "2024.2"],
  ["vitis-run", "2023.1", "2025.2"],
  ["v++", "2023.1", "2025.2"],
];

it.each(EXECUTABLES)("%s is there from %s to %s, and says its version", async (tool, from, until) => {
  for (const release of RELEASES) {
    const { code, output } = await call(
      "/",
      tool,
      [tool.includes("+") || tool.includes("-") ? "--version" : "-version"],
      {
        FAKE_XILINX_VERSION: release,
      },
    );
    const there = release >= from && release <= until;
    expect({ code, output }, release).toMatchObject(
      there ? { code: 0, output: expect.stringContaining(`v${release} `) } : { code: 127 },
    );
  }
});
