/** Each rule of the stand-in for Vivado bites: a script that breaks it fails with the real tool's message. */
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { PORTS } from "../../src/vivado/block-design.ts";
import { hlsSteps } from "../../src/vivado/hls-steps.ts";
import { vivadoSteps } from "../../src/vivado/vivado-steps.ts";
import { build, type Settings, standIn, workspace } from "./harness.ts";

const hls = hlsSteps(
  { top: "toynet", inputs: [], timeoutSeconds: { csim: 9, csynth: 9, cosim: 9, export: 9 } },
  { flow: "tcl", tool: standIn("vitis_hls"), front: "vitis_hls" },
  ["csynth", "export"],
);

type Variant = "memory" | "stream";

const stepsFor = (variant: Variant, board = "ultra96v2", release?: string) =>
  vivadoSteps(
    {
      ...{ board, top: "toynet", variant, ports: PORTS[variant] },
      ...{ clockMegahertz: 200, ipFolder: hls.ipFolder, jobs: 2 },
    },
    standIn("vivado", release),
    { "block-design": 60, synthesis: 60, implementation: 60 },
  );

/** Folders with an exported IP, made once. */
const exports = new Map<Variant, Promise<string>>();
function exported(variant: Variant): Promise<string> {
  const made = exports.get(variant) ?? exportNow(variant);
  exports.set(variant, made);
  return made;
}

async function exportNow(variant: Variant): Promise<string> {
  const folder = workspace(variant);
  expect(await build(folder, hls)).toBeUndefined();
  return folder;
}

/** Builds with one change in one of the scripts, in a folder with an exported IP. */
async function mutated(
  variant: Variant,
  file: string,
  from: string,
  to: string,
  settings: Settings = {},
  board = "ultra96v2",
) {
  const folder = workspace(variant);
  cpSync(join(await exported(variant), "toynet_hls"), join(folder, "toynet_hls"), { recursive: true });
  const steps = stepsFor(variant, board, settings["FAKE_XILINX_VERSION"]);
  const path = `vivado/${file}`;
  const text = steps.files.get(path) as string;
  expect(text).toContain(from);
  return build(folder, { ...steps, files: new Map([...steps.files, [path, text.replace(from, to)]]) }, settings);
}

const ZYNQ = "zynq_ultrascale.tcl";
const BUILD = "build.tcl";

describe("commands and options", () => {
  it.each([
    ["an unknown command", BUILD, "save_bd_design", "make_coffee", 'invalid command name "make_coffee"'],
    ["an unknown option", BUILD, "create_project -force", "create_project -brute", "Common 17-170"],
    ["a missing value", ZYNQ, "-vlnv $ip nn", "nn -vlnv", "Common 17-163"],
    ["too many words", ZYNQ, "-vlnv $ip nn", "-vlnv $ip nn nn", "Common 17-165"],
    ["too few words", ZYNQ, "-vlnv $ip nn", "-vlnv $ip", "Common 17-157"],
    ["a value that is no choice", ZYNQ, "-type ip -vlnv $ip", "-type chip -vlnv $ip", "Common 17-161"],
    ["an unknown part", "settings.tcl", "xczu3eg-sbva484-1-i", "xczu3eg-1", "Coretcl 2-106"],
    ["a property that is not there", BUILD, "get_property STATUS", "get_property STATE", "Common 17-57"],
    ["a string instead of an object", ZYNQ, "[get_bd_cells ps]", "ps", "is no object"],
    ["an empty list of objects", BUILD, "[get_files $design.bd]", "[get_files x.bd]", "Common 17-55"],
  ])("%s", async (_, file, from, to, message) => {
    const settings = { FAKE_XILINX_BOARDS: "" };
    expect((await mutated("memory", file, from, to, settings))?.output).toContain(message);
  });

  it("-offset before 2020.1", async () => {
    const settings = { FAKE_XILINX_VERSION: "2019.2" };
    const failed = await mutated("memory", "settings.tcl", "release {2019.2}", "release {2023.2}", settings);
    expect(failed?.output).toContain("Unknown option '-offset'");
  });
});

describe("cells", () => {
  it.each([
    [
      "a parameter that does not exist",
      ZYNQ,
      "M_AXI_GP0 1",
      "M_AXI_HPM0 1",
      "has no parameter CONFIG.PSU__USE__M_AXI_HPM0",
    ],
    ["a value out of range", ZYNQ, "SAXIGP2__DATA_WIDTH 64", "SAXIGP2__DATA_WIDTH 48", "IP_Flow 19-3461"],
    ["an IP that does not exist", ZYNQ, "newest_ip proc_sys_reset", "newest_ip reset", "has no IP reset"],
    ["an IP that is not in the repository", "settings.tcl", "hls:toynet", "hls:othernet", "BD 5-216"],
    ["a version that is not there", "settings.tcl", "toynet:1.0", "toynet:1.1", "BD 5-216"],
    ["a pin that does not exist", ZYNQ, "nn/ap_clk", "nn/clk", "BD 5-4"],
    ["an interface that does not exist", ZYNQ, "nn/s_axi_control", "nn/s_axi_ctrl", "BD 5-106"],
    ["a second cell of one name", ZYNQ, "] reset", "] ps", "BD 41-1111"],
  ])("%s", async (_, file, from, to, message) => {
    expect((await mutated("memory", file, from, to))?.output).toContain(message);
  });

  it("a parameter that is derived from others", async () => {
    const [from, to] = ["c_m_axi_s2mm_data_width 64", "c_s_axis_s2mm_tdata_width 64"];
    expect((await mutated("stream", ZYNQ, from, to))?.output).toContain("BD 41-737");
  });
});

describe("wires", () => {
  it.each([
    ["an open clock pin", "ps/saxihp0_fpd_aclk ps/saxihp1_fpd_aclk", "ps/saxihp0_fpd_aclk", "/ps/saxihp1_fpd_aclk"],
    ["a port that the preset turned on", "CONFIG.PSU__USE__M_AXI_GP1 0", "", "/ps/maxihpm1_fpd_aclk"],
    ["a clock that is off", "PSU__FPGA_PL0_ENABLE 1", "PSU__FPGA_PL0_ENABLE 0", "BD 5-4"],
    ["an open reset pin", "reset_pins nn/ap_rst_n", "", "BD 41-759"],
    ["a reset without a source", "[get_bd_pins ps/pl_resetn0]", "[get_bd_pins reset/aux_reset_in]", "BD 41-759"],
    ["an open interface", "connect $name/M00_AXI ps/$port", "", "BD 41-2670"],
    ["a switch with a port too many", "CONFIG.NUM_SI 1 ", "CONFIG.NUM_SI 2 ", "/control/S01_AXI"],
    ["two masters", "connect $name/M00_AXI ps/$port", "connect $name/M00_AXI $master", "BD 41-1753"],
    ["two slaves", "connect $name/M00_AXI ps/$port", "connect nn/s_axi_control ps/$port", "BD 41-1753"],
    ["two clocks", "nn/ap_clk", "reset/peripheral_aresetn", "BD 41-1753"],
  ])("%s", async (_, from, to, message) => {
    expect((await mutated("memory", ZYNQ, from, to))?.output).toContain(message);
  });

  it("a stream at a memory port", async () => {
    const failed = await mutated("stream", ZYNQ, "connect dma/M_AXIS_MM2S", "connect dma/M_AXI_MM2S");
    expect(failed?.output).toContain("BD 41-171");
  });

  it("two clock domains without a bridge", async () => {
    const to = "connect_bd_net [get_bd_pins ps/pl_clk1] [get_bd_pins nn/ap_clk]";
    const from = "clock_pins nn/ap_clk";
    const failed = await mutated(
      "memory",
      ZYNQ,
      from,
      `configure [get_bd_cells ps] {CONFIG.PSU__FPGA_PL1_ENABLE 1}\n${to}`,
    );
    expect(failed?.output).toContain("BD 41-237");
  });
});

describe("addresses", () => {
  it.each([
    ["nothing assigned", "    assign_bd_address\n", "", "BD 41-1356"],
    ["an offset outside the window", "0xA0000000", "0x90000000", "BD 41-1075"],
    ["an offset that is not aligned", "0xA0000000", "0xA0000800", "BD 5-304"],
    ["two segments at one place", "0xA0010000", "0xA0000000", "BD 41-1075"],
    ["a segment that cannot be reached", "nn/s_axi_control/*", "ps/SAXIGP2/HP0_DDR_LOW", "BD 41-1051"],
    ["a segment that does not exist", "nn/s_axi_control/*", "nn/s_axi_control/Mem", "Common 17-55"],
  ])("%s", async (_, from, to, message) => {
    expect((await mutated("stream", ZYNQ, from, to))?.output).toContain(message);
  });

  it("memory beyond the addresses of a DMA", async () => {
    expect(await mutated("stream", ZYNQ, "CONFIG.c_addr_width 64", "")).toBeUndefined();
    const failed = await mutated("stream", ZYNQ, "CONFIG.c_addr_width 64", "", {}, "kv260");
    expect(failed?.output).toContain("HP0_DDR_HIGH> is not assigned");
  });
});

describe("boards", () => {
  const PART = 'if {$board_part ne ""} { set part [get_property PART_NAME [get_board_parts $board_part]] }';
  it("a part that is not the board's", async () => {
    const failed = await mutated("memory", BUILD, PART, "set part xck26-sfvc784-2LV-c");
    expect(failed?.output).toContain("Project 1-811");
  });

  it("a board that is not installed", async () => {
    const failed = await mutated("memory", BUILD, PART, "set board_part avnet.com:ultra96v2:part0:9.9");
    expect(failed?.output).toContain("Board 49-71");
  });

  it("a preset without a board", async () => {
    const settings = { FAKE_XILINX_BOARDS: "" };
    const failed = await mutated("memory", ZYNQ, 'if {$board_part ne ""}', "if {1}", settings);
    expect(failed?.output).toContain("BD 41-1811");
  });
});

describe("order", () => {
  it.each([
    [
      "a wrapper of a design that is not saved",
      "    save_bd_design\n    validate_bd_design\n    save_bd_design\n",
      "",
      "BD 41-1356",
    ],
    [
      "no top module",
      " -import -fileset sources_1 -top\n    set_property top $wrapper [current_fileset]",
      "",
      "Project 1-911",
    ],
    ["a top that does not exist", "set_property top $wrapper", "set_property top other", "no such module"],
    ["a report without an open design", "open_run impl_1", "", "Common 17-53"],
    [
      "a platform without a bitstream",
      "launch impl_1",
      "write_hw_platform -fixed -include_bit x.xsa; #",
      "Project 1-1918",
    ],
    [
      "a platform of another name",
      "-fixed -include_bit -force [file join $here $design.xsa]",
      "-fixed [file join $here build.xsx]",
      ".xsa",
    ],
    ["a project that is not there", "accelerator.xpr", "other.xpr", "Project 1-577"],
    [
      "a project on top of another",
      "create_project -force",
      "create_project accelerator $project_folder; create_project",
      "Coretcl 2-13",
    ],
  ])("%s", async (_, from, to, message) => {
    expect((await mutated("memory", BUILD, from, to))?.output).toContain(message);
  });

  it("a run that has to be reset first", async () => {
    const failed = await mutated("memory", BUILD, 'ne "0%"} { reset_run $run }', 'ne "0%"} { }');
    expect(failed).toBeUndefined();
    const again = await mutated(
      "memory",
      BUILD,
      "    launch_runs $run {*}$args",
      "    launch_runs $run\n    launch_runs $run {*}$args",
    );
    expect(again?.output).toContain("needs to be reset before launching");
  });
});

describe("the command line", () => {
  let folder = "";
  beforeEach(() => {
    folder = workspace();
  });

  it.each([
    [["-mode", "gui", "-source", "x.tcl"], "needs -mode batch"],
    [["-mode", "batch", "-sauce", "x.tcl"], "Common 17-170"],
    [["-mode", "batch", "-source"], "Common 17-163"],
    [["-mode", "batch", "-source", "absent.tcl"], "does not exist"],
  ])("%s", async (words, message) => {
    const step = { ...stepsFor("memory").steps[0]!, arguments: words, products: [], check: async () => [] };
    const failed = await build(folder, { files: new Map(), steps: [step] });
    expect(failed).toMatchObject({ code: 1 });
    expect(failed?.output).toContain(message);
  });

  it("writes a log that says as much as the terminal", async () => {
    writeFileSync(join(folder, "hello.tcl"), "puts hello\nexit\n");
    const words = ["-mode", "batch", "-log", "my.log", "-source", "hello.tcl"];
    const step = { ...stepsFor("memory").steps[0]!, arguments: words, products: ["my.log"], check: async () => [] };
    expect(await build(folder, { files: new Map(), steps: [step] })).toBeUndefined();
    expect(readFileSync(join(folder, "my.log"), "utf8")).toMatch(/Vivado v2023\.2[\s\S]*hello\n[\s\S]*Exiting Vivado/);
  });
});
