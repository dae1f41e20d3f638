import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import wabt from "wabt";
import { XNOR_MODULE } from "./xnor-module.ts";

/** `UPDATE=1 npx vitest run src/ir/xnor.test.ts` writes the module anew. */
it("the committed module is what xnor.wat says", async () => {
  const source = new URL("./xnor.wat", import.meta.url);
  const target = new URL("./xnor-module.ts", import.meta.url);
  const { buffer } = (await wabt()).parseWat("xnor.wat", readFileSync(source, "utf8")).toBinary({});
  const text = Buffer.from(buffer).toString("base64");
  if (process.env["UPDATE"]) writeFileSync(target, readFileSync(target, "utf8").replace(/"[^"]*";/, `"${text}";`));
  expect(XNOR_MODULE).toBe(text);
});
