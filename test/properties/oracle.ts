/**
 * docs/ir.md once more, in the plainest words: one number at a time, exact bigints, no sharing with the executor but the cast.
 * The executor is compared with it.
 */
import type { Cast, FixedCast } from "../../src/ir/cast.ts";
import { castRaw, divideRounded, overflowed } from "../../src/ir/cast.ts";
import { numeric } from "../../src/ir/data-type.ts";
import type { Graph, Node, Stream } from "../../src/ir/graph.ts";
import type { Parameter } from "../../src/ir/parameter.ts";

/** raw * 2^-fraction. */
interface Exact {
  readonly raw: bigint;
  readonly fraction: number;
}

const ZERO: Exact = { raw: 0n, fraction: 0 };

function add(a: Exact, b: Exact): Exact {
  const fraction = Math.max(a.fraction, b.fraction);
  return { raw: (a.raw << BigInt(fraction - a.fraction)) + (b.raw << BigInt(fraction - b.fraction)), fraction };
}
const multiply = (a: Exact, b: Exact): Exact => ({ raw: a.raw * b.raw, fraction: a.fraction + b.fraction });
const negate = (a: Exact): Exact => ({ ...a, raw: -a.raw });
const less = (a: Exact, b: Exact): boolean => add(a, negate(b)).raw < 0n;
const cast = (a: Exact, to: Cast | undefined): Exact =>
  to ? { raw: castRaw(a.raw, a.fraction, to), fraction: numeric(to.type).fraction } : a;

function divide(a: Exact, divisor: bigint, to: FixedCast): Exact {
  const shift = BigInt(to.type.fraction - a.fraction);
  const [n, d] = shift >= 0n ? [a.raw << shift, divisor] : [a.raw, divisor << -shift];
  const rounded = divideRounded(n, d, to.rounding);
  return { raw: overflowed(rounded, to, () => divideRounded(n, d, "AP_TRN")), fraction: to.type.fraction };
}

function element(parameter: Parameter, index: number): Exact {
  const stored = BigInt(parameter.data[index] as number | bigint);
  const { fraction } = numeric(parameter.type);
  if (parameter.encoding === "bipolar") return { raw: 2n * stored - 1n, fraction: 0 };
  if (parameter.encoding === "codebook") return { raw: parameter.table?.[Number(stored)] as bigint, fraction };
  return { raw: stored, fraction };
}

/** Values of a stream as a function of channel, row, column; undefined outside of the map. */
type Map3 = (c: number, r: number, w: number) => Exact | undefined;

/** Every attribute of any kind. */
interface Attributes {
  readonly [tensor: string]: unknown;
  readonly type: FixedCast;
  readonly accumulator: FixedCast | undefined;
  readonly groups: number;
  readonly levels: number;
  readonly step: number;
  readonly rounding: FixedCast["rounding"];
  readonly stride: readonly [number, number];
  readonly kernel: readonly [number, number];
  readonly padding: Padding;
}
type Kind = (
  a: Attributes,
  inputs: readonly Map3[],
  streams: readonly Stream[],
  p: (name: string) => Parameter,
) => Map3;

const per = (parameter: Parameter, c: number): Exact => element(parameter, parameter.data.length === 1 ? 0 : c);
const each =
  (f: (x: Exact, c: number, a: Attributes, p: (name: string) => Parameter) => Exact): Kind =>
  (a, [x], _s, p) =>
  (c, r, w) =>
    cast(f(x!(c, r, w)!, c, a, p), a.type);

interface Padding {
  readonly top: number;
  readonly left: number;
  readonly value: "absent" | number;
}

function tap(x: Map3, stream: Stream, padding: Padding, c: number, r: number, w: number): Exact | undefined {
  const [, height, width] = stream.shape;
  if (r >= 0 && r < height && w >= 0 && w < width) return x(c, r, w);
  return padding.value === "absent"
    ? undefined
    : { raw: BigInt(padding.value), fraction: numeric(stream.type).fraction };
}

/** Sum over kernel row, kernel column, channel; `see` may show the taps in another light. */
function convolve(
  a: Attributes,
  x: Map3,
  stream: Stream,
  p: (name: string) => Parameter,
  o: number,
  i: number,
  j: number,
  see = (v: Exact) => v,
): Exact {
  const weight = p(a["weight"] as string);
  const [outputs, channels, kh, kw] = weight.shape as [number, number, number, number];
  const group = Math.floor(o / (outputs / a.groups));
  const [sv, sh] = a.stride;
  const padding = a.padding;
  let acc = cast(a["bias"] === undefined ? ZERO : per(p(a["bias"] as string), o), a.accumulator);
  for (let kr = 0; kr < kh; kr++)
    for (let kc = 0; kc < kw; kc++)
      for (let c = 0; c < channels; c++) {
        const v = tap(x, stream, padding, group * channels + c, i * sv + kr - padding.top, j * sh + kc - padding.left);
        if (v === undefined) continue;
        const w = element(weight, ((o * channels + c) * kh + kr) * kw + kc);
        acc = cast(add(acc, multiply(w, see(v))), a.accumulator);
      }
  return acc;
}

const plane =
  (bit: bigint) =>
  (code: Exact): Exact => ({ raw: 2n * ((code.raw >> bit) & 1n) - 1n, fraction: 0 });

function average(a: Attributes, taps: readonly (Exact | undefined)[]): Exact {
  const sum = taps.reduce<Exact>((acc, v) => cast(add(acc, v ?? ZERO), a.accumulator), ZERO);
  return divide(sum, BigInt(taps.length), a.type);
}

function windowTaps(a: Attributes, x: Map3, stream: Stream, c: number, i: number, j: number): (Exact | undefined)[] {
  const [kh, kw] = a.kernel;
  const [sv, sh] = a.stride;
  const padding = { ...a.padding, value: "absent" as const };
  return Array.from({ length: kh * kw }, (_, t) =>
    tap(x, stream, padding, c, i * sv + Math.floor(t / kw) - padding.top, j * sh + (t % kw) - padding.left),
  );
}

const KINDS: Record<string, Kind> = {
  thermometer:
    (a, [x]) =>
    (c, r, w) => {
      const level = divideRounded(x!(Math.floor(c / a.levels), r, w)!.raw, BigInt(a.step), a.rounding);
      return { raw: BigInt(c % a.levels) < level ? 1n : -1n, fraction: 0 };
    },
  conv2d:
    (a, [x], [s], p) =>
    (o, i, j) =>
      convolve(a, x!, s!, p, o, i, j),
  dense: (a, [x], [s], p) => {
    const [channels, height, width] = s!.shape;
    return (o) => {
      let acc = cast(a["bias"] === undefined ? ZERO : per(p(a["bias"] as string), o), a.accumulator);
      for (let r = 0; r < height; r++)
        for (let w = 0; w < width; w++)
          for (let c = 0; c < channels; c++) {
            const weight = element(
              p(a["weight"] as string),
              o * channels * height * width + (c * height + r) * width + w,
            );
            acc = cast(add(acc, multiply(weight, x!(c, r, w)!)), a.accumulator);
          }
      return acc;
    };
  },
  "gated-conv2d":
    (a, [x], [s], p) =>
    (o, i, j) => {
      const m = convolve(a, x!, s!, p, o, i, j, plane(1n));
      const l0 = convolve(a, x!, s!, p, o, i, j, plane(0n));
      const [high, low] = [element(p(a["highScale"] as string), 0), element(p(a["lowScale"] as string), 0)];
      const l = less(per(p(a["threshold"] as string), o), multiply(high, m)) ? l0 : ZERO;
      const t = cast(multiply(cast(m, a.type), high), a.type);
      return cast(add(t, multiply(cast(l, a.type), low)), a.type);
    },
  affine: each((x, c, a, p) => add(multiply(per(p(a["scale"] as string), c), x), per(p(a["bias"] as string), c))),
  "add-constant": each((x, c, a, p) => add(x, per(p(a["constant"] as string), c))),
  prelu: each((x, c, a, p) => (x.raw < 0n ? multiply(per(p(a["slope"] as string), c), x) : x)),
  relu: each((x) => (x.raw < 0n ? ZERO : x)),
  quantize:
    (a, [x], _s, p) =>
    (c, r, w) => {
      const v = x!(c, r, w)!;
      if (a["thresholds"] === undefined) return cast(v, a.type);
      const thresholds = p(a["thresholds"] as string);
      const count = thresholds.shape.at(-1) as number;
      const row = thresholds.data.length === count ? 0 : c;
      let code = 0n;
      for (let t = 0; t < count; t++) if (!less(v, element(thresholds, row * count + t))) code++;
      const bipolar = (a.type as Cast | undefined)?.type.kind === "bipolar";
      return { raw: bipolar ? 2n * code - 1n : code, fraction: 0 };
    },
  lookup:
    (a, [x], _s, p) =>
    (c, r, w) => {
      const table = p(a["table"] as string);
      const count = table.shape.at(-1) as number;
      const row = table.data.length === count ? 0 : c;
      return cast(element(table, row * count + Number(x!(c, r, w)!.raw) - (a["low"] as number)), a.type);
    },
  add:
    (a, [x, y]) =>
    (c, r, w) =>
      cast(add(x!(c, r, w)!, y!(c, r, w)!), a.type),
  concat: (_a, inputs, streams) => (c, r, w) => {
    let channel = c;
    for (const [i, { shape }] of streams.entries()) {
      if (channel < shape[0]) return inputs[i]!(channel, r, w);
      channel -= shape[0];
    }
    return undefined;
  },
  "max-pool":
    (a, [x], [s]) =>
    (c, i, j) =>
      windowTaps(a, x!, s!, c, i, j).reduce((best, v) => (best && (!v || !less(best, v)) ? best : v)),
  "average-pool":
    (a, [x], [s]) =>
    (c, i, j) =>
      average(a, windowTaps(a, x!, s!, c, i, j)),
  "global-average-pool":
    (a, [x], [s]) =>
    (c) => {
      const [, height, width] = s!.shape;
      return average(
        a,
        Array.from({ length: height * width }, (_, p) => x!(c, Math.floor(p / width), p % width)),
      );
    },
  argmax:
    (_a, [x], [s]) =>
    (_c, r, w) => {
      let best = 0;
      for (let c = 1; c < s!.shape[0]; c++) if (less(x!(best, r, w)!, x!(c, r, w)!)) best = c;
      return { raw: BigInt(best), fraction: 0 };
    },
};

/** Raws of a node, as (channel, row, column), from those of its inputs. */
export function evaluateNode(graph: Graph, node: Node, inputs: readonly (readonly bigint[])[]): bigint[] {
  const streams = node.inputs.map((name) => graph.streams.get(name) as Stream);
  const maps = inputs.map((raws, k): Map3 => {
    const { shape, type } = streams[k] as Stream;
    return (c, r, w) => ({ raw: raws[(c * shape[1] + r) * shape[2] + w] as bigint, fraction: numeric(type).fraction });
  });
  const kind = KINDS[node.kind];
  if (!kind) throw new Error(`the oracle does not know ${node.kind}`);
  const map = kind(node.attributes as Attributes, maps, streams, (name) => graph.parameters.get(name) as Parameter);
  const { shape, type } = graph.streams.get(node.name) as Stream;
  const [, height, width] = shape;
  return Array.from({ length: shape[0] * height * width }, (_, i) => {
    const { raw, fraction } = map(Math.floor(i / (height * width)), Math.floor(i / width) % height, i % width)!;
    // The stream may have more fraction bits than this value: relu's exact 0, say.
    return raw << BigInt(numeric(type).fraction - fraction);
  });
}
