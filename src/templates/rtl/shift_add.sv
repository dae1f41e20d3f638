/// The product of x and a number that is not known before: signed digits of base 4, each 0, 1 or 2 with a sign, so that there is no
/// multiplier. A digit has three bits: one, two, negative. (Canonical signed digits have no two neighbours, so pairs suffice.)
module bitloom_shift_add #(
    parameter int X_WIDTH = 2,
    parameter int DIGITS = 1,
    parameter int Y_WIDTH = 2
) (
    input logic signed [X_WIDTH-1:0] x,
    input logic [3*DIGITS-1:0] digits,
    output logic signed [Y_WIDTH-1:0] y
);
  wire signed [Y_WIDTH-1:0] wide = x;
  logic signed [Y_WIDTH-1:0] sum;
  logic signed [Y_WIDTH-1:0] term;

  always_comb begin
    sum = 0;
    for (int i = 0; i < DIGITS; i++) begin
      term = 0;
      if (digits[3*i]) term = wide <<< (2 * i);
      if (digits[3*i+1]) term = wide <<< (2 * i + 1);
      sum = digits[3*i+2] ? sum - term : sum + term;
    end
  end
  assign y = sum;
endmodule
