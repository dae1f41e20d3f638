/** An exploration for the terminal: the front as a table, and the design that was chosen. */
import { aligned } from "./aligned.ts";
import type { Exploration, ExploredDesign } from "./exploration.ts";
import { landmarks, RESOURCES } from "./exploration.ts";

export interface ExplorationPaint {
  bold(text: string): string;
  dim(text: string): string;
}

export function explorationText(exploration: Exploration, paint: ExplorationPaint): string {
  const { name, board, clockMegahertz, front, chosen } = exploration;
  const designs = rowsOf(exploration);
  const [headings, ...rows] = aligned([HEADINGS, ...designs.map((design) => cells(design, exploration))], [0, 11]);
  const painted = designs.map((design, i) => {
    const row = rows[i] as string;
    return isSame(design, chosen) ? paint.bold(row) : design.fits ? row : paint.dim(row);
  });
  const shown = designs.length < front.length ? `, of which ${designs.length} are shown` : "";
  return [
    `${name} on ${board.name} at ${clockMegahertz} MHz: ${front.length} designs that no other one beats${shown}`,
    headings,
    ...painted,
    `  budget: ${areaText(exploration.budget)}`,
    `  > ${chosen.fits ? "fits" : "does not fit"}; ${chosen.slowest} is its slowest stage`,
  ].join("\n");
}

/** `1,000 LUT, 2,000 FF, 4 BRAM18, 0 DSP`; of a device `1,000 LUT (1 %), ...`. */
export const areaText = (area: ExploredDesign["area"], device?: ExploredDesign["area"]): string =>
  RESOURCES.map((resource) => {
    const used = area[resource];
    const share = device && used > 0 ? ` (${percent(used, device[resource])})` : "";
    return `${number(used)} ${resource.toUpperCase()}${share}`;
  }).join(", ");

const HEADINGS = ["", "frames/s", "cycles", ...RESOURCES.flatMap((name) => [name.toUpperCase(), ""]), "slowest stage"];

function cells(design: ExploredDesign, { board, chosen }: Exploration): string[] {
  const amounts = RESOURCES.flatMap((name) => {
    const [used, all] = [design.area[name], board.budget[name] ?? 0];
    return [number(used), used === 0 ? "" : percent(used, all)];
  });
  const mark = isSame(design, chosen) ? ">" : design.fits ? "" : "x";
  return [mark, number(design.framesPerSecond), number(design.cycles), ...amounts, design.slowest];
}

const rowsOf = (exploration: Exploration): ExploredDesign[] => {
  const { chosen } = exploration;
  const others = landmarks(exploration).filter((design) => !isSame(design, chosen));
  return [...others, chosen].sort((a, b) => a.cycles - b.cycles);
};

const isSame = (a: ExploredDesign, b: ExploredDesign) => a.cycles === b.cycles;
const percent = (part: number, of: number) => `${Math.round((100 * part) / of)} %`;
const number = (value: number) => Math.round(value).toLocaleString("en");
