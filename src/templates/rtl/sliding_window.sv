`default_nettype none

/// Windows of a feature map that streams in pixel by pixel: KERNEL_HEIGHT - 1 rows wait in line buffers, the window in registers.
/// A window goes out in chunks of SIMD elements: group of channels, then kernel row, kernel column, channel; the planes of bits of
/// an element side by side. While one window waits to leave, the next is already on its way.
///
/// For each row of the map, and each padded row below it, there is a pass over all columns. The first row needs none where it only fills a
/// line buffer: it does so while the former frame's last pass, over a padded row, is still under way. So windows of a map that is padded
/// all around follow one another without a pause from frame to frame.
module bitloom_sliding_window #(
    parameter int HEIGHT = 1,
    parameter int WIDTH = 1,
    parameter int CHANNELS = 1,
    /// Padded rows and columns before the map.
    parameter int TOP = 0,
    parameter int LEFT = 0,
    parameter int KERNEL_HEIGHT = 1,
    parameter int KERNEL_WIDTH = 1,
    parameter int STRIDE_ROWS = 1,
    parameter int STRIDE_COLUMNS = 1,
    parameter int OUT_HEIGHT = 1,
    parameter int OUT_WIDTH = 1,
    parameter int GROUPS = 1,
    parameter int SIMD = 1,
    /// Of an element in the window.
    parameter int BITS = 1,
    parameter int PLANES = 1,
    /// An element that comes is one bit, +1 or -1; in the window it has two, so that it can be 0.
    parameter bit SIGNS = 0,
    /// Rows are in block RAM.
    parameter bit BLOCK = 0,
    /// A padded element.
    parameter logic [BITS-1:0] FILL = 0,
    parameter int ELEMENT_BITS = SIGNS ? 1 : BITS
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic [CHANNELS*ELEMENT_BITS-1:0] in_data,
    input wire logic in_valid,
    output logic in_ready,
    output logic [SIMD*BITS-1:0] out_data,
    output logic out_valid,
    input wire logic out_ready
);
  // The row of the map, or below it, that a pass takes; the first and the last that complete a window. The same of columns.
  localparam int FIRST_DUE_ROW = KERNEL_HEIGHT - 1 - TOP;
  localparam int LAST_DUE_ROW = FIRST_DUE_ROW + (OUT_HEIGHT - 1) * STRIDE_ROWS;
  localparam bit PRIMES = FIRST_DUE_ROW >= 1;
  localparam int FIRST_ROW = PRIMES ? 1 : FIRST_DUE_ROW < 0 ? FIRST_DUE_ROW : 0;
  localparam int LAST_ROW = LAST_DUE_ROW > HEIGHT - 1 ? LAST_DUE_ROW : HEIGHT - 1;
  localparam int FIRST_DUE_COLUMN = KERNEL_WIDTH - 1 - LEFT;
  localparam int LAST_DUE_COLUMN = FIRST_DUE_COLUMN + (OUT_WIDTH - 1) * STRIDE_COLUMNS;
  localparam int FIRST_COLUMN = FIRST_DUE_COLUMN < 0 ? FIRST_DUE_COLUMN : 0;
  localparam int LAST_COLUMN = LAST_DUE_COLUMN > WIDTH - 1 ? LAST_DUE_COLUMN : WIDTH - 1;
  localparam bit OVERLAPS = PRIMES && LAST_ROW >= HEIGHT && FIRST_COLUMN == 0;

  // The order: `row` and `column` count from FIRST_ROW and FIRST_COLUMN.
  localparam int COLUMNS = LAST_COLUMN - FIRST_COLUMN + 1;
  localparam int ROW_BITS = $clog2(LAST_ROW - FIRST_ROW + 2);
  localparam int COLUMN_BITS = $clog2(COLUMNS + 1);
  wire [ROW_BITS-1:0] row;
  wire [COLUMN_BITS-1:0] column;
  wire last_row, last_column;
  // Facts about rows and columns are tables, so that no comparison takes a carry chain.
  localparam int PLACES = 1 << (ROW_BITS > COLUMN_BITS ? ROW_BITS : COLUMN_BITS);
  localparam logic [PLACES-1:0] IN_ROWS = every(-FIRST_ROW, HEIGHT - FIRST_ROW, 1);
  localparam logic [PLACES-1:0] IN_COLUMNS = every(-FIRST_COLUMN, WIDTH - FIRST_COLUMN, 1);
  localparam logic [PLACES-1:0] DUE_ROWS = every(FIRST_DUE_ROW - FIRST_ROW, LAST_DUE_ROW - FIRST_ROW + 1, STRIDE_ROWS);
  localparam logic [PLACES-1:0] DUE_COLUMNS =
      every(FIRST_DUE_COLUMN - FIRST_COLUMN, LAST_DUE_COLUMN - FIRST_COLUMN + 1, STRIDE_COLUMNS);
  wire in_row = IN_ROWS[row];
  wire in_column = IN_COLUMNS[column];

  /// Every STEPth place from `first` to before `last`.
  function automatic logic [PLACES-1:0] every(input int first, input int last, input int step);
    for (int i = 0; i < PLACES; i++) every[i] = i >= first && i < last && (i - first) % step == 0;
  endfunction

  /// A window is complete and not yet taken over; the window that leaves is there; it has left.
  logic full, held_valid;
  wire taken;
  wire load = full && (!held_valid || taken);
  /// No pass before the first row is there.
  logic waits;
  wire takes = in_row && in_column;
  wire shift = (!full || load) && !waits && (!takes || in_valid);

  bitloom_counter #(.COUNT(COLUMNS), .BITS(COLUMN_BITS)) columns (
      .clk(clk), .rst(rst), .step(shift), .value(column), .last(last_column));
  bitloom_counter #(.COUNT(LAST_ROW - FIRST_ROW + 1), .BITS(ROW_BITS)) rows (
      .clk(clk), .rst(rst), .step(shift && last_column), .value(row), .last(last_row));

  // The first row, ahead of its frame's passes.
  localparam int PLACE_BITS = WIDTH > 1 ? $clog2(WIDTH) : 1;
  wire [PLACE_BITS-1:0] lead;
  wire primes, last_lead;
  logic primed;

  assign in_ready = primes || (takes && !waits && (!full || load));

  generate
    if (PRIMES) begin : priming
      assign primes = !primed && (waits || (OVERLAPS && last_row && lead != column));
      bitloom_counter #(.COUNT(WIDTH)) leads (
          .clk(clk), .rst(rst), .step(primes && in_valid), .value(lead), .last(last_lead));
      always_ff @(posedge clk) begin
        if (rst || (waits && primed)) primed <= 0;
        else if (primes && in_valid && last_lead) primed <= 1;
        if (rst) waits <= 1;
        else waits <= waits ? !primed : shift && last_column && last_row;
      end
    end else begin : unprimed
      assign {primes, last_lead, lead} = 0;
      assign primed = 0;
      assign waits = 0;
    end
  endgenerate

  // The window's columns, the oldest row in the lowest bits of each, the newest column in the highest.
  localparam int PIXEL_BITS = CHANNELS * ELEMENT_BITS;
  localparam int SEEN_BITS = KERNEL_HEIGHT * PIXEL_BITS;
  wire [SEEN_BITS-1:0] seen;
  logic [KERNEL_WIDTH*SEEN_BITS-1:0] window;

  assign seen[SEEN_BITS-1-:PIXEL_BITS] = in_data;
  generate
    if (KERNEL_HEIGHT > 1) begin : buffered
      wire [PLACE_BITS-1:0] place = column + FIRST_COLUMN;
      bitloom_line_buffers #(.LINES(KERNEL_HEIGHT - 1), .WIDTH(WIDTH), .PIXEL_BITS(PIXEL_BITS), .BLOCK(BLOCK)) lines (
          .clk(clk), .place(place), .next(shift && in_column), .reread(waits), .pixel(in_data),
          .store(primes ? in_valid : shift && in_column && !(OVERLAPS && last_row)), .store_place(primes ? lead : place),
          .former(seen[SEEN_BITS-PIXEL_BITS-1:0]));
    end
    if (KERNEL_WIDTH > 1) begin : wide
      always_ff @(posedge clk) if (shift) window <= {seen, window[KERNEL_WIDTH*SEEN_BITS-1:SEEN_BITS]};
    end else begin : narrow
      always_ff @(posedge clk) if (shift) window <= seen;
    end
  endgenerate

  // Whether it is complete, and which of its rows and columns are padded.
  logic [KERNEL_HEIGHT-1:0] padded_rows;
  logic [KERNEL_WIDTH-1:0] padded_columns;

  always_ff @(posedge clk) begin
    if (rst) full <= 0;
    else if (shift) full <= DUE_ROWS[row] && DUE_COLUMNS[column];
    else if (load) full <= 0;
    if (rst) held_valid <= 0;
    else if (load) held_valid <= 1;
    else if (taken) held_valid <= 0;
  end

  genvar i;
  generate
    for (i = 0; i < KERNEL_HEIGHT; i++) begin : row_flags
      localparam logic [PLACES-1:0] INSIDE =
          every(KERNEL_HEIGHT - 1 - i - FIRST_ROW, HEIGHT + KERNEL_HEIGHT - 1 - i - FIRST_ROW, 1);
      always_ff @(posedge clk) if (shift) padded_rows[i] <= !INSIDE[row];
    end
    for (i = 0; i < KERNEL_WIDTH; i++) begin : column_flags
      localparam logic [PLACES-1:0] INSIDE =
          every(KERNEL_WIDTH - 1 - i - FIRST_COLUMN, WIDTH + KERNEL_WIDTH - 1 - i - FIRST_COLUMN, 1);
      always_ff @(posedge clk) if (shift) padded_columns[i] <= !INSIDE[column];
    end
  endgenerate

  // The window that leaves.
  localparam int TAPS = KERNEL_HEIGHT * KERNEL_WIDTH;
  localparam int OWN = CHANNELS / GROUPS;
  localparam int PLANE_BITS = BITS / PLANES;
  localparam int PART_BITS = TAPS * OWN * PLANE_BITS;
  logic [TAPS*CHANNELS*BITS-1:0] held;
  wire [PLANES*GROUPS*PART_BITS-1:0] parts;
  genvar c, p, t;
  generate
    for (t = 0; t < TAPS; t++) begin : taps
      localparam int PLACE = t % KERNEL_WIDTH * KERNEL_HEIGHT + t / KERNEL_WIDTH;
      wire clear = load && (padded_rows[t/KERNEL_WIDTH] || padded_columns[t%KERNEL_WIDTH]);
      for (c = 0; c < CHANNELS; c++) begin : channels
        wire [ELEMENT_BITS-1:0] element = window[PLACE*PIXEL_BITS+c*ELEMENT_BITS+:ELEMENT_BITS];
        always_ff @(posedge clk)
          if (clear) held[(t*CHANNELS+c)*BITS+:BITS] <= FILL;
          else if (load) held[(t*CHANNELS+c)*BITS+:BITS] <= SIGNS ? {!element[0], 1'b1} : element;
        for (p = 0; p < PLANES; p++) begin : planes
          assign parts[(p*GROUPS+c/OWN)*PART_BITS+(t*OWN+c%OWN)*PLANE_BITS+:PLANE_BITS] =
              held[(t*CHANNELS+c)*BITS+p*PLANE_BITS+:PLANE_BITS];
        end
      end
    end
  endgenerate

  localparam int CHUNK_BITS = SIMD * PLANE_BITS;
  localparam int CHUNKS = GROUPS * (TAPS * OWN / SIMD);
  generate
    if (CHUNKS == 1) begin : whole
      assign out_data = parts;
      assign out_valid = held_valid;
      assign taken = held_valid && out_ready;
    end else begin : chunked
      wire [$clog2(CHUNKS)-1:0] chunk;
      wire last_chunk;
      wire step = held_valid && (!out_valid || out_ready);
      assign taken = step && last_chunk;
      bitloom_counter #(.COUNT(CHUNKS)) chunks (.clk(clk), .rst(rst), .step(step), .value(chunk), .last(last_chunk));
      // Chunks stand a power of two apart: any other distance would take a multiplier.
      localparam int PLACE_SHIFT = $clog2(CHUNK_BITS);
      for (p = 0; p < PLANES; p++) begin : chosen
        wire [(CHUNKS<<PLACE_SHIFT)-1:0] choices;
        for (i = 0; i < CHUNKS; i++) begin : chunk_places
          assign choices[(i<<PLACE_SHIFT)+:(1<<PLACE_SHIFT)] = parts[p*GROUPS*PART_BITS+i*CHUNK_BITS+:CHUNK_BITS];
        end
        wire [$clog2(CHUNKS)+PLACE_SHIFT-1:0] chunk_place = chunk << PLACE_SHIFT;
        always_ff @(posedge clk) if (step) out_data[p*CHUNK_BITS+:CHUNK_BITS] <= choices[chunk_place+:CHUNK_BITS];
      end
      always_ff @(posedge clk) begin
        if (rst) out_valid <= 0;
        else if (!out_valid || out_ready) out_valid <= step;
      end
    end
  endgenerate
endmodule

`default_nettype wire
