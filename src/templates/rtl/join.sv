`default_nettype none

/// Takes a beat of each of INPUTS streams at the same time: ready for one where all others are there.
module bitloom_join #(
    parameter int INPUTS = 1
) (
    input wire logic [INPUTS-1:0] in_valid,
    output logic [INPUTS-1:0] in_ready,
    output logic out_valid,
    input wire logic out_ready
);
  assign out_valid = &in_valid;

  genvar i;
  generate
    for (i = 0; i < INPUTS; i++) begin : inputs
      assign in_ready[i] = out_ready && &(in_valid | (1'b1 << i));
    end
  endgenerate
endmodule

`default_nettype wire
