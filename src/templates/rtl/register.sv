`default_nettype none

/// Holds one beat, so that a long path ends here.
module bitloom_register #(
    parameter int WIDTH = 1
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic [WIDTH-1:0] in_data,
    input wire logic in_valid,
    output logic in_ready,
    output logic [WIDTH-1:0] out_data,
    output logic out_valid,
    input wire logic out_ready
);
  assign in_ready = !out_valid || out_ready;

  always_ff @(posedge clk) begin
    if (in_valid && in_ready) out_data <= in_data;
    if (rst) out_valid <= 0;
    else if (in_ready) out_valid <= in_valid;
  end
endmodule

`default_nettype wire
