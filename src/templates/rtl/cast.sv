`default_nettype none

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
    /// As overflow.sv has it.
    parameter int OVERFLOW = 0
) (
    input wire logic signed [IN_WIDTH-1:0] x,
    output logic [OUT_WIDTH-1:0] y
);
  localparam int CUT = DROP > 0 ? DROP : 0;
  localparam int GROW = DROP < 0 ? -DROP : 0;
  localparam int WHOLE = (IN_WIDTH > CUT ? IN_WIDTH : CUT + 1) + GROW;
  /// Holds the rounded number and all numbers of the result.
  localparam int WIDE = (WHOLE - CUT > OUT_WIDTH ? WHOLE - CUT : OUT_WIDTH) + 1;

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
      // As wide as the sum: $signed({1'b0, up}) is -1 to Verilator 5.006.
      assign rounded = floor + {{(WIDE - 1) {1'b0}}, up};
    end
  endgenerate

  bitloom_overflow #(.IN_WIDTH(WIDE), .OUT_WIDTH(OUT_WIDTH), .OUT_SIGNED(OUT_SIGNED), .OVERFLOW(OVERFLOW)) limit (
      .x(rounded),
      .cut(floor[OUT_WIDTH]),
      .y(y)
  );
endmodule

`default_nettype wire
