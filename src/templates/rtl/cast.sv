/// A cast between fixed-point types: rounding, then overflow (docs/ir.md §1, AMD UG1399). Purely combinational.
module bitloom_cast #(
    /// Of x, which is signed.
    parameter int IN_WIDTH = 2,
    /// Fraction bits of x beyond those of y; negative where y has more.
    parameter int DROP = 0,
    parameter int OUT_WIDTH = 1,
    parameter bit OUT_SIGNED = 0,
    /// 0 TRN, 1 TRN_ZERO, 2 RND, 3 RND_ZERO, 4 RND_MIN_INF, 5 RND_INF, 6 RND_CONV
    parameter int ROUNDING = 0,
    /// 0 WRAP, 1 SAT, 2 SAT_ZERO, 3 SAT_SYM, 4 WRAP_SM
    parameter int OVERFLOW = 0
) (
    input logic signed [IN_WIDTH-1:0] x,
    output logic [OUT_WIDTH-1:0] y
);
  localparam int CUT = DROP > 0 ? DROP : 0;
  localparam int GROW = DROP < 0 ? -DROP : 0;
  localparam int WHOLE = (IN_WIDTH > CUT ? IN_WIDTH : CUT + 1) + GROW;
  /// Holds the rounded number and all numbers of the result.
  localparam int WIDE = (WHOLE - CUT > OUT_WIDTH ? WHOLE - CUT : OUT_WIDTH) + 2;

  wire signed [WHOLE-1:0] extended = x;
  wire signed [WHOLE-1:0] whole = extended <<< GROW;
  wire signed [WIDE-1:0] floor = whole >>> CUT;
  wire signed [WIDE-1:0] rounded;

  generate
    if (CUT == 0 || ROUNDING == 0) begin : exact
      assign rounded = floor;
    end else begin : rounds
      wire negative = whole[WHOLE-1];
      wire half = whole[CUT-1];
      wire rest;
      if (CUT > 1) begin : several
        assign rest = |whole[CUT-2:0];
      end else begin : single
        assign rest = 0;
      end
      wire tie_up = ROUNDING == 2 || (ROUNDING == 3 && negative) || (ROUNDING == 5 && !negative) ||
          (ROUNDING == 6 && floor[0]);
      wire up = ROUNDING == 1 ? negative && (half || rest) : half && (rest || tie_up);
      assign rounded = floor + $signed({1'b0, up});
    end
  endgenerate

  generate
    if (OVERFLOW == 0) begin : wraps
      assign y = rounded[OUT_WIDTH-1:0];
    end else begin : limits
      localparam bit SYMMETRIC = OVERFLOW == 3 && OUT_SIGNED && OUT_WIDTH > 1;
      localparam logic [OUT_WIDTH-1:0] ONES = {OUT_WIDTH{1'b1}};
      localparam logic [OUT_WIDTH-1:0] HIGH = OUT_SIGNED ? ONES >> 1 : ONES;
      localparam logic [OUT_WIDTH-1:0] LOW = OUT_SIGNED ? ~(ONES >> 1) | (SYMMETRIC ? 1 : 0) : 0;
      localparam logic signed [WIDE-1:0] HIGHEST = $signed({1'b0, HIGH});
      localparam logic signed [WIDE-1:0] LOWEST = OUT_SIGNED ? $signed({2'b11, LOW}) : 0;
      wire below = rounded < LOWEST;
      wire above = rounded > HIGHEST;
      if (OVERFLOW == 2) begin : to_zero
        assign y = below || above ? 0 : rounded[OUT_WIDTH-1:0];
      end else if (OVERFLOW == 4) begin : sign_magnitude
        wire flip = floor[OUT_WIDTH] != rounded[OUT_WIDTH-1];
        assign y = (below || above) && flip ? ~rounded[OUT_WIDTH-1:0] : rounded[OUT_WIDTH-1:0];
      end else begin : saturates
        assign y = below ? LOW : above ? HIGH : rounded[OUT_WIDTH-1:0];
      end
    end
  endgenerate
endmodule
