/** A board is data: boards/NAME/board.json. */
import { z } from "zod";
import { asset } from "./assets.ts";

const boardSchema = z.object({
  name: z.string(),
  part: z.string(),
  clockMegahertz: z.number().positive(),
});

export type Board = z.infer<typeof boardSchema>;

export const loadBoard = (name: string): Board => boardSchema.parse(JSON.parse(asset(`boards/${name}/board.json`)));
