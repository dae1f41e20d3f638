`default_nettype none

/// sum + x in the type of the sum: `next` follows from `sum` and the x of the cycle before. What is cut off is cut off x, before it is added: so a sum
/// can take an x in every cycle with one addition between two registers.
module bitloom_cast_sum #(
    /// Of x, which is signed.
    parameter int X_BITS = 2,
    /// x * 2^X_SHIFT / 2^DROP has the fraction of the sum; one of them is 0.
    parameter int X_SHIFT = 0,
    parameter int DROP = 0,
    parameter int BITS = 1,
    parameter bit SIGNED = 1,
    /// As cast.sv has them.
    parameter int ROUNDING = 0,
    parameter int OVERFLOW = 0
) (
    input wire logic clk,
    input wire logic advance,
    input wire logic signed [X_BITS-1:0] x,
    input wire logic [BITS-1:0] sum,
    output logic [BITS-1:0] next
);
  localparam int WHOLE = X_BITS > DROP ? X_BITS - DROP + X_SHIFT : 1;
  localparam int SUM = SIGNED ? BITS : BITS + 1;
  localparam int WIDE = (WHOLE > SUM ? WHOLE : SUM) + 1;
  /// A signed sum is taken as so much more, without a sign: no bit of it goes into two of the adder's.
  localparam logic [WIDE-1:0] MORE = SIGNED ? 1 << (BITS - 1) : 0;
  /// Whether it depends on the sign of the exact sum what a tie, or anything that is cut off, becomes: on which one?
  localparam bit BY_SIGN = DROP > 0 && (ROUNDING == 1 || ROUNDING == 3 || ROUNDING == 5);
  localparam bit UP_IF_NEGATIVE = ROUNDING != 5;

  // x without what is cut off, and so much less.
  wire signed [WIDE-1:0] kept;
  logic [WIDE-1:0] whole;
  // Rounded up in any case; if the sum so far is odd; if it is even; by the sign of the exact sum.
  logic if_odd, if_even, if_sign;

  generate
    if (DROP > 0) begin : cuts
      wire signed [DROP+WHOLE-1:0] extended = x;
      wire half = extended[DROP-1];
      wire [DROP-1:0] below = extended[DROP-1:0];
      wire rest = below[DROP-1:0] != {half, {(DROP-1){1'b0}}};
      wire odd = extended[DROP];
      assign kept = extended >>> DROP;
      always_ff @(posedge clk)
        if (advance) begin
          if_odd <= ROUNDING == 2 ? half : ROUNDING > 2 && half && (rest || (ROUNDING == 6 && !odd));
          if_even <= ROUNDING == 2 ? half : ROUNDING > 2 && half && (rest || (ROUNDING == 6 && odd));
          if_sign <= ROUNDING == 1 ? half || rest : half && !rest;
        end
    end else begin : keeps
      assign kept = $signed({x, {X_SHIFT{1'b0}}});
      assign {if_odd, if_even, if_sign} = 0;
    end
  endgenerate

  always_ff @(posedge clk) if (advance) whole <= kept - MORE;

  // The lowest bit of the addition carries what is rounded up into the others. It is written as a subtraction: so Yosys keeps what selects
  // the sum in the LUTs of the adder.
  wire [WIDE-1:0] number = sum ^ MORE[BITS-1:0];
  wire carry = sum[0] ? if_odd : if_even;
  wire [WIDE:0] carried = {whole, carry} - {~number, 1'b1};
  wire [WIDE:0] exact = {whole, 1'b0} - {~number, 1'b1};
  wire signed [WIDE-1:0] rounded;

  generate
    if (BY_SIGN) begin : by_sign
      wire [WIDE:0] up = {whole, if_even || if_sign} - {~number, 1'b1};
      assign rounded = exact[WIDE] == UP_IF_NEGATIVE ? up[WIDE:1] : carried[WIDE:1];
    end else begin : by_carry
      assign rounded = carried[WIDE:1];
    end
  endgenerate

  bitloom_overflow #(.IN_WIDTH(WIDE), .OUT_WIDTH(BITS), .OUT_SIGNED(SIGNED), .OVERFLOW(OVERFLOW)) limit (
      .x(rounded),
      .cut(exact[BITS+1]),
      .y(next)
  );
endmodule

`default_nettype wire
