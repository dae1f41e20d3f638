/** All layer kinds. A new kind is a folder and a line here. */
import type { Attributes } from "../ir/graph.ts";
import type { Layer, LayerRegistry } from "../ir/layer.ts";
import { add } from "./add/index.ts";
import { addConstant } from "./add-constant/index.ts";
import { affine } from "./affine/index.ts";
import { argmax } from "./argmax/index.ts";
import { averagePool } from "./average-pool/index.ts";
import { concat } from "./concat/index.ts";
import { conv2d } from "./conv2d/index.ts";
import { dense } from "./dense/index.ts";
import { gatedConv2d } from "./gated-conv2d/index.ts";
import { globalAveragePool } from "./global-average-pool/index.ts";
import { lookup } from "./lookup/index.ts";
import { maxPool } from "./max-pool/index.ts";
import { prelu } from "./prelu/index.ts";
import { quantize } from "./quantize/index.ts";
import { relu } from "./relu/index.ts";
import { thermometer } from "./thermometer/index.ts";

const kinds = [
  thermometer,
  conv2d,
  gatedConv2d,
  dense,
  affine,
  addConstant,
  prelu,
  relu,
  quantize,
  lookup,
  add,
  concat,
  averagePool,
  maxPool,
  globalAveragePool,
  argmax,
] as readonly Layer<Attributes>[];

export const layers: LayerRegistry = new Map(kinds.map((layer) => [layer.kind, layer]));
