/** The JSON Schema of model.json, for editors: docs/model.schema.json is generated from the schemas that check models. */
import { z } from "zod";
import type { Layer, LayerRegistry } from "../ir/layer.ts";
import { layers } from "../layers/index.ts";
import { document, node, tensor } from "./schema.ts";

/** Text of docs/model.schema.json. */
export function modelJsonSchema(registry: LayerRegistry = layers): string {
  const nodes = [...registry.values()].map(nodeSchema) as [z.ZodObject, ...z.ZodObject[]];
  const model = document
    .extend({
      nodes: z.array(z.discriminatedUnion("kind", nodes)).min(1),
      tensors: z.record(z.string(), tensor).default({}),
    })
    .meta({ title: "Bitloom model", description: "A quantized network: docs/model-format.md" });
  return `${JSON.stringify(z.toJSONSchema(model, { io: "input" }), null, 2)}\n`;
}

/** Attributes may be left out where the layer needs none. */
function nodeSchema({ kind, summary, attributes, arity: [least, most] }: Layer): z.ZodObject {
  const optional = attributes.safeParse({}).success;
  return node
    .extend({
      kind: z.literal(kind),
      inputs: z.array(z.string()).min(least).max(most),
      attributes: optional ? attributes.optional() : attributes,
    })
    .meta({ description: summary });
}
