/** The steps of AMD's tools, in the order in which they run. */
export const HLS_STEPS = ["csim", "csynth", "cosim", "export"] as const;
export const VIVADO_STEPS = ["block-design", "synthesis", "implementation"] as const;
/** From HLS C++ to the bitstream. */
export const VENDOR_STEPS = [...HLS_STEPS, ...VIVADO_STEPS] as const;
/** From SystemVerilog to the bitstream. */
export const RTL_STEPS = ["package", ...VIVADO_STEPS] as const;
export const BUILD_STEPS = [...HLS_STEPS, ...RTL_STEPS] as const;

export type VendorStep = (typeof BUILD_STEPS)[number];
