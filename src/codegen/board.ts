/** A board is data: boards/NAME/board.json. */
import { readdirSync } from "node:fs";
import { z } from "zod";
import { DiagnosticError, unknownBoard } from "../diagnostics.ts";
import { packageFile } from "../package-root.ts";
import { asset, hasAsset } from "./assets.ts";

const amount = z.number().nonnegative();

const boardSchema = z.object({
  name: z.string(),
  part: z.string(),
  clockMegahertz: z.number().positive(),
  /** What the device has. */
  budget: z.strictObject({ lut: amount, lutram: amount, ff: amount, bram18: amount, dsp: amount, uram: amount }),
});

export type Board = z.infer<typeof boardSchema>;

/** Throws a DiagnosticError if there is no such board. */
export function loadBoard(name: string): Board {
  const path = `boards/${name}/board.json`;
  if (!/^\w+$/.test(name) || !hasAsset(path)) throw new DiagnosticError([unknownBoard(name, boardNames())]);
  return boardSchema.parse(JSON.parse(asset(path)));
}

const boardNames = (): string[] => readdirSync(packageFile("boards")).sort();
