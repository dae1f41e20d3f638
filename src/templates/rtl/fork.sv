`default_nettype none

/// Copies each beat to OUTPUTS streams; each of them takes its copy when it can.
module bitloom_fork #(
    parameter int WIDTH = 1,
    parameter int OUTPUTS = 2
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic [WIDTH-1:0] in_data,
    input wire logic in_valid,
    output logic in_ready,
    output logic [OUTPUTS*WIDTH-1:0] out_data,
    output logic [OUTPUTS-1:0] out_valid,
    input wire logic [OUTPUTS-1:0] out_ready
);
  logic [OUTPUTS-1:0] done;

  assign in_ready = &(done | out_ready);
  assign out_valid = {OUTPUTS{in_valid}} & ~done;
  assign out_data = {OUTPUTS{in_data}};

  always_ff @(posedge clk) begin
    if (rst || (in_valid && in_ready)) done <= 0;
    else done <= done | (out_valid & out_ready);
  end
endmodule

`default_nettype wire
