/** An undeclared name is an error in all SystemVerilog, ours and generated; and is none in what is read behind it. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { generateAxi } from "../src/codegen/rtl/axi.ts";
import { generateRtl } from "../src/codegen/rtl/index.ts";
import { layers } from "../src/layers/index.ts";
import { packageFile } from "../src/package-root.ts";
import { optimize, schedule } from "../src/passes/index.ts";
import { smallNetwork } from "./networks/small.ts";

const fixed = ["src", "sim"].flatMap((folder) =>
  readdirSync(packageFile(folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".sv"))
    .map((path) => [path, readFileSync(packageFile(`${folder}/${path}`), "utf8")] as const),
);
const scheduled = schedule(optimize(smallNetwork()), { targetCycles: 100 });
const generated = [...generateRtl(scheduled, layers), ...generateAxi(scheduled, { axiStream: false })];

test.each([...fixed, ...generated])("%s", (_path, text) => {
  expect(text.startsWith("`default_nettype none\n")).toBe(true);
  expect(text.endsWith("endmodule\n\n`default_nettype wire\n")).toBe(true);
  // Where there is no default, an input says that it is a wire (IEEE 1800, 23.2.2.3).
  expect(text.match(/^\s*input (?!wire)(?!int ).*/m)).toBeNull();
});
