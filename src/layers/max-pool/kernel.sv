`default_nettype none

/// The largest of TAPS beats, for each of PE channels.
module bitloom_max_pool #(
    parameter int PE = 1,
    parameter int BITS = 1,
    parameter bit IS_SIGNED = 0,
    parameter int TAPS = 1
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic [PE*BITS-1:0] in_data,
    input wire logic in_valid,
    output logic in_ready,
    output logic [PE*BITS-1:0] out_data,
    output logic out_valid,
    input wire logic out_ready
);
  wire [(TAPS > 1 ? $clog2(TAPS) : 1)-1:0] tap;
  wire last_tap;
  wire take = in_valid && in_ready;
  wire [PE*BITS-1:0] largest;

  assign in_ready = !out_valid || out_ready;

  bitloom_counter #(.COUNT(TAPS)) taps (.clk(clk), .rst(rst), .step(take), .value(tap), .last(last_tap));

  genvar i;
  generate
    for (i = 0; i < PE; i++) begin : lanes
      wire [BITS-1:0] number = in_data[i*BITS+:BITS];
      wire [BITS-1:0] best = out_data[i*BITS+:BITS];
      wire signed [BITS:0] wide_number = {IS_SIGNED && number[BITS-1], number};
      wire signed [BITS:0] wide_best = {IS_SIGNED && best[BITS-1], best};
      assign largest[i*BITS+:BITS] = tap == 0 || wide_number > wide_best ? number : best;
    end
  endgenerate

  always_ff @(posedge clk) begin
    if (take) out_data <= largest;
    if (rst) out_valid <= 0;
    else if (in_ready) out_valid <= in_valid && last_tap;
  end
endmodule

`default_nettype wire
