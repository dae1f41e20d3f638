/** Combinational tables in SystemVerilog, and what they take. */
import { instance, unsignedLiteral } from "./verilog.ts";

/** One value for each number of `index`. */
export function table(name: string, width: number, index: string, bits: number, values: readonly bigint[]): string[] {
  const literal = (raw: bigint) => unsignedLiteral(width, raw);
  if (values.every((value) => value === values[0]))
    return [`wire signed [${width - 1}:0] ${name} = ${literal(values[0] as bigint)};`];
  return [
    `logic signed [${width - 1}:0] ${name};`,
    "always_comb",
    `  case (${index})`,
    ...values.slice(0, -1).map((value, i) => `    ${bits}'d${i}: ${name} = ${literal(value)};`),
    `    default: ${name} = ${literal(values.at(-1) as bigint)};`,
    "  endcase",
  ];
}

/** LUTs of such a table for so many numbers: four at most join without further ones. */
export function tableLuts(width: number, numbers: number): number {
  const luts = numbers / 64;
  return width * (luts <= 1 ? 1 : luts + (luts > 4 ? Math.ceil(luts / 16) : 0));
}

/** Each entry for its index: synthesis finds out what the bits depend on. */
export const truth = (
  name: string,
  index: string,
  inputs: number,
  bits: number,
  entries: readonly bigint[],
): string[] =>
  instance("truth", `table_${name}`, { inputs, bits, table: columns(inputs, bits, entries) }, { index, y: name });

/** Whether a LUT gives two bits of a table for so many inputs. Bits of fewer inputs are often the same, or need none. */
export const inPairs = (inputs: number): boolean => inputs > 2 && inputs < 6;

/** The same, two bits from each LUT. */
export function truthInPairs(
  name: string,
  index: string,
  inputs: number,
  bits: number,
  entries: readonly bigint[],
): string[] {
  const numbers = { sums: 1, inputs, bits, tables: columns(inputs, bits, entries) };
  return instance("sum_tables", `table_${name}`, numbers, { x: index, phase: "1'b0", y: name });
}

/** Of each bit its entries, the lowest bit first. */
function columns(inputs: number, bits: number, entries: readonly bigint[]): string {
  const all = Array.from({ length: bits }, (_, bit) =>
    [...entries]
      .reverse()
      .map((raw) => ((raw >> BigInt(bit)) & 1n).toString())
      .join(""),
  );
  return unsignedLiteral(bits * 2 ** inputs, BigInt(`0b${all.reverse().join("")}`));
}
