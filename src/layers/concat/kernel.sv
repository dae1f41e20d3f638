`default_nettype none

/// Channels of several maps side by side: for each pixel all beats of input 0, then all of input 1, and so on.
module bitloom_concat #(
    parameter int INPUTS = 2,
    parameter int WIDTH = 1,
    /// Beats of a pixel of each input, 16 bits for each.
    parameter logic [INPUTS*16-1:0] COUNTS = {INPUTS{16'd1}}
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic [INPUTS*WIDTH-1:0] in_data,
    input wire logic [INPUTS-1:0] in_valid,
    output logic [INPUTS-1:0] in_ready,
    output logic [WIDTH-1:0] out_data,
    output logic out_valid,
    input wire logic out_ready
);
  logic [15:0] beat;
  logic [15:0] count;
  /// One bit for the input whose turn it is.
  logic [INPUTS-1:0] turn;
  wire last = beat + 1'b1 == count;

  assign out_valid = |(turn & in_valid);
  assign in_ready = turn & {INPUTS{out_ready}};

  always_comb begin
    out_data = 0;
    count = 0;
    for (int i = 0; i < INPUTS; i++)
      if (turn[i]) begin
        out_data = in_data[i*WIDTH+:WIDTH];
        count = COUNTS[i*16+:16];
      end
  end

  always_ff @(posedge clk) begin
    if (rst) begin
      beat <= 0;
      turn <= 1;
    end else if (out_valid && out_ready) begin
      beat <= last ? 0 : beat + 1'b1;
      if (last) turn <= {turn[INPUTS-2:0], turn[INPUTS-1]};
    end
  end
endmodule

`default_nettype wire
