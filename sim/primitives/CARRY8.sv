`default_nettype none

/// A carry chain of eight places (AMD UG974, CARRY_TYPE "SINGLE_CY8").
module CARRY8 (
    input wire logic CI,
    input wire logic CI_TOP,
    input wire logic [7:0] DI,
    input wire logic [7:0] S,
    output logic [7:0] O,
    output logic [7:0] CO
);
  always_comb begin
    for (int i = 0; i < 8; i++) begin
      O[i] = S[i] ^ (i == 0 ? CI : CO[i-1]);
      CO[i] = S[i] ? (i == 0 ? CI : CO[i-1]) : DI[i];
    end
  end
endmodule

`default_nettype wire
