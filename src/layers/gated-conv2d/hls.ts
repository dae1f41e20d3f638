import { signedInteger, smallestType } from "../../ir/data-type.ts";
import { CppArithmetic } from "../../ir/hls/cpp-arithmetic.ts";
import type { HlsOptions, HlsStage } from "../../ir/hls/stage.ts";
import { borderLookup, matrixVector, matrixVectorNumbers, startTable, windowedStage } from "../../ir/hls/sums.ts";
import { BIPOLAR_CODE, packWeights } from "../../ir/hls/weights.ts";
import type { LayerContext } from "../../ir/layer.ts";
import { constantRange } from "../../ir/range.ts";
import type { Sums } from "../../ir/sums.ts";
import { gatedSum, integerGate } from "./gated-sum.ts";
import type { GatedConv2d } from "./index.ts";
import { gatedSums } from "./sums.ts";

/** Both planes of bits go through one matrix-vector unit: each row of weights is read once for the two of them. */
export function hls(context: LayerContext<GatedConv2d>, options: HlsOptions): HlsStage {
  const { sums, windowing } = gatedSums(context, options);
  const { shape, groups } = sums;
  const weights = packWeights(`${context.name}_weights`, sums.weight, BIPOLAR_CODE, shape);
  const { unitBase, unit, tables } = gatedUnit(context, options, sums);
  const all = [weights, ...tables];
  const words = weights.dimensions[2] as number;
  const numbers = matrixVectorNumbers(shape, groups, shape.simd * windowing.bits, options.output, words);
  return windowedStage(
    windowing,
    {
      headers: ["xnor_unit.hpp", "shift_add.hpp", "tap.hpp"],
      tables: all,
      unitBase,
      unit,
      processes: [matrixVector(weights, all)],
    },
    numbers,
  );
}

/** From the counts of the two planes to the output: their sums, then the formula. */
function gatedUnit(context: LayerContext<GatedConv2d>, options: HlsOptions, sums: Sums) {
  const { name, attributes, parameter } = context;
  const { outputs, channels, taps, simd, pe } = sums.shape;
  const length = BigInt(channels * taps);
  const { width } = smallestType(-length, length, 0);
  const start = startTable(sums, 0, () => length, width);
  const [borderLines, borderTables] = borderLookup(name, sums.borders);
  const names = new Map([
    [parameter(attributes.threshold), `${name}_threshold`],
    [parameter(attributes.highScale), `${name}_high_scale`],
    [parameter(attributes.lowScale), `${name}_low_scale`],
  ]);
  const arithmetic = new CppArithmetic({
    name,
    channels: outputs,
    lanes: pe,
    allowDsp: options.allowDsp,
    nameOf: (tensor) => names.get(tensor),
  });
  const plane = (which: string, index: number) => {
    const bits = `exact<${width}>(${start.name}[border][row][lane], sums[${index}], 0)`;
    return arithmetic.input(which, bits, signedInteger(width), constantRange(0, -length, length, outputs));
  };
  const [high, low] = [plane("high", 1), plane("low", 0)];
  const { l, y } = gatedSum(arithmetic, context, high, low, integerGate);
  const { bits } = arithmetic.result("gated", y, options.output.type);
  arithmetic.tap(`${name}.high`, high);
  arithmetic.tap(`${name}.low`, l);
  const lines = arithmetic.lines(bits);
  const unit = [
    ...borderLines,
    "static ap_uint<shape::out_bits> finish(const accumulator (&sums)[2], const int border, const int row, const int lane) {",
    "  BITLOOM_HLS(INLINE)",
    ...lines.map((line) => `  ${line}`),
    `  return ${bits};`,
    "}",
  ];
  return {
    unitBase: `bitloom::xnor_unit<${simd}, 2, ${length}>`,
    unit,
    tables: [...borderTables, start, ...arithmetic.tablesIn(lines)],
  };
}
