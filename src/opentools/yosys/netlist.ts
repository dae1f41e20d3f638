/** Netlists as Yosys writes them in JSON: cells are primitives, or instances of other modules. */
import { z } from "zod";

/** A wire by its number, or a constant: "0", "1", "x", "z". */
const bitsSchema = z.array(z.union([z.int(), z.string()]));
const directionSchema = z.enum(["input", "output", "inout"]);

const cellSchema = z.object({
  type: z.string(),
  /** Numbers as texts of zeros and ones. */
  parameters: z.record(z.string(), z.string()).optional(),
  port_directions: z.record(z.string(), directionSchema),
  connections: z.record(z.string(), bitsSchema),
});

const netlistSchema = z.object({
  ports: z.record(z.string(), z.object({ direction: directionSchema, bits: bitsSchema })),
  cells: z.record(z.string(), cellSchema),
  netnames: z.record(z.string(), z.object({ hide_name: z.int(), bits: bitsSchema })),
});

export type Netlist = z.infer<typeof netlistSchema>;
export type Cell = z.infer<typeof cellSchema>;

/** All modules of a file by name. Throws a ZodError or a SyntaxError if it is none of Yosys. */
export function parseNetlists(text: string): ReadonlyMap<string, Netlist> {
  const { modules } = z.object({ modules: z.record(z.string(), netlistSchema) }).parse(JSON.parse(text));
  return new Map(Object.entries(modules));
}

export const wiresOf = (bits: readonly (number | string)[] = []): number[] =>
  bits.filter((bit) => typeof bit === "number");

/** The wires at all ports of a cell that go this way. */
export const wiresAt = (cell: Cell, direction: "input" | "output"): number[] =>
  Object.entries(cell.connections).flatMap(([port, bits]) =>
    cell.port_directions[port] === direction ? wiresOf(bits) : [],
  );

/** Names of wires as the source has them, where it has one. */
export function wireNames({ netnames }: Netlist): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  const visible = Object.entries(netnames).sort(([, a], [, b]) => b.hide_name - a.hide_name);
  for (const [name, { bits }] of visible)
    for (const [index, bit] of bits.entries())
      if (typeof bit === "number") names.set(bit, bits.length > 1 ? `${name}[${index}]` : name);
  return names;
}
