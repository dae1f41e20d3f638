`default_nettype none

/// Counts the steps from 0 to COUNT - 1, and again.
module bitloom_counter #(
    parameter int COUNT = 2,
    parameter int BITS = COUNT > 1 ? $clog2(COUNT) : 1
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic step,
    output logic [BITS-1:0] value,
    output logic last
);
  assign last = value == COUNT - 1;

  always_ff @(posedge clk) begin
    if (rst) value <= 0;
    else if (step) value <= last ? 0 : value + 1'b1;
  end
endmodule

`default_nettype wire
