/// Adds up TAPS beats of PE numbers for each of GROUPS groups, whose beats come in turn; each sum is cast after every addition. The
/// last beat of a group lets its sums leave.
module bitloom_accumulate #(
    parameter int PE = 1,
    parameter int X_BITS = 1,
    parameter bit X_SIGNED = 0,
    parameter int TAPS = 1,
    parameter int GROUPS = 1,
    parameter int SUM_BITS = 1,
    parameter bit SUM_SIGNED = 0,
    /// (sum << SUM_SHIFT) + (x << X_SHIFT) has CAST_BITS.
    parameter int SUM_SHIFT = 0,
    parameter int X_SHIFT = 0,
    parameter int CAST_BITS = 2,
    parameter int DROP = 0,
    parameter int ROUNDING = 0,
    parameter int OVERFLOW = 0
) (
    input logic clk,
    input logic rst,
    input logic [PE*X_BITS-1:0] in_data,
    input logic in_valid,
    output logic in_ready,
    output logic [PE*SUM_BITS-1:0] out_data,
    output logic out_valid,
    input logic out_ready
);
  logic [PE*SUM_BITS-1:0] sums[0:GROUPS-1];
  wire [(GROUPS > 1 ? $clog2(GROUPS) : 1)-1:0] group;
  wire [(TAPS > 1 ? $clog2(TAPS) : 1)-1:0] tap;
  wire last_group, last_tap;
  wire take = in_valid && in_ready;
  wire [PE*SUM_BITS-1:0] former = tap == 0 ? 0 : sums[group];
  wire [PE*SUM_BITS-1:0] after;

  assign in_ready = !out_valid || out_ready;

  bitloom_counter #(.COUNT(GROUPS)) groups (.clk(clk), .rst(rst), .step(take), .value(group), .last(last_group));
  bitloom_counter #(.COUNT(TAPS)) taps (
      .clk(clk), .rst(rst), .step(take && last_group), .value(tap), .last(last_tap));

  genvar i;
  generate
    for (i = 0; i < PE; i++) begin : lanes
      wire [SUM_BITS-1:0] sum = former[i*SUM_BITS+:SUM_BITS];
      wire [X_BITS-1:0] x = in_data[i*X_BITS+:X_BITS];
      wire signed [SUM_BITS:0] wide_sum = {SUM_SIGNED && sum[SUM_BITS-1], sum};
      wire signed [X_BITS:0] wide_x = {X_SIGNED && x[X_BITS-1], x};
      wire signed [CAST_BITS-1:0] total = (wide_sum <<< SUM_SHIFT) + (wide_x <<< X_SHIFT);
      bitloom_cast #(
          .IN_WIDTH(CAST_BITS), .DROP(DROP), .OUT_WIDTH(SUM_BITS), .OUT_SIGNED(SUM_SIGNED), .ROUNDING(ROUNDING),
          .OVERFLOW(OVERFLOW)
      ) round (
          .x(total),
          .y(after[i*SUM_BITS+:SUM_BITS])
      );
    end
  endgenerate

  always_ff @(posedge clk) begin
    if (take) begin
      sums[group] <= after;
      out_data <= after;
    end
    if (rst) out_valid <= 0;
    else if (in_ready) out_valid <= in_valid && last_tap;
  end
endmodule
