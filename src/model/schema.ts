/** The structure of model.json, version 1: docs/model-format.md. What it means together is checked by load.ts. */
import { z } from "zod";
import { formatCast, parseCast } from "../ir/cast.ts";
import type { DataType, FixedType } from "../ir/data-type.ts";
import { formatType, MAX_WIDTH, typeProblem } from "../ir/data-type.ts";

export const FORMAT = "bitloom";
export const VERSION = 1;

const TYPE_HELP = "a type such as ap_fixed<12,4>, ap_ufixed<8,0>, ap_int<8>, ap_uint<8>";

/** The type of stored values or of the input: no modes, as nothing is cast. */
const dataType = z
  .codec(z.string(), z.custom<DataType>(), {
    decode: (text, context) => {
      const cast = parseCast(text);
      const problem = cast ? storedTypeProblem(cast.type, formatCast(cast)) : `expected ${TYPE_HELP} or bipolar`;
      if (cast && problem === undefined) return cast.type;
      context.issues.push({ code: "custom", message: problem as string, input: text });
      return z.NEVER;
    },
    encode: formatType,
  })
  .meta({ description: `${TYPE_HELP} or bipolar` });

function storedTypeProblem(type: DataType, text: string): string | undefined {
  if (text !== formatType(type)) return "a type without rounding and overflow modes stands here";
  return typeProblem(type);
}

const fixedType = z
  .codec(dataType, z.custom<FixedType>(), {
    decode: (type, context) => {
      if (type.kind === "fixed") return type;
      context.issues.push({ code: "custom", message: 'use the encoding "bipolar" instead', input: "bipolar" });
      return z.NEVER;
    },
    encode: (type) => type,
  })
  .meta({ description: TYPE_HELP });

const name = z.string().meta({ pattern: "^[A-Za-z][A-Za-z0-9_]*$" });
const size = z.int().min(1);

const feature = z.union([z.tuple([size]), z.tuple([size, size, size])]).meta({
  description: "[channels] or [channels, height, width]",
});

const shape = z.array(size).min(1).max(8).meta({ description: "Row-major" });

/** A raw integer, or its decimal digits where a JSON number would be inexact. */
const integer = z.union([z.int(), z.string().regex(/^-?\d{1,25}$/)]);

export const sidecar = z.strictObject({ file: z.string().min(1), key: z.string().min(1) });
export type SidecarReference = z.output<typeof sidecar>;

const DATA_IN_FILE = {
  type: "object",
  properties: { file: { type: "string" }, key: { type: "string" } },
  required: ["file", "key"],
  additionalProperties: false,
} as const;

/** Checked by weights.ts element by element: zod would take minutes for millions of them. */
const data = z.unknown().meta({
  description: "Flat array of integers, or where they are in a .safetensors or .npz file beside the model",
  anyOf: [
    { type: "array", items: { anyOf: [{ type: "integer" }, { type: "string", pattern: "^-?\\d{1,25}$" }] } },
    DATA_IN_FILE,
  ],
});

const floatData = z.unknown().meta({
  description: "Flat array of numbers, or where they are in a .safetensors or .npz file beside the model",
  anyOf: [{ type: "array", items: { type: "number" } }, DATA_IN_FILE],
});

export const tensor = z.discriminatedUnion("encoding", [
  z.strictObject({ encoding: z.literal("fixed"), shape, type: fixedType, data }),
  z.strictObject({ encoding: z.literal("bipolar"), shape, data }),
  z.strictObject({ encoding: z.literal("ternary"), shape, data }),
  z.strictObject({
    encoding: z.literal("k-hot"),
    shape,
    type: fixedType,
    terms: z.int().min(1).max(MAX_WIDTH),
    digits: z.enum(["signed", "unsigned"]).default("signed"),
    data,
  }),
  z.strictObject({
    encoding: z.literal("codebook"),
    shape,
    type: fixedType,
    table: z.array(integer).min(1).max(65536),
    data,
  }),
  z.strictObject({ encoding: z.literal("float"), shape, data: floatData }).meta({
    description: "Real numbers, for `bitloom quantize` only (docs/quantize.md)",
  }),
]);
export type TensorEntry = z.output<typeof tensor>;
export type FloatEntry = Extract<TensorEntry, { encoding: "float" }>;
/** An entry whose data are integers. */
export type ExactEntry = Exclude<TensorEntry, FloatEntry>;

const input = z.strictObject({ name, shape: feature, type: dataType });

export const node = z.strictObject({
  name,
  kind: z.string(),
  inputs: z.array(z.string()).min(1),
  attributes: z.unknown().optional(),
});
export type NodeEntry = z.output<typeof node>;

/** Everything; nodes and tensors are parsed one by one, so that a mistake in one hides no other. */
export const document = z.strictObject({
  $schema: z.string().optional().meta({ description: "For editors" }),
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  name,
  input,
  nodes: z.array(z.unknown()).min(1),
  output: z.string().meta({ description: "Name of a node" }),
  tensors: z.record(z.string(), z.unknown()).default({}),
});
export type Document = z.output<typeof document>;
