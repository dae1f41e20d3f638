/** Where the ap_ and hls_ headers are: ours, or AMD's own ap_ headers where BITLOOM_AP_HEADERS names their folder. */
import { join } from "node:path";
import type { Environment } from "../build/tool.ts";
import { packageFile } from "../package-root.ts";

const OURS = packageFile("sim/hls-headers");

export const apHeaders = (environment: Environment = process.env): string =>
  environment["BITLOOM_AP_HEADERS"] || join(OURS, "ap");

export const headerFolders = (environment: Environment = process.env): string[] => [
  apHeaders(environment),
  join(OURS, "hls"),
];
