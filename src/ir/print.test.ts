import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../test/networks/graph-builder.ts";
import { layers } from "../layers/index.ts";
import { schedule } from "../passes/index.ts";
import { unsignedInteger } from "./data-type.ts";
import { printGraph, printSchedule } from "./print.ts";

function tiny() {
  const build = new GraphBuilder("tiny", { name: "x", shape: [2, 4, 4], type: unsignedInteger(8) });
  const padding = { top: 1, left: 1, bottom: 1, right: 1, value: "absent" };
  const a = build.node("conv2d", "a", ["x"], { weight: build.bipolar([2, 2, 3, 3]), padding });
  const b = build.node("affine", "b", [a], { scale: build.constant(3), bias: build.constant(-1), type: "ap_int<8>" });
  return build.graph(build.node("add", "c", ["x", b], {}), layers);
}

describe("print", () => {
  it("shows nodes, what is not implied of their attributes, streams and tensors", () => {
    expect(printGraph(tiny(), layers)).toBe(`graph tiny: x ap_uint<8> [2, 4, 4] -> c
  a = conv2d(x) weight=t0 padding={top:1,left:1,bottom:1,right:1,value:absent}: ap_int<13> [2, 4, 4]
  b = affine(a) scale=t1 bias=t2 type=ap_int<8>: ap_int<8> [2, 4, 4]
  c = add(x, b): ap_int<10> [2, 4, 4]
  t0 = bipolar [2, 2, 3, 3]
  t1 = fixed ap_fixed<12,4> [1] 3
  t2 = fixed ap_fixed<12,4> [1] -1
`);
  });

  it("shows stages and FIFOs", () => {
    const scheduled = schedule(tiny(), {
      foldings: new Map([
        ["a", { pe: 2, simd: 18 }],
        ["c", { pe: 2, simd: 1 }],
      ]),
    });
    expect(printSchedule(scheduled, layers)).toBe(`schedule tiny: x_to_fork -> c_to_output, 21 cycles per frame
  fork x_fork: x_to_fork -> x_to_a, x_to_c, 16 cycles
  stage a: x_to_a -> a_to_c, pe 2, simd 18, 21 cycles
    a = conv2d(x) weight=t0 padding={top:1,left:1,bottom:1,right:1,value:absent}
  stage c: a_to_c, x_to_c -> c_to_output, pe 2, simd 1, 16 cycles
    b = affine(a) scale=t1 bias=t2 type=ap_int<8>
    c = add(x, b)
fifos
  x_to_fork: 2 x ap_uint<8>, 2 deep
  x_to_a: 2 x ap_uint<8>, 3 deep
  x_to_c: 2 x ap_uint<8>, 13 deep
  a_to_c: 2 x ap_int<13>, 2 deep
  c_to_output: 2 x ap_int<10>, 2 deep
`);
  });
});
