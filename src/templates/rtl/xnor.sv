`default_nettype none

/// Products of bipolar inputs and bipolar weights, three at a time as the two bits of how many are +1: a LUT of six inputs for each.
/// `ones` has the bits of weight 1, then those of weight 2; where the last three are but one, they have no bit of weight 2.
module bitloom_xnor #(
    parameter int SIMD = 1,
    parameter int SUMS = (SIMD + 2) / 3,
    parameter int CARRIES = (SIMD + 1) / 3
) (
    input wire logic [SIMD-1:0] x,
    input wire logic [SIMD-1:0] weights,
    output logic [SUMS+CARRIES-1:0] ones
);
  wire [3*SUMS-1:0] equal = {{3 * SUMS - SIMD{1'b0}}, ~(x ^ weights)};

  genvar i;
  generate
    for (i = 0; i < SUMS; i++) begin : threes
      wire [2:0] three = equal[3*i+:3];
      assign ones[i] = ^three;
      if (i < CARRIES) begin : carry
        assign ones[SUMS+i] = (three[0] & three[1]) | (three[0] & three[2]) | (three[1] & three[2]);
      end
    end
  endgenerate
endmodule

`default_nettype wire
