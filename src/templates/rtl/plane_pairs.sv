`default_nettype none

/// From beats of plane 0 and of plane 1, each of 2 * LANES sums, to beats of LANES pairs: those of the first lanes with the second beat, those
/// of the others in the next cycle.
module bitloom_plane_pairs #(
    parameter int LANES = 1,
    parameter int BITS = 1
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic advance,
    input wire logic [2*LANES*BITS-1:0] in_data,
    input wire logic in_valid,
    output logic [2*LANES*BITS-1:0] out_data,
    output logic out_valid
);
  /// Of the beats before; of the one before that, only those lanes that are still to leave.
  logic [2*LANES*BITS-1:0] former;
  logic [LANES*BITS-1:0] kept;
  /// Whether the next beat is of plane 1, and whether the other lanes leave.
  logic second, others;

  assign out_valid = others || (second && in_valid);

  always_ff @(posedge clk) begin
    if (rst) begin
      {second, others} <= 0;
      // So that they do not become shift registers, which take LUTs.
      {former, kept} <= 0;
    end else if (advance) begin
      others <= second && in_valid;
      if (in_valid) second <= !second;
      {former, kept} <= {in_data, former[LANES*BITS+:LANES*BITS]};
    end
  end

  wire [LANES*BITS-1:0] low, high;
  bitloom_select #(.WIDTH(LANES*BITS)) choose_low (
      .choose(others), .a(kept), .b(former[0+:LANES*BITS]), .y(low));
  bitloom_select #(.WIDTH(LANES*BITS)) choose_high (
      .choose(others), .a(former[LANES*BITS+:LANES*BITS]), .b(in_data[0+:LANES*BITS]), .y(high));

  genvar i;
  generate
    for (i = 0; i < LANES; i++) begin : pairs
      assign out_data[2*i*BITS+:2*BITS] = {high[i*BITS+:BITS], low[i*BITS+:BITS]};
    end
  endgenerate
endmodule

`default_nettype wire
