/** Checks that what is generated multiplies no two run-time values. */
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { findTool } from "../build/tool.ts";
import { generateRtl } from "../codegen/rtl/index.ts";
import { makeFolder } from "../files.ts";
import { layers } from "../layers/index.ts";
import { countMultiplications, GCC } from "../opentools/multiplications.ts";
import { countRtlMultiplications } from "../opentools/yosys/multiplications.ts";
import { YOSYS } from "../opentools/yosys/tool.ts";
import type { Project } from "./project.ts";
import type { Watch } from "./watch.ts";

/** Multiplications of two run-time values, each as often as it stands in the code. */
export interface Multiplications {
  /** By stage, in the C++; those that have none left out. */
  readonly hls: ReadonlyMap<string, number>;
  /** By module, in the SystemVerilog. */
  readonly rtl: ReadonlyMap<string, number>;
}

/** `folder` holds the project. Rejects with a ToolError, or a DiagnosticError for kinds without SystemVerilog. */
export async function countInProject(project: Project, folder: string, watch: Watch): Promise<Multiplications> {
  const [gcc, yosys] = [await findTool(GCC), await findTool(YOSYS)];
  const { signal } = watch;
  const logs = join(folder, "logs");
  await makeFolder(logs);
  const { name } = project.scheduled.graph;
  const sources = generateRtl(project.scheduled, layers);
  watch.progress?.("multiplications in SystemVerilog");
  const rtl = await countRtlMultiplications(sources, name, join(logs, "multiplications-rtl.log"), { yosys, signal });
  const onProgress = (done: number, total: number) => watch.progress?.("multiplications in C++", done, total);
  const counts = await countMultiplications(folder, await unitsIn(folder), { gcc, logs, signal, onProgress });
  const found = [...counts].filter(([, count]) => count > 0);
  return { hls: new Map(found.map(([unit, count]) => [basename(unit, ".cpp"), count])), rtl };
}

const unitsIn = async (folder: string): Promise<string[]> => {
  const paths = await readdir(join(folder, "src"), { recursive: true });
  return paths
    .filter((path) => path.endsWith(".cpp"))
    .map((path) => join("src", path))
    .sort();
};
