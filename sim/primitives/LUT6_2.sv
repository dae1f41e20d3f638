`default_nettype none

/// A look-up table of six inputs, and one of five in its lower half (AMD UG974).
module LUT6_2 #(
    parameter logic [63:0] INIT = 0
) (
    input wire logic I0, I1, I2, I3, I4, I5,
    output logic O5, O6
);
  wire [4:0] place = {I4, I3, I2, I1, I0};
  assign O5 = INIT[{1'b0, place}];
  assign O6 = INIT[{I5, place}];
endmodule

`default_nettype wire
