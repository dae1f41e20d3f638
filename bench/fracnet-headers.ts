/** Writes the release's two headers from ../shared/fracnet: `node build/bench/bench/fracnet-headers.js FOLDER`. */
import { sharedArrays } from "../test/tools/fracbnn-parameters.ts";
import { writeFracbnnHeaders } from "../test/tools/fracbnn-headers.ts";

writeFracbnnHeaders(process.argv[2] as string, sharedArrays("params.npz"));
