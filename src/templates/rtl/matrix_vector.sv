/// The matrix-vector unit of conv2d, gated-conv2d and dense: PE outputs times SIMD inputs per cycle. For each output pixel and group of
/// channels FOLDS chunks come in and are kept while ROW_FOLDS times PE outputs are computed from them. The weights for `address` come
/// a cycle later. What leaves are the sums of PE outputs, for each the planes of the input's bits one after another, and their place.
module bitloom_matrix_vector #(
    parameter int PE = 1,
    parameter int SIMD = 1,
    parameter int X_BITS = 1,
    parameter int X_KIND = 0,
    parameter int PLANES = 1,
    parameter int W_BITS = 1,
    parameter int W_KIND = 0,
    parameter int PRODUCT_BITS = 2,
    parameter int SUM_BITS = 2,
    parameter int FOLDS = 1,
    parameter int ROW_FOLDS = 1,
    parameter int GROUPS = 1,
    parameter int OUT_HEIGHT = 1,
    parameter int OUT_WIDTH = 1,
    /// Casts the sum after every product (SIMD is 1 then): (sum << SUM_SHIFT) + (product << PRODUCT_SHIFT), which have CAST_BITS.
    parameter bit ROUNDS = 0,
    parameter int SUM_SHIFT = 0,
    parameter int PRODUCT_SHIFT = 0,
    parameter int CAST_BITS = 2,
    parameter int DROP = 0,
    parameter bit SUM_SIGNED = 1,
    parameter int ROUNDING = 0,
    parameter int OVERFLOW = 0,
    parameter int ROWS = GROUPS * ROW_FOLDS,
    parameter int CHUNK_BITS = SIMD * X_BITS * PLANES,
    parameter int ROW_BITS = ROWS > 1 ? $clog2(ROWS) : 1,
    parameter int ADDRESS_BITS = ROWS * FOLDS > 1 ? $clog2(ROWS * FOLDS) : 1,
    parameter int Y_BITS = OUT_HEIGHT > 1 ? $clog2(OUT_HEIGHT) : 1,
    parameter int X_INDEX_BITS = OUT_WIDTH > 1 ? $clog2(OUT_WIDTH) : 1
) (
    input logic clk,
    input logic rst,
    input logic [CHUNK_BITS-1:0] in_data,
    input logic in_valid,
    output logic in_ready,
    /// row * FOLDS + fold
    output logic [ADDRESS_BITS-1:0] address,
    input logic [PE*SIMD*W_BITS-1:0] weights,
    /// What the sums of start_row start from.
    output logic [ROW_BITS-1:0] start_row,
    input logic [PE*SUM_BITS-1:0] start,
    output logic [PE*PLANES*SUM_BITS-1:0] out_data,
    output logic out_valid,
    input logic out_ready,
    output logic [ROW_BITS-1:0] row,
    output logic [Y_BITS-1:0] y,
    output logic [X_INDEX_BITS-1:0] x
);
  localparam int FOLD_BITS = FOLDS > 1 ? $clog2(FOLDS) : 1;
  localparam int GROUP_BITS = ROW_FOLDS > 1 ? $clog2(ROW_FOLDS) : 1;

  // The order.
  logic [CHUNK_BITS-1:0] kept[0:FOLDS-1];
  wire [FOLD_BITS-1:0] fold;
  wire [GROUP_BITS-1:0] group_row;
  wire [ROW_BITS-1:0] row_now;
  wire [Y_BITS-1:0] y_now;
  wire [X_INDEX_BITS-1:0] x_now;
  wire last_fold, last_group_row, last_row, last_x, last_y, last_address;
  wire fresh = group_row == 0;
  wire valid = !fresh || in_valid;
  wire advance = !out_valid || out_ready;
  wire step = valid && advance;
  wire next_row = step && last_fold;
  wire next_pixel = next_row && last_row;

  assign in_ready = fresh && advance;

  bitloom_counter #(.COUNT(FOLDS)) folds (.clk(clk), .rst(rst), .step(step), .value(fold), .last(last_fold));
  bitloom_counter #(.COUNT(ROW_FOLDS)) group_rows (
      .clk(clk), .rst(rst), .step(next_row), .value(group_row), .last(last_group_row));
  bitloom_counter #(.COUNT(ROWS)) rows (.clk(clk), .rst(rst), .step(next_row), .value(row_now), .last(last_row));
  bitloom_counter #(.COUNT(ROWS * FOLDS)) addresses (
      .clk(clk), .rst(rst), .step(step), .value(address), .last(last_address));
  bitloom_counter #(.COUNT(OUT_WIDTH)) columns (.clk(clk), .rst(rst), .step(next_pixel), .value(x_now), .last(last_x));
  bitloom_counter #(.COUNT(OUT_HEIGHT)) lines (
      .clk(clk), .rst(rst), .step(next_pixel && last_x), .value(y_now), .last(last_y));

  // The chunk, while its weights are read.
  logic chunk_valid, chunk_first, chunk_last;
  logic [CHUNK_BITS-1:0] chunk;
  logic [Y_BITS-1:0] chunk_y;
  logic [X_INDEX_BITS-1:0] chunk_x;

  always_ff @(posedge clk) begin
    if (step && fresh) kept[fold] <= in_data;
    if (advance) begin
      chunk <= fresh ? in_data : kept[fold];
      chunk_first <= fold == 0;
      chunk_last <= last_fold;
      start_row <= row_now;
      chunk_y <= y_now;
      chunk_x <= x_now;
    end
    if (rst) chunk_valid <= 0;
    else if (advance) chunk_valid <= valid;
  end

  // The sums.
  logic [PE*PLANES*SUM_BITS-1:0] sums;
  wire [PE*PLANES*SUM_BITS-1:0] next_sums;

  genvar lane, plane;
  generate
    for (lane = 0; lane < PE; lane++) begin : lanes
      for (plane = 0; plane < PLANES; plane++) begin : planes
        localparam int PLACE = (lane * PLANES + plane) * SUM_BITS;
        wire signed [PRODUCT_BITS-1:0] product;
        wire [SUM_BITS-1:0] former = chunk_first ? start[lane*SUM_BITS+:SUM_BITS] : sums[PLACE+:SUM_BITS];
        bitloom_products #(
            .SIMD(SIMD), .X_BITS(X_BITS), .X_KIND(X_KIND), .W_BITS(W_BITS), .W_KIND(W_KIND), .SUM_BITS(PRODUCT_BITS)
        ) products (
            .x(chunk[plane*SIMD*X_BITS+:SIMD*X_BITS]),
            .weights(weights[lane*SIMD*W_BITS+:SIMD*W_BITS]),
            .sum(product)
        );
        if (ROUNDS) begin : rounds
          wire signed [SUM_BITS:0] number = {SUM_SIGNED && former[SUM_BITS-1], former};
          wire signed [CAST_BITS-1:0] aligned = (number <<< SUM_SHIFT) + (product <<< PRODUCT_SHIFT);
          bitloom_cast #(
              .IN_WIDTH(CAST_BITS), .DROP(DROP), .OUT_WIDTH(SUM_BITS), .OUT_SIGNED(SUM_SIGNED), .ROUNDING(ROUNDING),
              .OVERFLOW(OVERFLOW)
          ) round (
              .x(aligned),
              .y(next_sums[PLACE+:SUM_BITS])
          );
        end else begin : exact
          wire signed [SUM_BITS-1:0] number = former;
          wire signed [SUM_BITS-1:0] sum = number + product;
          assign next_sums[PLACE+:SUM_BITS] = sum;
        end
      end
    end
  endgenerate

  assign out_data = sums;

  always_ff @(posedge clk) begin
    if (advance && chunk_valid) sums <= next_sums;
    if (advance) begin
      row <= start_row;
      y <= chunk_y;
      x <= chunk_x;
    end
    if (rst) out_valid <= 0;
    else if (advance) out_valid <= chunk_valid && chunk_last;
  end
endmodule
