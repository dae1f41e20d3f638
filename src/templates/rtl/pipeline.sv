`default_nettype none

/// The control of a pipeline of DEPTH registers: all of them take the next value when `flow` is set.
module bitloom_pipeline #(
    parameter int DEPTH = 1
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic in_valid,
    output logic in_ready,
    output logic flow,
    output logic out_valid,
    input wire logic out_ready
);
  logic [DEPTH-1:0] valid;

  assign out_valid = valid[DEPTH-1];
  assign flow = !out_valid || out_ready;
  assign in_ready = flow;

  always_ff @(posedge clk) begin
    if (rst) valid <= 0;
    else if (flow) valid <= {valid, in_valid};
  end
endmodule

`default_nettype wire
