/// Windows of a feature map that streams in pixel by pixel: KERNEL_HEIGHT - 1 rows wait in a line buffer, the window in registers.
/// A window goes out in chunks of SIMD elements: group of channels, then kernel row, kernel column, channel; the planes of bits of
/// an element side by side.
module bitloom_sliding_window #(
    parameter int HEIGHT = 1,
    parameter int WIDTH = 1,
    parameter int CHANNELS = 1,
    /// Padded rows and columns before the map, and the whole map as far as it is looked at.
    parameter int TOP = 0,
    parameter int LEFT = 0,
    parameter int ROWS = 1,
    parameter int COLUMNS = 1,
    parameter int KERNEL_HEIGHT = 1,
    parameter int KERNEL_WIDTH = 1,
    parameter int STRIDE_ROWS = 1,
    parameter int STRIDE_COLUMNS = 1,
    parameter int OUT_WIDTH = 1,
    parameter int GROUPS = 1,
    parameter int SIMD = 1,
    /// Of an element in the window.
    parameter int BITS = 1,
    parameter int PLANES = 1,
    /// An element that comes is one bit, +1 or -1; in the window it has two, so that it can be 0.
    parameter bit SIGNS = 0,
    /// A padded element.
    parameter logic [BITS-1:0] FILL = 0,
    parameter int ELEMENT_BITS = SIGNS ? 1 : BITS
) (
    input logic clk,
    input logic rst,
    input logic [CHANNELS*ELEMENT_BITS-1:0] in_data,
    input logic in_valid,
    output logic in_ready,
    output logic [SIMD*BITS-1:0] out_data,
    output logic out_valid,
    input logic out_ready
);
  localparam int PIXEL_BITS = CHANNELS * BITS;
  localparam int COLUMN_BITS = KERNEL_HEIGHT * PIXEL_BITS;
  localparam int TAPS = KERNEL_HEIGHT * KERNEL_WIDTH;
  localparam int OWN = CHANNELS / GROUPS;
  localparam int PLANE_BITS = BITS / PLANES;
  localparam int PART_BITS = TAPS * OWN * PLANE_BITS;
  localparam int CHUNK_BITS = SIMD * PLANE_BITS;
  localparam int FOLDS = TAPS * OWN / SIMD;
  localparam int CHUNKS = GROUPS * FOLDS;
  localparam int CHUNK_INDEX = CHUNKS > 1 ? $clog2(CHUNKS) : 1;
  localparam int LAST_COLUMN = KERNEL_WIDTH - 1 + (OUT_WIDTH - 1) * STRIDE_COLUMNS;

  logic [$clog2(ROWS+1)-1:0] row;
  logic [$clog2(COLUMNS+1)-1:0] column;
  logic [$clog2(STRIDE_ROWS+1)-1:0] row_phase;
  logic [$clog2(STRIDE_COLUMNS+1)-1:0] column_phase;
  logic [CHUNK_INDEX-1:0] chunk;
  logic full;

  wire on_map = row >= TOP && row < TOP + HEIGHT && column >= LEFT && column < LEFT + WIDTH;
  wire due = row >= KERNEL_HEIGHT - 1 && column >= KERNEL_WIDTH - 1 && row_phase == 0 && column_phase == 0 &&
      column <= LAST_COLUMN;
  wire last_chunk = chunk == CHUNKS - 1;
  wire last_row = row == ROWS - 1;
  wire last_column = column == COLUMNS - 1;
  wire free = !full || (last_chunk && out_ready);
  wire shift = free && (!on_map || in_valid);

  assign in_ready = free && on_map;
  assign out_valid = full;

  always_ff @(posedge clk) begin
    if (rst) begin
      row <= 0;
      column <= 0;
      row_phase <= 0;
      column_phase <= 0;
      chunk <= 0;
      full <= 0;
    end else begin
      if (full && out_ready) begin
        chunk <= last_chunk ? 0 : chunk + 1'b1;
        if (last_chunk) full <= 0;
      end
      if (shift) begin
        full <= due;
        column <= last_column ? 0 : column + 1'b1;
        column_phase <= last_column || column < KERNEL_WIDTH - 1 || column_phase == STRIDE_COLUMNS - 1 ? 0
            : column_phase + 1'b1;
        if (last_column) begin
          row <= last_row ? 0 : row + 1'b1;
          row_phase <= last_row || row < KERNEL_HEIGHT - 1 || row_phase == STRIDE_ROWS - 1 ? 0 : row_phase + 1'b1;
        end
      end
    end
  end

  wire [PIXEL_BITS-1:0] pixel;
  /// One pixel of each kernel row, the oldest row in the lowest bits.
  wire [COLUMN_BITS-1:0] seen;
  logic [KERNEL_WIDTH*COLUMN_BITS-1:0] window;
  wire [PLANES*GROUPS*PART_BITS-1:0] parts;
  genvar c, p, t;
  generate
    for (c = 0; c < CHANNELS; c++) begin : elements
      wire [ELEMENT_BITS-1:0] element = in_data[c*ELEMENT_BITS+:ELEMENT_BITS];
      if (SIGNS) begin : signs
        assign pixel[c*BITS+:BITS] = on_map ? {!element, 1'b1} : FILL;
      end else begin : plain
        assign pixel[c*BITS+:BITS] = on_map ? element : FILL;
      end
    end
    if (KERNEL_HEIGHT > 1) begin : buffered
      logic [COLUMN_BITS-PIXEL_BITS-1:0] lines[0:COLUMNS-1];
      wire [COLUMN_BITS-PIXEL_BITS-1:0] former = lines[column];
      assign seen = {pixel, former};
      always_ff @(posedge clk) if (shift) lines[column] <= seen[COLUMN_BITS-1:PIXEL_BITS];
    end else begin : unbuffered
      assign seen = pixel;
    end
    if (KERNEL_WIDTH > 1) begin : wide
      always_ff @(posedge clk) if (shift) window <= {seen, window[KERNEL_WIDTH*COLUMN_BITS-1:COLUMN_BITS]};
    end else begin : narrow
      always_ff @(posedge clk) if (shift) window <= seen;
    end
    for (t = 0; t < TAPS; t++) begin : taps
      localparam int PLACE = t % KERNEL_WIDTH * KERNEL_HEIGHT + t / KERNEL_WIDTH;
      for (c = 0; c < CHANNELS; c++) begin : channels
        for (p = 0; p < PLANES; p++) begin : planes
          assign parts[(p*GROUPS+c/OWN)*PART_BITS+(t*OWN+c%OWN)*PLANE_BITS+:PLANE_BITS] =
              window[PLACE*PIXEL_BITS+c*BITS+p*PLANE_BITS+:PLANE_BITS];
        end
      end
    end
  endgenerate

  always_comb begin
    out_data = 0;
    for (int i = 0; i < CHUNKS; i++)
      if (chunk == i)
        for (int plane = 0; plane < PLANES; plane++)
          out_data[plane*CHUNK_BITS+:CHUNK_BITS] = parts[plane*GROUPS*PART_BITS+i*CHUNK_BITS+:CHUNK_BITS];
  end
endmodule
