/// Products of bipolar inputs and bipolar weights, three at a time as the two bits of how many are +1: a LUT of six inputs for each.
/// `ones` has the bits of weight 1, then those of weight 2.
module bitloom_xnor #(
    parameter int SIMD = 1,
    parameter int SUMS = (SIMD + 2) / 3,
    parameter int CARRIES = (SIMD + 1) / 3
) (
    input logic [SIMD-1:0] x,
    input logic [SIMD-1:0] weights,
    output logic [SUMS+CARRIES-1:0] ones
);
  wire [3*SUMS-1:0] equal = {{3 * SUMS - SIMD{1'b0}}, ~(x ^ weights)};
  wire [SUMS-1:0] a = equal[0+:SUMS];
  wire [SUMS-1:0] b = equal[SUMS+:SUMS];
  wire [SUMS-1:0] c = equal[2*SUMS+:SUMS];
  wire [SUMS-1:0] carries = (a & b) | (a & c) | (b & c);

  generate
    if (CARRIES > 0) assign ones = {carries[CARRIES-1:0], a ^ b ^ c};
    else assign ones = a ^ b ^ c;
  endgenerate
endmodule
