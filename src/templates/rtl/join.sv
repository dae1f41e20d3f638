/// Takes a beat of each of INPUTS streams at the same time.
module bitloom_join #(
    parameter int INPUTS = 1
) (
    input  logic [INPUTS-1:0] in_valid,
    output logic [INPUTS-1:0] in_ready,
    output logic out_valid,
    input  logic out_ready
);
  assign out_valid = &in_valid;
  assign in_ready = {INPUTS{out_valid && out_ready}};
endmodule
