`default_nettype none

/// Products of numbers as bits to be added up: one row for each digit of base 4 of one factor, which is 0, 1 or 2 with a sign.
/// This module gives the rows of the digit DIGIT of all products, bit 0 of all rows first. The number that a row stands for is a
/// signed one of ROW_BITS bits whose sign is given inverted, and one more where `negative` is set (-n is ~n + 1): so it is short
/// of 2^(ROW_BITS - 1), which whoever adds up takes off.
module bitloom_products #(
    parameter int SIMD = 1,
    parameter int X_BITS = 1,
    /// 0 unsigned, 1 signed, 2 bipolar
    parameter int X_KIND = 0,
    parameter int W_BITS = 1,
    /// 0 bipolar, 1 ternary, 2 any signed number (x is -1, 0 or +1 and is the digit), 3 digits: three bits each, one, two, negative;
    /// 4 signed and 5 unsigned numbers, whose digits are Booth's: two bits and the one below them
    parameter int W_KIND = 0,
    parameter int DIGIT = 0,
    parameter int NUMBER_BITS = W_KIND == 2 ? W_BITS : X_KIND == 1 ? X_BITS : X_BITS + 1,
    parameter int ROW_BITS = NUMBER_BITS + (W_KIND >= 3 ? 1 : 0)
) (
    input wire logic [SIMD*X_BITS-1:0] x,
    input wire logic [SIMD*W_BITS-1:0] weights,
    output logic [ROW_BITS*SIMD-1:0] rows,
    output logic [SIMD-1:0] negative
);
  genvar e, k;
  generate
    for (e = 0; e < SIMD; e++) begin : elements
      wire [X_BITS-1:0] bits = x[e*X_BITS+:X_BITS];
      wire [W_BITS-1:0] weight = weights[e*W_BITS+:W_BITS];
      wire [NUMBER_BITS-1:0] number;
      wire one, two;
      if (W_KIND == 2) assign number = weight;
      else if (X_KIND == 0) assign number = {1'b0, bits};
      else if (X_KIND == 1) assign number = bits;
      else assign number = {!bits[0], 1'b1};
      if (W_KIND == 0) begin : bipolar
        assign {negative[e], two, one} = {!weight[0], 2'b01};
      end else if (W_KIND == 1) begin : ternary
        assign {negative[e], two, one} = {weight[W_BITS-1], 1'b0, weight[0]};
      end else if (W_KIND == 2) begin : signs
        assign {negative[e], two, one} = {X_KIND == 2 ? !bits[0] : bits[X_BITS-1], 1'b0, X_KIND == 2 || bits[0]};
      end else if (W_KIND >= 4) begin : booth
        wire [W_BITS+2:0] extended = { {2{W_KIND == 4 && weight[W_BITS-1]}}, weight, 1'b0};
        wire [2:0] digit = extended[2*DIGIT+:3];
        assign {negative[e], two, one} = {digit[2], digit == 3'b011 || digit == 3'b100, digit[1] ^ digit[0]};
      end else begin : digits
        assign {negative[e], two, one} = weight[3*DIGIT+:3];
      end
      wire [NUMBER_BITS+1:0] wide = {number[NUMBER_BITS-1], number, 1'b0};
      for (k = 0; k < ROW_BITS; k++) begin : places
        wire bit_of_row = ((one && wide[k+1]) || (two && wide[k])) ^ negative[e];
        assign rows[k*SIMD+e] = k == ROW_BITS - 1 ? !bit_of_row : bit_of_row;
      end
    end
  endgenerate
endmodule

`default_nettype wire
