/** Discovery in fake installations, whose tools are the stand-ins of test/fake-tools. */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { FAKE_TOOLS, runTool, temporaryFolder } from "../../test/fake-tools/harness.ts";
import { findHls, findVivado } from "./discover.ts";
import { releaseTraps } from "./traps.ts";

/** What the tools themselves need: sh, tclsh, readlink. */
const SYSTEM = "/usr/bin:/bin";

/** A product's folder with settings64.sh; its tools run only in the environment that the settings make. */
function install(product: string, release: string, tools: readonly string[], settings = true): void {
  mkdirSync(join(product, "bin"), { recursive: true });
  if (settings) {
    const text = `[ -n "$SILENT" ] || echo chatter\nexport PATH='${product}/bin:'"$PATH" FAKE_SETTINGS=1\nfalse\n`;
    writeFileSync(join(product, "settings64.sh"), text);
  }
  for (const tool of tools) {
    const file = join(product, "bin", tool);
    const guard = settings ? '[ -n "$FAKE_SETTINGS" ] || { echo "not set up"; exit 1; }\n' : "";
    writeFileSync(file, `#!/bin/sh\n${guard}FAKE_XILINX_VERSION=${release} exec "${FAKE_TOOLS}${tool}" "$@"\n`);
    chmodSync(file, 0o755);
  }
}

const environment = (more: Readonly<Record<string, string>> = {}) => ({ PATH: `/nowhere:${SYSTEM}`, ...more });
const nameAndVersion = ({ executable }: { executable: { name: string; version: string } }) =>
  `${executable.name} ${executable.version}`;

it("finds the tools on PATH, and asks them for their version", async () => {
  const place = temporaryFolder();
  install(place, "2024.1", ["vivado", "vitis_hls", "vitis-run", "v++"], false);
  const options = { environment: environment({ PATH: `${place}/bin:${SYSTEM}` }), roots: [] };
  expect(await findVivado(options)).toEqual({
    executable: { name: "vivado", path: join(place, "bin/vivado"), version: "2024.1" },
    prefix: [],
  });
  expect(await findHls(options)).toMatchObject({ flow: "tcl", front: "vitis_hls" });
});

it.each([
  ["Vivado/2020.1", "Vivado/2023.2", "2023.2"],
  ["2025.1/Vivado", "2025.2/Vivado", "2025.2"],
  ["Vivado/2024.2", "2025.1/Vivado", "2025.1"],
])("of the layouts %s and %s takes the newest", async (older, newer, expected) => {
  const place = temporaryFolder();
  for (const path of [older, newer]) install(join(place, path), /\d{4}\.\d/.exec(path)![0], ["vivado"]);
  const vivado = await findVivado({ environment: environment(), roots: ["/nowhere", place] });
  expect(nameAndVersion(vivado)).toBe(`vivado ${expected}`);
});

it("calls an installed tool in the environment of its settings64.sh", async () => {
  const place = temporaryFolder();
  install(join(place, "Vivado/2023.1"), "2023.1", ["vivado"]);
  const { executable, prefix } = await findVivado({ environment: environment(), roots: [place] });
  const { code, output } = await runTool(place, executable.path, [...prefix, "-version"]);
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/^Vivado v2023\.1/) });
});

it.each([
  ["2019.2", "Vivado", ["vivado", "vivado_hls"], "vivado_hls"],
  ["2022.1", "Vitis_HLS", ["vitis_hls"], "vitis_hls"],
  ["2024.2", "Vitis", ["vitis-run"], "vitis-run"],
])("drives %s by the front end that is there", async (release, product, tools, front) => {
  const place = temporaryFolder();
  install(join(place, product, release), release, tools);
  const hls = await findHls({ environment: environment(), roots: [place] });
  expect(hls).toMatchObject({ flow: "tcl", front, tool: { executable: { version: release } } });
});

it("drives a release without vitis_hls, or with the deprecated one, by configuration file", async () => {
  const place = temporaryFolder();
  install(join(place, "2025.2/Vitis"), "2025.2", ["vitis_hls", "vitis-run", "v++"]);
  const keep = environment({ FAKE_XILINX_KEEP_VITIS_HLS: "1" });
  for (const with_ of [environment(), keep]) {
    const hls = await findHls({ environment: with_, roots: [place] });
    expect(hls).toMatchObject({ flow: "config", compile: { executable: { name: "v++", version: "2025.2" } } });
  }
});

it.each(["XILINX_VIVADO", "XILINX_HLS", "XILINX_VITIS"])("finds the tools by %s", async (variable) => {
  const place = temporaryFolder();
  install(join(place, "there"), "2022.2", ["vivado"]);
  const found = await findVivado({ environment: environment({ [variable]: join(place, "there") }), roots: [] });
  expect(nameAndVersion(found)).toBe("vivado 2022.2");
});

it("an override wins, and is an error when it does not answer", async () => {
  const place = temporaryFolder();
  install(join(place, "mine"), "2021.1", ["vivado"]);
  const mine = join(place, "mine/bin/vivado");
  const found = await findVivado({ environment: environment({ BITLOOM_VIVADO: mine }), roots: [] });
  expect(nameAndVersion(found)).toBe("vivado 2021.1");
  const options = { environment: environment({ BITLOOM_VIVADO: join(dirname(mine), "absent") }), roots: [] };
  await expect(findVivado(options)).rejects.toThrow("which does not answer");
});

it("says where it looked and what did not answer", async () => {
  const place = temporaryFolder();
  install(join(place, "Vivado/2022.1"), "2018.1", ["vivado"]);
  await expect(findVivado({ environment: environment(), roots: [place] })).rejects.toThrow(
    /error\[tool-missing\] find Vivado: not found on PATH.*\n {2}\| .*vivado: FAKE_XILINX_VERSION is '2018.1'/,
  );
  expect(place).toContain(" ");
});

it("warns of the export that fails since 2022", () => {
  expect(releaseTraps("Vitis HLS", "2021.2")).toMatchObject([{ code: "y2k22", severity: "warning" }]);
  expect(releaseTraps("Vitis HLS", "2022.1")).toEqual([]);
});
