/**
 * How fast Bitloom is, in one run on one machine:
 *
 *     npm run bench:speed
 *
 * FracNet's figures need ../shared/fracnet; without it they are left out.
 */
import { cpus } from "node:os";
import { hasShared } from "../test/tools/fracbnn-parameters.ts";
import { exploreSpeed } from "./explore-speed.ts";
import { fracnetSpeed } from "./fracnet-speed.ts";
import { generateSpeed } from "./generate-speed.ts";
import { startSpeed } from "./start-speed.ts";
import { writeTable } from "./table.ts";

const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.versions.node}`;
const rows = [
  ...startSpeed(),
  ...exploreSpeed(),
  ...(hasShared ? await fracnetSpeed() : []),
  ...(await generateSpeed([100_000, 1_000_000, 10_000_000, 50_000_000])),
];
console.log(writeTable(machine, rows));
