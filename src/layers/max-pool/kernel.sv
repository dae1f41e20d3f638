`default_nettype none

/// The largest numbers of windows that do not overlap, while they stream in (tiles.sv): beats of PE numbers.
module bitloom_max_pool #(
    parameter int PE = 1,
    parameter int BITS = 1,
    parameter bit IS_SIGNED = 0,
    parameter int GROUPS = 1,
    parameter int KERNEL_WIDTH = 1,
    parameter int WINDOWS = 1,
    parameter int KERNEL_HEIGHT = 1
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
  // Makes them unsigned numbers in the same order, and back: so 0 is the lowest.
  localparam logic [BITS-1:0] SIGN = {IS_SIGNED, {BITS{1'b0}}} >> 1;
  localparam logic [PE*BITS-1:0] FLIP = {PE{SIGN}};
  wire advance;
  wire [PE*BITS-1:0] former, next, largest;
  logic [PE*BITS-1:0] numbers;

  always_ff @(posedge clk) if (advance) numbers <= in_data ^ FLIP;
  assign out_data = largest ^ FLIP;

  bitloom_tiles #(
      .WIDTH(PE * BITS), .GROUPS(GROUPS), .KERNEL_WIDTH(KERNEL_WIDTH), .WINDOWS(WINDOWS), .KERNEL_HEIGHT(KERNEL_HEIGHT)
  ) tiles (
      .clk(clk), .rst(rst), .in_valid(in_valid), .in_ready(in_ready), .advance(advance), .former(former), .next(next),
      .out_data(largest), .out_valid(out_valid), .out_ready(out_ready));

  genvar i;
  generate
    for (i = 0; i < PE; i++) begin : lanes
      wire [BITS-1:0] number = numbers[i*BITS+:BITS];
      wire [BITS-1:0] best = former[i*BITS+:BITS];
      assign next[i*BITS+:BITS] = number > best ? number : best;
    end
  endgenerate
endmodule

`default_nettype wire
