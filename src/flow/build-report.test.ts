import { expect, test } from "vitest";
import { fracnetLike } from "../../test/networks/fracnet.ts";
import type { CostEntry } from "../report/build-report.ts";
import { expectedOf } from "../report/build-report.ts";
import type { BuildFacts } from "./build-report.ts";
import { buildReport } from "./build-report.ts";
import { makeProject } from "./project.ts";

test("stages, FIFOs, forks and converters are together what the search expects", () => {
  const { scheduled, area } = makeProject(fracnetLike(8, 1), { targetCycles: 4096 });
  const expected = expectedOf(buildReport(scheduled, {} as BuildFacts));
  for (const name of Object.keys(area) as (keyof CostEntry)[]) expect(expected[name]).toBeCloseTo(area[name], 6);
});
