`default_nettype none

/// Adds up windows that do not overlap, while they stream in (tiles.sv): beats of PE numbers, each sum cast after every addition
/// (cast_sum.sv).
module bitloom_accumulate #(
    parameter int PE = 1,
    parameter int GROUPS = 1,
    parameter int KERNEL_WIDTH = 1,
    parameter int WINDOWS = 1,
    parameter int KERNEL_HEIGHT = 1,
    parameter int NUMBER_BITS = 1,
    parameter bit NUMBER_SIGNED = 0,
    parameter int X_SHIFT = 0,
    parameter int DROP = 0,
    parameter int BITS = 1,
    parameter bit SIGNED = 0,
    parameter int ROUNDING = 0,
    parameter int OVERFLOW = 0
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic [PE*NUMBER_BITS-1:0] in_data,
    input wire logic in_valid,
    output logic in_ready,
    output logic [PE*BITS-1:0] out_data,
    output logic out_valid,
    input wire logic out_ready
);
  localparam int X_BITS = NUMBER_SIGNED ? NUMBER_BITS : NUMBER_BITS + 1;
  wire advance;
  wire [PE*BITS-1:0] former, next;

  bitloom_tiles #(
      .WIDTH(PE * BITS), .GROUPS(GROUPS), .KERNEL_WIDTH(KERNEL_WIDTH), .WINDOWS(WINDOWS), .KERNEL_HEIGHT(KERNEL_HEIGHT)
  ) tiles (
      .clk(clk), .rst(rst), .in_valid(in_valid), .in_ready(in_ready), .advance(advance), .former(former), .next(next),
      .out_data(out_data), .out_valid(out_valid), .out_ready(out_ready));

  genvar i;
  generate
    for (i = 0; i < PE; i++) begin : lanes
      wire [NUMBER_BITS:0] number = {1'b0, in_data[i*NUMBER_BITS+:NUMBER_BITS]};
      bitloom_cast_sum #(
          .X_BITS(X_BITS), .X_SHIFT(X_SHIFT), .DROP(DROP), .BITS(BITS), .SIGNED(SIGNED), .ROUNDING(ROUNDING),
          .OVERFLOW(OVERFLOW)
      ) add (
          .clk(clk),
          .advance(advance),
          .x(number[X_BITS-1:0]),
          .sum(former[i*BITS+:BITS]),
          .next(next[i*BITS+:BITS])
      );
    end
  endgenerate
endmodule

`default_nettype wire
