`default_nettype none

/// One plane of the chunk after the other, each with the number of its word of weights: of the rows of weights, which are read one after
/// the other, two go together.
module bitloom_plane_turns #(
    /// Of a plane.
    parameter int BITS = 1,
    parameter int ROW_BITS = 1
) (
    input wire logic clk,
    /// Whether the next row is read.
    input wire logic read,
    input wire logic [ROW_BITS-1:0] row,
    /// Whether all that comes after the chunk moves on.
    input wire logic advance,
    input wire logic [2*BITS-1:0] planes,
    /// A cycle later.
    output logic [BITS-1:0] plane,
    /// With `planes`: plane 0 of word 0, plane 1 of word 0, plane 0 of word 1, ...
    output logic [ROW_BITS-1:0] word
);
  logic [ROW_BITS-1:0] turn;
  always_ff @(posedge clk) if (read) turn <= row;
  assign word = turn >> 1;

  wire [BITS-1:0] chosen;
  bitloom_select #(.WIDTH(BITS)) choose (.choose(turn[0]), .a(planes[BITS+:BITS]), .b(planes[0+:BITS]), .y(chosen));
  always_ff @(posedge clk) if (advance) plane <= chosen;
endmodule

`default_nettype wire
