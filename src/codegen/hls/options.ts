export interface HlsProjectOptions {
  /** AXI-Stream ports with TLAST instead of memory ports. */
  readonly axiStream: boolean;
  /** Whether products with stored numbers may use DSPs; without, they are shifts and adds. */
  readonly allowDsp: boolean;
  readonly clockMegahertz: number;
  readonly part: string;
  /** Frames that the testbench runs. */
  readonly cosimFrames: number;
}
