`default_nettype none

/// The elements of BITS bits of a word of 64, from their containers of CONTAINER bits (containers.sv).
module bitloom_elements #(
    parameter int BITS = 1,
    parameter int CONTAINER = 8,
    /// 0 unsigned, 1 signed, 2 bipolar
    parameter int KIND = 0,
    parameter int COUNT = 64 / CONTAINER
) (
    input wire logic [63:0] word,
    output logic [COUNT*BITS-1:0] elements
);
  genvar i;
  generate
    for (i = 0; i < COUNT; i++) begin : each
      assign elements[i*BITS+:BITS] = KIND == 2 ? !word[i*CONTAINER+CONTAINER-1] : word[i*CONTAINER+:BITS];
    end
  endgenerate
endmodule

`default_nettype wire
