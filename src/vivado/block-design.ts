/** The files that Vivado is given: the flow, the board's block design, and the names and numbers of this build. */
import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { Content } from "../build/plan.ts";
import { packageFile } from "../package-root.ts";
import { tclWord } from "./tcl-word.ts";

/** What boards/NAME/board.json says about Vivado. */
const boardSchema = z.object({
  part: z.string(),
  /** Board definitions that Vivado may have, and the oldest version that is good. */
  boardParts: z.object({ pattern: z.string(), oldest: z.string() }),
});

export interface BlockDesign {
  /** A folder of boards/. */
  readonly board: string;
  readonly top: string;
  /** `memory`: m_axi ports; `stream`: AXI-Stream ports behind a DMA. */
  readonly variant: "memory" | "stream";
  /** Names of the exported IP's ports. */
  readonly ports: { readonly input: string; readonly output: string };
  readonly clockMegahertz: number;
  /** Relative to the build folder. */
  readonly ipFolder: string;
  /** Of Vivado; its Tcl changed over the years. */
  readonly release: string;
  /** Runs that Vivado may start at a time. */
  readonly jobs: number;
}

/** The ports that generated top functions have (src/codegen/hls/top.ts). */
export const PORTS = {
  memory: { input: "m_axi_input_memory", output: "m_axi_output_memory" },
  stream: { input: "input_words", output: "output_words" },
} as const;

export const VIVADO_FOLDER = "vivado";
/** What a user copies to the board: the driver, and the bitstream that it loads. */
export const BOARD_FOLDER = "driver";

export function blockDesignFiles(design: BlockDesign): Map<string, Content> {
  const folder = `boards/${design.board}`;
  const board = boardSchema.parse(JSON.parse(readText(`${folder}/board.json`)));
  const scripts = [...tclFiles("src/templates/vivado"), ...tclFiles(folder)];
  return new Map([
    ...scripts.map(([name, text]) => [`${VIVADO_FOLDER}/${name}`, text] as const),
    [`${VIVADO_FOLDER}/settings.tcl`, settings(design, board)],
  ]);
}

const readText = (path: string): string => readFileSync(packageFile(path), "utf8");

const tclFiles = (folder: string): [string, string][] =>
  readdirSync(packageFile(folder))
    .filter((name) => name.endsWith(".tcl"))
    .sort()
    .map((name) => [name, readText(`${folder}/${name}`)]);

function settings(design: BlockDesign, board: z.infer<typeof boardSchema>): string {
  const values = {
    release: design.release,
    part: board.part,
    board_parts: board.boardParts.pattern,
    oldest_board_part: board.boardParts.oldest,
    ip: `xilinx.com:hls:${design.top}:1.0`,
    variant: design.variant,
    input_port: design.ports.input,
    output_port: design.ports.output,
    clock_megahertz: String(design.clockMegahertz),
    jobs: String(design.jobs),
  };
  return [
    "# Names and numbers of this build.",
    ...Object.entries(values).map(([name, value]) => `set ${name} ${tclWord(value)}`),
    `set ip_folder [file join [file dirname $here] ${tclWord(design.ipFolder)}]`,
    `set board_folder [file join [file dirname $here] ${tclWord(BOARD_FOLDER)}]`,
    "",
  ].join("\n");
}
