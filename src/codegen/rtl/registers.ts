/** The registers of src/templates/rtl/control.sv by name and offset, the first ones as Vitis HLS names and places them. */
export function registers(axiStream: boolean, loadable: boolean): readonly (readonly [name: string, offset: number])[] {
  const addresses = [
    ["input_words_1", 0x10],
    ["input_words_2", 0x14],
    ["output_words_1", 0x1c],
    ["output_words_2", 0x20],
    ["frames", 0x28],
  ] as const;
  return [
    ["CTRL", 0x00],
    ["GIER", 0x04],
    ["IP_IER", 0x08],
    ["IP_ISR", 0x0c],
    ...(axiStream ? [["frames", 0x10] as const] : addresses),
    ["frames_done", 0x40],
    ["frame_cycles", 0x44],
    ["input_stalls", 0x48],
    ["output_stalls", 0x4c],
    ...(loadable ? LOADING : []),
  ];
}

const LOADING = [
  ["load_weights", 0x50],
  ["weights", 0x54],
] as const;

export const CONTROL_BITS = [
  ["AP_START", 0],
  ["AP_DONE", 1],
  ["AP_IDLE", 2],
  ["AP_READY", 3],
  ["AUTO_RESTART", 7],
] as const;
