`default_nettype none

/// choose ? a : b, in LUTs of two bits each: Yosys gives every bit a LUT of its own.
module bitloom_select #(
    parameter int WIDTH = 1
) (
    input wire logic choose,
    input wire logic [WIDTH-1:0] a,
    input wire logic [WIDTH-1:0] b,
    output logic [WIDTH-1:0] y
);
`ifdef BITLOOM_BEHAVIOURAL
  localparam int PAIRS = 0;
`else
  localparam int PAIRS = WIDTH / 2;
`endif

  genvar i;
  generate
    for (i = 0; i < PAIRS; i++) begin : pairs
      LUT6_2 #(.INIT(64'hF0F0FF00_AAAACCCC)) both (
          .I0(a[2*i]), .I1(b[2*i]), .I2(a[2*i+1]), .I3(b[2*i+1]), .I4(choose), .I5(1'b1), .O5(y[2*i]), .O6(y[2*i+1]));
    end
    if (2 * PAIRS < WIDTH) begin : rest
      assign y[WIDTH-1:2*PAIRS] = choose ? a[WIDTH-1:2*PAIRS] : b[WIDTH-1:2*PAIRS];
    end
  endgenerate
endmodule

`default_nettype wire
