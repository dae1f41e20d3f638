import { describe, it } from "vitest";
import { expectSameMeaning } from "../../test/properties/same-meaning.ts";
import { layers } from "../layers/index.ts";
import { optimize, passes } from "./index.ts";

describe("every value stays what it was on random graphs", () => {
  for (const { name, run } of passes) it(name, () => expectSameMeaning((graph) => run(graph, layers), 300, 5));
  it("all passes", () => expectSameMeaning(optimize, 300, 6));
});
