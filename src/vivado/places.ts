/** Where AMD's tools may be: groups of folders, the first group that has the tool counts (VENDOR.md §2.5). */
import { readdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { Environment } from "../build/tool.ts";

export interface Place {
  readonly folder: string;
  /** Scripts that set up the environment of the tools here; there are none on PATH. */
  readonly settings: readonly string[];
}

const HOME_VARIABLES = ["XILINX_VIVADO", "XILINX_HLS", "XILINX_VITIS"];
const PRODUCTS = ["Vitis", "Vitis_HLS", "Vivado"];
const RELEASE = /^\d{4}\.\d/;

export const installationRoots = (environment: Environment): string[] => [
  "/tools/Xilinx",
  "/opt/Xilinx",
  "/opt/amd",
  ...(environment["HOME"] ? [join(environment["HOME"], "Xilinx")] : []),
];

export async function placeGroups(environment: Environment, roots: readonly string[]): Promise<Place[][]> {
  const onPath = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const homes = HOME_VARIABLES.flatMap((name) => environment[name] ?? []);
  const installed = (await Promise.all(roots.map(releasesBelow))).flat();
  installed.sort((a, b) => b.release.localeCompare(a.release, "en", { numeric: true }));
  return [
    onPath.map((folder) => ({ folder, settings: [] })),
    productPlaces(homes),
    ...installed.map(({ products }) => productPlaces(products)),
  ];
}

/** HLS starts Vivado for cosim and export, so the settings of all products go together. */
function productPlaces(products: readonly string[]): Place[] {
  const settings = products.map((product) => join(product, "settings64.sh"));
  return products.map((product) => ({ folder: join(product, "bin"), settings }));
}

interface Installed {
  readonly release: string;
  readonly products: readonly string[];
}

/** Both layouts: ROOT/Vivado/2024.1 up to 2024.2 and ROOT/2025.1/Vivado since. */
async function releasesBelow(root: string): Promise<Installed[]> {
  const releases = new Map<string, string[]>();
  const add = (release: string, product: string) =>
    releases.set(release, [...(releases.get(release) ?? []), join(root, product)]);
  for (const name of await names(root)) {
    if (RELEASE.test(name)) for (const product of PRODUCTS) add(name, join(name, product));
    if (!PRODUCTS.includes(name)) continue;
    for (const release of await names(join(root, name))) if (RELEASE.test(release)) add(release, join(name, release));
  }
  return [...releases].map(([release, products]) => ({ release, products }));
}

const names = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
