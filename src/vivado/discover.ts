/** Finds AMD's tools and says how to call them. The version is what the tool itself says, never what a folder is called. */
import { access, constants, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { execa } from "execa";
import type { Executable } from "../build/plan.ts";
import type { Environment } from "../build/tool.ts";
import { ToolError } from "../build/tool-error.ts";
import { installationRoots, type Place, placeGroups } from "./places.ts";

/** A tool together with the words that come before its own arguments: settings64.sh has to be sourced in bash. */
export interface VendorTool {
  readonly executable: Executable;
  readonly prefix: readonly string[];
}

/** How HLS is driven: which executable reads the Tcl, or the two executables of the configuration-file flow. */
export type HlsTools =
  | { readonly flow: "tcl"; readonly tool: VendorTool; readonly front: HlsFront }
  | { readonly flow: "config"; readonly run: VendorTool; readonly compile: VendorTool };

export type HlsFront = "vitis_hls" | "vitis-run" | "vivado_hls";

export interface DiscoverOptions {
  readonly environment?: Environment;
  readonly roots?: readonly string[];
}

/** VENDOR.md §2.5; warnings may stand before the version. */
const VERSION = /(?:vivado|vitis(?:[ _-](?:hls|run))?|v\+\+)[^\n]*?\bv(\d{4}\.\d(?:\.\d+)?)/i;
const HOW_TO_GET =
  "Install Vitis from AMD's download page (the free edition has the XCZU3EG), source its settings64.sh, or set";
/** From this release on vitis_hls is absent or a deprecated front that writes no log (VENDOR.md §2.1). */
const VITIS_HLS_ENDS = "2025.1";

const SOURCE_AND_RUN = 'while [ "$1" != -- ]; do source "$1" > /dev/null; shift; done; shift; exec "$@"';

export async function findVivado(options: DiscoverOptions = {}): Promise<VendorTool> {
  const [found] = await findFirst("Vivado", "BITLOOM_VIVADO", [["vivado"]], options);
  return found as VendorTool;
}

/** Which front ends a release has is not sure, so they are looked for rather than concluded from the version. */
export async function findHls(options: DiscoverOptions = {}): Promise<HlsTools> {
  const choices = [["vitis_hls"], ["vitis-run", "v++"], ["vitis-run"], ["vivado_hls"]];
  const [first, second] = await findFirst("Vitis HLS", "BITLOOM_VITIS_HLS", choices, options);
  const tool = first as VendorTool;
  if (second) return { flow: "config", run: tool, compile: second };
  return { flow: "tcl", tool, front: frontOf(tool.executable.name) };
}

const frontOf = (name: string): HlsFront =>
  name.includes("vivado_hls") ? "vivado_hls" : name.includes("vitis-run") ? "vitis-run" : "vitis_hls";

/** The tools of the first choice of which a group of places has all. */
async function findFirst(
  what: string,
  override: string,
  choices: readonly (readonly string[])[],
  { environment = process.env, roots = installationRoots(environment) }: DiscoverOptions,
): Promise<VendorTool[]> {
  const looked: string[] = [];
  const named = environment[override];
  if (named !== undefined && named !== "") {
    const path = resolve(named);
    const tool = await probe(
      { folder: dirname(path), settings: await settingsBeside(path) },
      path,
      environment,
      looked,
    );
    if (tool) return [tool];
    throw missing(what, `${override} names ${named}, which does not answer`, looked, override);
  }
  const groups = await placeGroups(environment, roots);
  for (const group of groups) {
    for (const names of choices) {
      const tools = await Promise.all(names.map((name) => findIn(group, name, environment, looked)));
      if (tools.every((tool) => tool !== undefined) && !isObsolete(tools)) return tools;
    }
  }
  const places = `PATH, XILINX_VIVADO, XILINX_HLS, XILINX_VITIS and below ${roots.join(", ")}`;
  throw missing(what, `not found on ${places}`, looked, override);
}

const isObsolete = ([tool]: readonly VendorTool[]): boolean =>
  tool?.executable.name === "vitis_hls" && tool.executable.version >= VITIS_HLS_ENDS;

async function findIn(places: readonly Place[], name: string, environment: Environment, looked: string[]) {
  for (const place of places) {
    const tool = await probe(place, join(place.folder, name), environment, looked);
    if (tool) return tool;
  }
  return undefined;
}

/** Asks the tool for its version; one that does not answer is none. */
async function probe(place: Place, path: string, environment: Environment, looked: string[]) {
  if (!(await isExecutable(path))) return undefined;
  const name = path.slice(path.lastIndexOf("/") + 1);
  const settings = await existing(place.settings);
  const prefix = settings.length > 0 ? ["-c", SOURCE_AND_RUN, "bash", ...settings, "--", path] : [];
  const command = settings.length > 0 ? "bash" : path;
  // vitis-run and v++ take two hyphens, the others one.
  const words = [...prefix, /^(?:vitis-run|v\+\+)/.test(name) ? "--version" : "-version"];
  const { all = "" } = await execa(command, words, {
    env: environment,
    extendEnv: false,
    all: true,
    reject: false,
    stdin: "ignore",
    timeout: 120_000,
  });
  const version = VERSION.exec(all)?.[1];
  if (version !== undefined) return { executable: { name, path: command, version }, prefix };
  looked.push(`${path}: ${all.trim().split("\n")[0] || "no answer"}`);
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function existing(files: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    files.map((file) =>
      access(file, constants.R_OK).then(
        () => [file],
        () => [],
      ),
    ),
  );
  return found.flat();
}

const settingsBeside = (path: string): Promise<string[]> => existing([join(dirname(dirname(path)), "settings64.sh")]);

const missing = (what: string, message: string, lines: readonly string[], override: string): ToolError =>
  new ToolError({ reason: "missing", step: `find ${what}`, message, lines, hint: `${HOW_TO_GET} ${override}.` });
