import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/tools/temporary.ts";
import { findTool } from "../../build/tool.ts";
import { countRtlMultiplications } from "./multiplications.ts";
import { YOSYS } from "./tool.ts";

const yosys = await findTool(YOSYS).catch(() => undefined);

const PRODUCT = `module product #(parameter int FACTOR = 0) (input logic signed [7:0] a, b, output logic signed [19:0] y);
  assign y = FACTOR != 0 ? a * FACTOR : a * b + a * b * b;
endmodule`;
const top = (factor: number) => `module top(input logic signed [7:0] a, b, output logic signed [19:0] y);
  product #(.FACTOR(${factor})) p (.*);
endmodule`;

test.skipIf(!yosys)(yosys ? "products of two signals are counted" : "skipped: there is no Yosys", async () => {
  const count = async (factor: number) => {
    const sources = new Map([
      ["rtl/product.sv", PRODUCT],
      ["rtl/top.sv", top(factor)],
    ]);
    const log = join(temporaryFolder(), "log");
    const counts = await countRtlMultiplications(sources, "top", log, { yosys: yosys as NonNullable<typeof yosys> });
    return [...counts.values()];
  };
  expect(await count(0)).toEqual([3]);
  expect(await count(77)).toEqual([]);
});
