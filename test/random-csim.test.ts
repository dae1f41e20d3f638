/** A few dozen random networks through everything; `npm run bench:random` takes thousands. */
import { expect, test } from "vitest";
import { findTool } from "../src/build/tool.ts";
import { CXX } from "../src/opentools/cxx.ts";
import { randomModel, simulateBatch } from "./properties/csim-batch.ts";
import { temporaryFolder } from "./tools/temporary.ts";

const COUNT = 30;

test(`${COUNT} random networks give the same as C++ and in the reference`, { timeout: 600_000 }, async () => {
  const models = Array.from({ length: COUNT }, (_, i) => randomModel(1_000_000 + i));
  const verdicts = await simulateBatch(models, temporaryFolder(), await findTool(CXX));
  expect(verdicts.flatMap(([{ seed }, problem]) => (problem === undefined ? [] : `seed ${seed}: ${problem}`))).toEqual(
    [],
  );
});
