/// The sum of SIMD products of inputs and stored weights, modulo 2^SUM_BITS. Purely combinational.
module bitloom_products #(
    parameter int SIMD = 1,
    parameter int X_BITS = 1,
    /// 0 unsigned, 1 signed, 2 bipolar
    parameter int X_KIND = 0,
    parameter int W_BITS = 1,
    /// 0 bipolar, 1 ternary, 2 any signed number (x is -1, 0 or +1), 3 digits of bitloom_shift_add
    parameter int W_KIND = 0,
    parameter int SUM_BITS = 2
) (
    input logic [SIMD*X_BITS-1:0] x,
    input logic [SIMD*W_BITS-1:0] weights,
    output logic signed [SUM_BITS-1:0] sum
);
  wire [SIMD*SUM_BITS-1:0] products;

  generate
    if (X_KIND == 2 && W_KIND == 0) begin : xnor_popcount
      wire [SIMD-1:0] equal = ~(x ^ weights);
      always_comb begin
        sum = -SIMD;
        for (int i = 0; i < SIMD; i++) if (equal[i]) sum = sum + 2;
      end
      assign products = 0;
    end else begin : general
      always_comb begin
        sum = 0;
        for (int i = 0; i < SIMD; i++) sum = sum + products[i*SUM_BITS+:SUM_BITS];
      end
    end
  endgenerate

  genvar e;
  generate
    if (X_KIND != 2 || W_KIND != 0)
      for (e = 0; e < SIMD; e++) begin : elements
        wire [X_BITS-1:0] bits = x[e*X_BITS+:X_BITS];
        wire [W_BITS-1:0] weight = weights[e*W_BITS+:W_BITS];
        wire signed [X_BITS+1:0] number;
        if (X_KIND == 0) begin : is_unsigned
          assign number = $signed({2'b00, bits});
        end else if (X_KIND == 1) begin : is_signed
          assign number = $signed(bits);
        end else begin : is_bipolar
          assign number = bits[0] ? 1 : -1;
        end
        wire signed [SUM_BITS-1:0] product;
        assign products[e*SUM_BITS+:SUM_BITS] = product;
        if (W_KIND == 0) begin : bipolar
          assign product = weight[0] ? number : -number;
        end else if (W_KIND == 1) begin : ternary
          assign product = weight[0] ? (weight[W_BITS-1] ? -number : number) : 0;
        end else if (W_KIND == 2) begin : signs
          wire signed [SUM_BITS-1:0] value = $signed(weight);
          assign product = number == 0 ? 0 : number < 0 ? -value : value;
        end else begin : digits
          bitloom_shift_add #(
              .X_WIDTH(X_BITS + 2),
              .DIGITS (W_BITS / 3),
              .Y_WIDTH(SUM_BITS)
          ) shifted (
              .x(number),
              .digits(weight),
              .y(product)
          );
        end
      end
  endgenerate
endmodule
