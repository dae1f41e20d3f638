`default_nettype none

/// 0, x or 2x, and for a negative digit all its bits inverted: who adds it up adds 1 as well.
module bitloom_digit #(
    parameter int WIDTH = 2
) (
    input wire logic signed [WIDTH-1:0] x,
    /// one, two, negative
    input wire logic [2:0] digit,
    output logic signed [WIDTH:0] y
);
  wire signed [WIDTH:0] wide = x;
  assign y = ({WIDTH + 1{digit[0]}} & wide | {WIDTH + 1{digit[1]}} & (wide <<< 1)) ^ {WIDTH + 1{digit[2]}};
endmodule

`default_nettype wire
