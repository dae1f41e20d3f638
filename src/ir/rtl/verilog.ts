/** Pieces of SystemVerilog text. */

/** Bits of a counter from 0 to count - 1. */
export const indexBits = (count: number): number => Math.max(1, Math.ceil(Math.log2(count)));

/** The text of a signal as a signed number: one bit more if it has no sign. */
export const asSigned = (signed: boolean, text: string): string => (signed ? text : `$signed({1'b0, ${text}})`);

/** A number as a literal of so many bits, signed. */
export const signedLiteral = (width: number, raw: bigint): string => `${width}'sh${hex(width, raw)}`;
export const unsignedLiteral = (width: number, raw: bigint): string => `${width}'h${hex(width, raw)}`;

const hex = (width: number, raw: bigint): string => BigInt.asUintN(width, raw).toString(16);

export type Connections = Readonly<Record<string, string>>;
export type Parameters = Readonly<Record<string, number | bigint | boolean | string>>;

/** An instance of `bitloom_MODULE`. */
export function instance(module: string, name: string, parameters: Parameters, connections: Connections): string[] {
  const values = Object.entries(parameters).map(([key, value]) => `.${key.toUpperCase()}(${parameterText(value)})`);
  const ports = Object.entries(connections).map(([key, text]) => `.${key}(${text})`);
  return [
    `bitloom_${module}${values.length > 0 ? ` #(${values.join(", ")})` : ""} ${name} (`,
    `  ${ports.join(", ")}`,
    ");",
  ];
}

const parameterText = (value: number | bigint | boolean | string): string =>
  typeof value === "boolean" ? (value ? "1'b1" : "1'b0") : `${value}`;

export const CLOCK: Connections = { clk: "clk", rst: "rst" };

/** The three ports `PORT_data`, `PORT_valid`, `PORT_ready` of an instance, connected to the stream `stream`. */
export const streamPorts = (port: string, stream: string): Connections => ({
  [`${port}_data`]: `${stream}_data`,
  [`${port}_valid`]: `${stream}_valid`,
  [`${port}_ready`]: `${stream}_ready`,
});

/** Signals of a stream inside of a stage. */
export const streamWires = (stream: string, bits: number): string[] => [
  `wire [${bits - 1}:0] ${stream}_data;`,
  `wire ${stream}_valid, ${stream}_ready;`,
];

/** Numbers of so many bits side by side, the first in the lowest place. */
export const wordOf = (numbers: readonly bigint[], bits: number): bigint =>
  BigInt(
    `0b${numbers
      .map((number) => BigInt.asUintN(bits, number).toString(2).padStart(bits, "0"))
      .reverse()
      .join("")}`,
  );

/** The same as one literal. */
export const packed = (width: number, values: readonly bigint[]): string =>
  unsignedLiteral(width * values.length, wordOf(values, width));

/** For stages that compute each beat of `out` from one of `in0`: `result_data` goes into a register. */
export const registered = (bits: number): string[] => [
  `wire [${bits - 1}:0] result_data;`,
  ...instance(
    "register",
    "leave",
    { width: bits },
    { ...CLOCK, in_data: "result_data", in_valid: "in0_valid", in_ready: "in0_ready", ...streamPorts("out", "out") },
  ),
];

/** Yosys 0.23 takes three times as long for 10,240 words in one block. */
const WORDS_IN_BLOCK = 256;

/** What a memory begins with. */
export const firstWords = (memory: string, width: number, words: readonly bigint[]): string[] =>
  words.flatMap((word, i) => [
    ...(i % WORDS_IN_BLOCK === 0 ? ["initial begin"] : []),
    `  ${memory}[${i}] = ${unsignedLiteral(width, word)};`,
    ...(i % WORDS_IN_BLOCK === WORDS_IN_BLOCK - 1 || i === words.length - 1 ? ["end"] : []),
  ]);

/** `name` is `name_0`, so many cycles later of those in which `advance` is set. */
export const delayed = (name: string, width: number, cycles: number): string[] => [
  `wire [${width - 1}:0] ${name}_0;`,
  `logic [${width * cycles - 1}:0] ${name}_late;`,
  `always_ff @(posedge clk) if (advance) ${name}_late <= {${name}_late, ${name}_0};`,
  `assign ${name} = ${name}_late[${width * (cycles - 1)}+:${width}];`,
];
