import fc from "fast-check";
import { expect, test } from "vitest";
import type { Row, Saving } from "./shared-sums.ts";
import { rowsOf, shareSums } from "./shared-sums.ts";

/** Some numbers twice, so that there is something to share. */
const factor = fc.oneof(fc.bigInt({ min: -2000n, max: 2000n }), fc.constantFrom(0n, 3n, -5n, 12n, 85n));
const matrix = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 8 }))
  .chain(([inputs, outputs]) =>
    fc.array(fc.array(factor, { minLength: inputs, maxLength: inputs }), { minLength: outputs, maxLength: outputs }),
  );

/** Of cheap rows, and of adders. */
const savings: [Saving, Saving] = [
  (count, { first, second, sum, passed }) => (count / 2) * (first + second - sum) - (sum - passed),
  (count, { sum, passed }) => (count - 1) * (sum - passed),
];

const value = (sources: readonly bigint[], { source, shift, sign }: Row): bigint =>
  BigInt(sign) * ((sources[source] as bigint) << BigInt(shift));

test("rows of inputs and of shared sums add up to the products with the matrix", () => {
  fc.assert(
    fc.property(
      matrix,
      fc.constantFrom(...savings),
      fc.integer({ min: 0, max: 4 }),
      fc.infiniteStream(fc.bigInt(-300n, 300n)),
      (factors, saving, mostDepth, numbers) => {
        const inputs = (factors[0] as bigint[]).map(() => numbers.next().value as bigint);
        const { shared, outputs } = shareSums(
          factors.map(rowsOf),
          inputs.map(() => 8),
          { saving, mostDepth },
        );
        const sources = [...inputs];
        for (const { first, second, ...place } of shared)
          sources.push((sources[first] as bigint) + value(sources, { source: second, ...place }));
        expect(outputs.map((rows) => rows.reduce((sum, row) => sum + value(sources, row), 0n))).toEqual(
          factors.map((row) => row.reduce((sum, raw, i) => sum + raw * (inputs[i] as bigint), 0n)),
        );
      },
    ),
    { numRuns: 500 },
  );
});

test("what four sums have in common is added up once", () => {
  const rows = [1, 2, 4, 8].map((scale) => rowsOf([5n, -3n].map((raw) => raw * BigInt(scale))));
  const { shared, outputs } = shareSums(rows, [8, 8], { saving: savings[0], mostDepth: 3 });
  expect(shared).toHaveLength(3);
  expect(outputs.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
});
