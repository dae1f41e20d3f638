`default_nettype none

/// ATOMS counters in one carry chain: the first takes bits of weight 1 and `carry`, the next of weight 4, and so on (counter_atom.sv).
module bitloom_counter_chain #(
    /// At most 4.
    parameter int ATOMS = 1,
    parameter bit [ATOMS-1:0] MIXED = 0,
    /// Of x; the last bit of an atom cannot be inverted.
    parameter bit [6*ATOMS-1:0] INVERTED = 0
) (
    input wire logic carry,
    input wire logic [6*ATOMS-1:0] x,
    output logic [2*ATOMS:0] sum
);
  wire [7:0] s, d, o, co;

  genvar i;
  generate
    for (i = 0; i < 4; i++) begin : atoms
      if (i < ATOMS) begin : used
        bitloom_counter_atom #(.MIXED(MIXED[i]), .INVERTED(INVERTED[6*i+:5])) count (
            .x(x[6*i+:6]), .s(s[2*i+:2]), .d(d[2*i+:2]));
      end else begin : unused
        assign {s[2*i+:2], d[2*i+:2]} = 4'b0;
      end
    end
  endgenerate

  CARRY8 chain (.CI(carry), .CI_TOP(1'b0), .DI(d), .S(s), .O(o), .CO(co));
  assign sum = {co[2*ATOMS-1], o[2*ATOMS-1:0]};
endmodule

`default_nettype wire
