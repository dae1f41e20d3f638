`default_nettype none

/// a + b + c + carry modulo 2^WIDTH, with a LUT for each bit: three bits become their parity, and a majority for the place above.
module bitloom_add_three #(
    parameter int WIDTH = 1,
    /// Bits that count inverted: of c, b and a.
    parameter bit [3*WIDTH-1:0] INVERTED = 0
) (
    input wire logic [WIDTH-1:0] a,
    input wire logic [WIDTH-1:0] b,
    input wire logic [WIDTH-1:0] c,
    input wire logic carry,
    output logic [WIDTH-1:0] sum
);
  localparam int CHAINS = (WIDTH + 7) / 8;
  // O5 is the majority of inputs 0 to 2, O6 the parity of 0 to 3.
  localparam logic [63:0] BOTH = 64'h69966996_E8E8E8E8;

  function automatic logic [63:0] inverting(input logic [2:0] inputs);
    for (int i = 0; i < 64; i++) inverting[i] = BOTH[i^inputs];
  endfunction

  wire [WIDTH:0] majority;
  wire [8*CHAINS-1:0] s, d, o, co;
  assign majority[0] = 1'b0;

  genvar i;
  generate
    for (i = 0; i < 8 * CHAINS; i++) begin : places
      if (i < WIDTH) begin : used
        LUT6_2 #(.INIT(inverting({INVERTED[2*WIDTH+i], INVERTED[WIDTH+i], INVERTED[i]}))) both (
            .I0(a[i]), .I1(b[i]), .I2(c[i]), .I3(majority[i]), .I4(1'b0), .I5(1'b1), .O5(majority[i+1]), .O6(s[i]));
        assign d[i] = majority[i];
      end else begin : unused
        assign {s[i], d[i]} = 2'b0;
      end
    end
    for (i = 0; i < CHAINS; i++) begin : chains
      wire below;
      if (i == 0) assign below = carry;
      else assign below = co[8*i-1];
      CARRY8 chain (.CI(below), .CI_TOP(1'b0), .DI(d[8*i+:8]), .S(s[8*i+:8]), .O(o[8*i+:8]), .CO(co[8*i+:8]));
    end
  endgenerate

  assign sum = o[WIDTH-1:0];
endmodule

`default_nettype wire
