/** The steps of AMD's tools, in the order in which they run. */
export const HLS_STEPS = ["csim", "csynth", "cosim", "export"] as const;
export const VIVADO_STEPS = ["block-design", "synthesis", "implementation"] as const;
export const VENDOR_STEPS = [...HLS_STEPS, ...VIVADO_STEPS] as const;

export type VendorStep = (typeof VENDOR_STEPS)[number];
