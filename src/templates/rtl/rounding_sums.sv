/// Adds up each of PE sums over FOLDS products, from `start` on, and casts after every product: (sum << SUM_SHIFT) +
/// (product << PRODUCT_SHIFT), which have CAST_BITS.
module bitloom_rounding_sums #(
    parameter int PE = 1,
    parameter int PRODUCT_BITS = 2,
    parameter int BITS = 1,
    parameter int FOLDS = 1,
    parameter int ROWS = 1,
    parameter int SUM_SHIFT = 0,
    parameter int PRODUCT_SHIFT = 0,
    parameter int CAST_BITS = 2,
    parameter int DROP = 0,
    parameter bit SUM_SIGNED = 1,
    parameter int ROUNDING = 0,
    parameter int OVERFLOW = 0,
    parameter int ROW_BITS = ROWS > 1 ? $clog2(ROWS) : 1
) (
    input logic clk,
    input logic rst,
    input logic advance,
    input logic [PE*PRODUCT_BITS-1:0] in_data,
    input logic in_valid,
    /// What the sums of this row start from.
    output logic [ROW_BITS-1:0] start_row,
    input logic [PE*BITS-1:0] start,
    output logic [PE*BITS-1:0] out_data,
    output logic out_valid
);
  logic first;
  wire step = advance && in_valid;
  wire last;

  bitloom_counter #(.COUNT(FOLDS)) folds (.clk(clk), .rst(rst), .step(step), .value(), .last(last));
  bitloom_counter #(.COUNT(ROWS)) rows (.clk(clk), .rst(rst), .step(step && last), .value(start_row), .last());

  always_ff @(posedge clk) begin
    if (rst) first <= 1;
    else if (step) first <= last;
    if (rst) out_valid <= 0;
    else if (advance) out_valid <= step && last;
  end

  genvar i;
  generate
    for (i = 0; i < PE; i++) begin : sums
      wire [BITS-1:0] former = first ? start[i*BITS+:BITS] : out_data[i*BITS+:BITS];
      wire signed [BITS:0] number = {SUM_SIGNED && former[BITS-1], former};
      wire signed [PRODUCT_BITS-1:0] product = in_data[i*PRODUCT_BITS+:PRODUCT_BITS];
      wire signed [CAST_BITS-1:0] aligned = (number <<< SUM_SHIFT) + (product <<< PRODUCT_SHIFT);
      wire [BITS-1:0] next;
      bitloom_cast #(
          .IN_WIDTH(CAST_BITS), .DROP(DROP), .OUT_WIDTH(BITS), .OUT_SIGNED(SUM_SIGNED), .ROUNDING(ROUNDING), .OVERFLOW(OVERFLOW)
      ) round (
          .x(aligned),
          .y(next)
      );
      always_ff @(posedge clk) if (step) out_data[i*BITS+:BITS] <= next;
    end
  endgenerate
endmodule
