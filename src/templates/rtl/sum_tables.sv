`default_nettype none

/// Sums of INPUTS bits of x at a time, each bit times a constant of its own that depends on the phase: a truth table for each bit of a sum,
/// in LUTs that give two of them where their inputs suffice. `y` has the lowest bits of all sums, then the next.
module bitloom_sum_tables #(
    parameter int SUMS = 1,
    parameter int INPUTS = 1,
    parameter int PHASE_BITS = 0,
    /// Of a sum.
    parameter int BITS = 1,
    parameter int WIDTH = INPUTS + PHASE_BITS,
    /// For each sum and bit of it its value for each {phase, bits of x}.
    parameter logic [SUMS*BITS*2**WIDTH-1:0] TABLES = 0
) (
    input wire logic [SUMS*INPUTS-1:0] x,
    input wire logic [(PHASE_BITS > 0 ? PHASE_BITS : 1)-1:0] phase,
    output logic [BITS*SUMS-1:0] y
);
  // Unused inputs of a LUT are 0, but for the highest of one with two outputs, which is 1.
  localparam int PER_LUT = WIDTH < 6 ? 2 : 1;

  genvar i, j;
  generate
    for (i = 0; i < SUMS; i++) begin : sums
      wire [WIDTH-1:0] index;
      if (PHASE_BITS > 0) assign index = {phase, x[i*INPUTS+:INPUTS]};
      else assign index = x[i*INPUTS+:INPUTS];

      for (j = 0; j < BITS; j += PER_LUT) begin : bits
        localparam logic [2**WIDTH-1:0] FIRST = TABLES[(i*BITS+j)*2**WIDTH+:2**WIDTH];
        localparam bit TWO = PER_LUT == 2 && j + 1 < BITS;
        // Of a LUT with two outputs the second.
        localparam logic [2**WIDTH-1:0] SECOND = TABLES[(i*BITS+j+(TWO ? 1 : 0))*2**WIDTH+:2**WIDTH];
`ifdef BITLOOM_BEHAVIOURAL
        localparam bit BUILT = 0;
`else
        localparam bit BUILT = TWO;
`endif
        if (BUILT) begin : built
          wire [4:0] inputs = index;
          localparam logic [31:0] O5 = FIRST;
          localparam logic [31:0] O6 = SECOND;
          LUT6_2 #(.INIT({O6, O5})) both (
              .I0(inputs[0]), .I1(inputs[1]), .I2(inputs[2]), .I3(inputs[3]), .I4(inputs[4]), .I5(1'b1),
              .O5(y[j*SUMS+i]), .O6(y[(j+1)*SUMS+i]));
        end else begin : described
          assign y[j*SUMS+i] = FIRST[index];
          if (TWO) assign y[(j+1)*SUMS+i] = SECOND[index];
        end
      end
    end
  endgenerate
endmodule

`default_nettype wire
