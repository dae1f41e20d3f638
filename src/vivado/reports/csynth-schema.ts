/** What C synthesis reports: the values of `<top>_csynth.xml`, and per module and loop those of `csynth.xml` (VENDOR.md §1.1). */
import { z } from "zod";
import { cyclesSchema, hlsResourcesSchema } from "./hls-values.ts";

const ns = z.number().nullable();

const timesSchema = {
  /** `none`, `no`, `yes`, `dataflow`, or a sentence such as `loop auto-rewind stp(delay=0 clock cycles(s))`. */
  pipelineType: z.string().nullable(),
  clockTargetNs: ns,
  clockUncertaintyNs: ns,
  clockEstimatedNs: ns,
  latencyMin: cyclesSchema,
  /** May be `undef` while the minimum and the maximum are numbers. */
  latencyAvg: cyclesSchema,
  latencyMax: cyclesSchema,
  /** One more than in the .rpt of the same run. */
  intervalMin: cyclesSchema,
  intervalMax: cyclesSchema,
};

const boundsSchema = z.strictObject({ min: cyclesSchema, max: cyclesSchema });

export interface Loop {
  name: string;
  tripCount: z.infer<typeof boundsSchema>;
  latency: z.infer<typeof boundsSchema>;
  iterationLatency: z.infer<typeof boundsSchema>;
  pipelineII: z.infer<typeof cyclesSchema>;
  pipelineDepth: z.infer<typeof cyclesSchema>;
  loops: Loop[];
}

const loopSchema: z.ZodType<Loop> = z.strictObject({
  name: z.string(),
  tripCount: boundsSchema,
  latency: boundsSchema,
  iterationLatency: boundsSchema,
  pipelineII: cyclesSchema,
  pipelineDepth: cyclesSchema,
  get loops() {
    return z.array(loopSchema);
  },
});

const moduleSchema = z.strictObject({
  name: z.string(),
  ...timesSchema,
  used: hlsResourcesSchema,
  loops: z.array(loopSchema),
});

export const csynthSchema = z.strictObject({
  top: z.string().nullable(),
  ...timesSchema,
  dataflowPipelineThroughput: cyclesSchema.optional(),
  used: hlsResourcesSchema.nullable(),
  available: hlsResourcesSchema.nullable(),
  /** How the file names DSPs: `DSP48E` up to Vivado HLS 2020.1, `DSP` in Vitis HLS. */
  dspTag: z.enum(["DSP", "DSP48E"]).nullable(),
  loops: z.array(loopSchema),
});

export const csynthAllSchema = z.strictObject({
  ...csynthSchema.shape,
  moduleCount: z.int(),
  firstModule: z.string().nullable(),
  lastModule: z.string().nullable(),
  /** Loops in all modules, nested ones included. */
  loopNodes: z.int(),
  modules: z.array(moduleSchema),
});

export type Csynth = z.infer<typeof csynthSchema>;
export type CsynthAll = z.infer<typeof csynthAllSchema>;
export type Module = z.infer<typeof moduleSchema>;
