`default_nettype none

/// Two LUTs before two places of a carry chain: together with the carry below they count six bits of weight 1, or, MIXED, bits
/// 0, 1, 2, 5 of weight 1 and 3, 4 of weight 2 (not all of 1 to 4). The chain gives the sum's bits of weight 1 and 2 and the carry of weight 4.
/// Bit 5 only goes into the parity: where the parities of five and of six bits are the same, it and the carry below decide.
module bitloom_counter_atom #(
    parameter bit MIXED = 0,
    /// Which of bits 0 to 4 count inverted.
    parameter bit [4:0] INVERTED = 0
) (
    input wire logic [5:0] x,
    output logic [1:0] s,
    output logic [1:0] d
);
  // The lower half is the function of O5, the upper that of O6 where input 5 is 1.
  localparam logic [63:0] PARITIES = MIXED ? 64'h69696969_96969696 : 64'h69969669_96696996;
  localparam logic [63:0] TWOS = MIXED ? 64'h001717E8_17E8E800 : 64'h177E7EE8_E8808000;

  function automatic logic [63:0] inverting(input logic [63:0] init);
    for (int i = 0; i < 64; i++) inverting[i] = init[i^INVERTED];
  endfunction

  LUT6_2 #(.INIT(inverting(PARITIES))) parities (
      .I0(x[0]), .I1(x[1]), .I2(x[2]), .I3(x[3]), .I4(x[4]), .I5(x[5]), .O5(d[0]), .O6(s[0]));
  LUT6_2 #(.INIT(inverting(TWOS))) twos (
      .I0(x[0]), .I1(x[1]), .I2(x[2]), .I3(x[3]), .I4(x[4]), .I5(1'b1), .O5(d[1]), .O6(s[1]));
endmodule

`default_nettype wire
