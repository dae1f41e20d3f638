import { expect, it } from "vitest";
import { modelJsonSchema } from "./json-schema.ts";

it("docs/model.schema.json is fresh: npm run docs", async () => {
  await expect(modelJsonSchema()).toMatchFileSnapshot("../../docs/model.schema.json");
});
