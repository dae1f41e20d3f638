/**
 * Registers on the way through the modules of src/templates/rtl: cycles from the one in which a stage takes the last it needs for a
 * beat to the one in which that beat goes into its FIFO.
 */

/** The sum, the FIFO behind it, the stage's last register. */
export const AVERAGE_LATENCY = 3;
