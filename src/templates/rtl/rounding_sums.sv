`default_nettype none

/// Adds up each of PE sums over FOLDS products, from `start` on, and casts after every product (cast_sum.sv).
module bitloom_rounding_sums #(
    parameter int PE = 1,
    /// Of a product, which is signed.
    parameter int X_BITS = 2,
    parameter int FOLDS = 1,
    parameter int ROWS = 1,
    parameter int X_SHIFT = 0,
    parameter int DROP = 0,
    parameter int BITS = 1,
    parameter bit SIGNED = 1,
    parameter int ROUNDING = 0,
    parameter int OVERFLOW = 0,
    parameter int ROW_BITS = ROWS > 1 ? $clog2(ROWS) : 1
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic advance,
    input wire logic [PE*X_BITS-1:0] in_data,
    input wire logic in_valid,
    /// What the sums of this row start from.
    output logic [ROW_BITS-1:0] start_row,
    input wire logic [PE*BITS-1:0] start,
    output logic [PE*BITS-1:0] out_data,
    output logic out_valid
);
  wire first, last;
  wire [(FOLDS > 1 ? $clog2(FOLDS) : 1)-1:0] fold;
  assign first = fold == 0;

  bitloom_counter #(.COUNT(FOLDS)) folds (
      .clk(clk), .rst(rst), .step(advance && in_valid), .value(fold), .last(last));
  bitloom_counter #(.COUNT(ROWS)) rows (
      .clk(clk), .rst(rst), .step(advance && in_valid && last), .value(start_row), .last());

  // Of the products that are added next.
  logic busy, begins, ends;
  logic [PE*BITS-1:0] started;

  always_ff @(posedge clk) begin
    if (advance) {begins, ends, started} <= {first, last, start};
    if (rst) {busy, out_valid} <= 0;
    else if (advance) {busy, out_valid} <= {in_valid, busy && ends};
  end

  genvar i;
  generate
    for (i = 0; i < PE; i++) begin : sums
      wire [BITS-1:0] next;
      bitloom_cast_sum #(
          .X_BITS(X_BITS), .X_SHIFT(X_SHIFT), .DROP(DROP), .BITS(BITS), .SIGNED(SIGNED), .ROUNDING(ROUNDING),
          .OVERFLOW(OVERFLOW)
      ) add (
          .clk(clk),
          .advance(advance),
          .x(in_data[i*X_BITS+:X_BITS]),
          .sum(begins ? started[i*BITS+:BITS] : out_data[i*BITS+:BITS]),
          .next(next)
      );
      always_ff @(posedge clk) if (advance && busy) out_data[i*BITS+:BITS] <= next;
    end
  endgenerate
endmodule

`default_nettype wire
