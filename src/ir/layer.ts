/** The contract of a layer kind. Shared code asks it and never looks at a kind's name. */
import type { z } from "zod";
import type { Diagnostic } from "../diagnostics.ts";
import type { Arithmetic } from "./arithmetic.ts";
import type { Attributes, Stream } from "./graph.ts";
import type { Hardware } from "./hardware.ts";
import type { HlsOptions, HlsStage } from "./hls/stage.ts";
import type { Parameter } from "./parameter.ts";
import type { Range } from "./range.ts";
import type { Real } from "./real.ts";
import type { RtlOptions, RtlStage } from "./rtl/stage.ts";
import type { Tensor } from "./tensor.ts";

/** What a layer may know of its node. */
export interface LayerContext<A> {
  readonly name: string;
  /** JSON path of the node, for diagnostics: `nodes[3]`. */
  readonly path: string;
  readonly attributes: A;
  readonly inputs: readonly Stream[];
  /** A tensor by its name in the model. */
  parameter(name: string): Parameter;
}

export type Report = (diagnostic: Diagnostic) => void;

/** Parallelism of a stage: output channels and input elements per cycle. */
export interface Folding {
  readonly pe: number;
  readonly simd: number;
  /** Its memories are in block RAM wherever that takes fewer LUTs, and with "products" sums of products, too; else only large ones are. */
  readonly blockRam?: true | "products" | undefined;
}

/** Receives values from inside a node (`suffix` as docs/ir.md names them). */
export type Tap = (suffix: string, tensor: Tensor) => void;

/** Computes one image. */
export type Evaluate = (inputs: readonly Tensor[], tap?: Tap) => Tensor;

/** The operands of a formula; the layer's arity says how many of them there are. */
export type Operands<V> = readonly [V, V];
export const operands = <V>(values: readonly V[]): Operands<V> => values as Operands<V>;

/** The output of an elementwise kind as a function of its inputs, one element at a time. */
export type Formula<A> = <V>(arithmetic: Arithmetic<V>, context: LayerContext<A>, inputs: Operands<V>) => V;

export interface Layer<A = Attributes> {
  readonly kind: string;
  /** One line, for the catalogue in docs/. */
  readonly summary: string;
  /** Shape of the attributes in model.json and in the IR. */
  readonly attributes: z.ZodType<A>;
  /** How many inputs a node takes, least and most. */
  readonly arity: readonly [least: number, most: number];
  /** The tensors that the attributes name, by attribute. */
  parameters(attributes: A): Readonly<Record<string, string | undefined>>;
  /** The tensor that a design with reloadable weights can load again. */
  weight?(attributes: A): string;
  /** Checks tensors and input streams, reports every problem, and gives the output's stream if there was none. */
  infer(context: LayerContext<A>, report: Report): Stream | undefined;
  /** Elementwise kinds only: what may be fused with its neighbours into one stage. */
  formula?<V>(arithmetic: Arithmetic<V>, context: LayerContext<A>, inputs: Operands<V>): V;
  /** The meaning. What can be prepared once for all images is prepared before it returns. */
  reference(context: LayerContext<A>, output: Stream): Evaluate;
  /** On real numbers, for `bitloom quantize`; absent where only bits and codes have a meaning. */
  readonly real?: Real<A>;
  /** What the output can be, given what the inputs can be. */
  range(context: LayerContext<A>, output: Stream, inputs: readonly Range[]): Range;
  /**
   * The attributes with smaller casts, given what the inputs can be: nothing may change but types that are needlessly wide
   * and modes that never matter. With `keepType` the output's type stays as well.
   */
  narrowed?(context: LayerContext<A>, inputs: readonly Range[], keepType: boolean): A;
  /** The node as a stage. */
  hardware(context: LayerContext<A>, output: Stream): Hardware;
  /** Its stage in HLS C++; for elementwise kinds it follows from the formula. */
  hls?(context: LayerContext<A>, options: HlsOptions): HlsStage;
  /** Its stage in SystemVerilog; for elementwise kinds it follows from the formula. */
  rtl?(context: LayerContext<A>, options: RtlOptions): RtlStage;
}

/** Beats of a stage: elements per beat of each input and of the output. */
export interface Lanes {
  readonly inputs: readonly number[];
  readonly output: number;
}

/** What a stage takes of the device (per frame and in total). */
export interface Cost {
  readonly cycles: number;
  readonly lut: number;
  readonly ff: number;
  readonly bram18: number;
  readonly dsp: number;
}

export type LayerRegistry = ReadonlyMap<string, Layer>;
