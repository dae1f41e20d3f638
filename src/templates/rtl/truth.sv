`default_nettype none

/// A function of a few bits, by its truth table: for each bit of the result, lowest first, its value for each index.
module bitloom_truth #(
    parameter int INPUTS = 1,
    parameter int BITS = 1,
    parameter logic [BITS*2**INPUTS-1:0] TABLE = 0
) (
    input wire logic [INPUTS-1:0] index,
    output logic [BITS-1:0] y
);
  genvar i;
  generate
    for (i = 0; i < BITS; i++) begin : bits
      localparam logic [2**INPUTS-1:0] COLUMN = TABLE[i*2**INPUTS+:2**INPUTS];
      assign y[i] = COLUMN[index];
    end
  endgenerate
endmodule

`default_nettype wire
