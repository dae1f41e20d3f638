/** Writes the release's two headers from ../shared/fracnet: `node build/bench/bench/fracnet-headers.js FOLDER`. */

import { writeFracbnnHeaders } from "../test/tools/fracbnn-headers.ts";
import { sharedArrays } from "../test/tools/fracbnn-parameters.ts";

writeFracbnnHeaders(process.argv[2] as string, sharedArrays("params.npz"));
