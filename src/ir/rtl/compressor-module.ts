/** A compressor (compressor.ts) as a module of SystemVerilog. */
import type { Atom, Chain, Compressor, Heights } from "./compressor.ts";
import { compressor, compressorLatency, sumBits } from "./compressor.ts";
import { instance } from "./verilog.ts";

/** Without `bitloom_`. The module follows from its name. */
export const compressorName = (heights: Heights): string => `compressor_${heights.join("_")}`;

/** The text of the module of that name; undefined if it is not the name of a compressor. */
export function compressorModule(name: string): string | undefined {
  if (!/^compressor(_\d+)+$/.test(name)) return undefined;
  const heights = name.split("_").slice(1).map(Number);
  const plan = compressor(heights);
  const width = sumBits(heights);
  const all = heights.reduce((sum, height) => sum + height, 0);
  return [
    "`default_nettype none",
    "",
    `/// Adds up ${heights.map((height, column) => `${height} bits of weight ${2 ** column}`).join(", ")}, the lowest weight first in x.`,
    `/// Cycles from x to sum: ${compressorLatency(heights)}. In LUTs: ${plan.luts}.`,
    `module bitloom_${name} (`,
    "    input wire logic clk,",
    "    input wire logic advance,",
    `    input wire logic [${all - 1}:0] x,`,
    `    output logic [${width - 1}:0] sum`,
    ");",
    "`ifdef BITLOOM_BEHAVIOURAL",
    ...counted(heights, width),
    "`else",
    ...built(plan),
    "`endif",
    "endmodule",
    "",
    "`default_nettype wire",
    "",
  ].join("\n");
}

/** For simulation: the same numbers in the same cycles. */
function counted(heights: Heights, width: number): string[] {
  const latency = compressorLatency(heights);
  let at = 0;
  const terms = heights.flatMap((height, column) => {
    at += height;
    return height > 0 ? [`(${width}'($countones(x[${at - height}+:${height}])) << ${column})`] : [];
  });
  return [
    `  logic [${width - 1}:0] late[0:${latency - 1}];`,
    `  assign sum = late[${latency - 1}];`,
    "  always_ff @(posedge clk)",
    "    if (advance) begin",
    `      late[0] <= ${terms.join(" + ")};`,
    `      for (int i = 1; i < ${latency}; i++) late[i] <= late[i-1];`,
    "    end",
  ];
}

/** The bits of each weight, by their names. */
type Columns = string[][];

function built({ heights, layers, width }: Compressor): string[] {
  let next = 0;
  let columns: Columns = heights.map((height) => Array.from({ length: height }, () => `x[${next++}]`));
  const lines = layers.flatMap((chains, layer) => {
    const counted = countLayer(columns, chains, layer);
    columns = counted.columns;
    return counted.lines;
  });
  return [...lines, ...lastAdder(columns, width)];
}

function countLayer(columns: Columns, chains: readonly Chain[], layer: number): { lines: string[]; columns: Columns } {
  const left = columns.map((bits) => [...bits]);
  const take = (column: number, count: number) => left[column]?.splice(0, count) ?? [];
  const sums: Columns = [];
  const lines = chains.flatMap(({ column, carry, atoms }, i) => {
    const name = `count_${layer}_${i}`;
    const bits = atoms.map((atom, at) => inputsOf(atom, (above, count) => take(column + 2 * at + above, count)));
    const [carryIn] = carry ? take(column, 1) : ["1'b0"];
    for (let at = 0; at <= 2 * atoms.length; at++) put(sums, column + at, `${name}[${at}]`);
    return [
      `  wire [${2 * atoms.length}:0] ${name};`,
      ...instance(
        "counter_chain",
        `${name}_chain`,
        {
          atoms: atoms.length,
          mixed: `${atoms.length}'b${[...atoms]
            .reverse()
            .map(({ high }) => (high > 0 ? 1 : 0))
            .join("")}`,
        },
        { carry: carryIn as string, x: `{${bits.reverse().join(", ")}}`, sum: name },
      ).map((line) => `  ${line}`),
    ];
  });
  const kept: string[] = [];
  const after = Array.from({ length: Math.max(left.length, sums.length) }, (_, column) =>
    [...(left[column] ?? []), ...(sums[column] ?? [])].map((bit) => `layer_${layer}[${kept.push(bit) - 1}]`),
  );
  const register = [
    `  logic [${kept.length - 1}:0] layer_${layer};`,
    `  always_ff @(posedge clk) if (advance) layer_${layer} <= {${[...kept].reverse().join(", ")}};`,
  ];
  return { lines: [...lines, ...register], columns: after };
}

function put(columns: Columns, column: number, bit: string): void {
  while (columns.length <= column) columns.push([]);
  columns[column]?.push(bit);
}

/** The six inputs of counter_atom.sv, the highest first. Where bits of the higher weight come in, they are its inputs 3 and 4. */
function inputsOf({ low, high }: Atom, take: (above: number, count: number) => string[]): string {
  const [last, ...first] = take(0, low);
  const pad = (bits: string[], count: number) => [...bits, ...new Array<string>(count - bits.length).fill("1'b0")];
  const five = high > 0 ? [...pad(first, 3), ...pad(take(1, high), 2)] : pad(first, 5);
  return [...five, last].reverse().join(", ");
}

/** From the lowest weight with more than one bit on, an adder of three rows; a fourth bit of weight 1 is its carry. */
function lastAdder(columns: Columns, width: number): string[] {
  const wide = Array.from({ length: width }, (_, column) => columns[column] ?? []);
  const found = wide.findIndex((bits) => bits.length > 1);
  const first = found < 0 ? width : found;
  const single = wide.slice(0, first).map(([bit]) => bit ?? "1'b0");
  const rows = [0, 1, 2].map(
    (row) =>
      `{${wide
        .slice(first)
        .map((bits) => bits[row] ?? "1'b0")
        .reverse()
        .join(", ")}}`,
  );
  const [low, high] = [
    single.length > 0 ? [`{${[...single].reverse().join(", ")}}`] : [],
    first < width ? ["added"] : [],
  ];
  const adder = [
    `  wire [${width - first - 1}:0] added;`,
    ...instance(
      "add_three",
      "last",
      { width: width - first },
      {
        a: rows[0] as string,
        b: rows[1] as string,
        c: rows[2] as string,
        carry: wide[first]?.[3] ?? "1'b0",
        sum: "added",
      },
    ).map((line) => `  ${line}`),
  ];
  return [
    ...(first < width ? adder : []),
    `  always_ff @(posedge clk) if (advance) sum <= {${[...high, ...low].join(", ")}};`,
  ];
}
