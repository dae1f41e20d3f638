`default_nettype none

/// Brings a rounded number into the range of the cast's type (docs/ir.md §1): only its bits from the result's sign up are looked at.
module bitloom_overflow #(
    /// More than OUT_WIDTH.
    parameter int IN_WIDTH = 2,
    parameter int OUT_WIDTH = 1,
    parameter bit OUT_SIGNED = 0,
    /// 0 WRAP, 1 SAT, 2 SAT_ZERO, 3 SAT_SYM, 4 WRAP_SM
    parameter int OVERFLOW = 0
) (
    input wire logic signed [IN_WIDTH-1:0] x,
    /// For WRAP_SM the bit OUT_WIDTH of the number before it was rounded.
    input wire logic cut,
    output logic [OUT_WIDTH-1:0] y
);
  localparam bit SYMMETRIC = OVERFLOW == 3 && OUT_SIGNED && OUT_WIDTH > 1;
  localparam logic [OUT_WIDTH-1:0] ONES = {OUT_WIDTH{1'b1}};
  localparam logic [OUT_WIDTH-1:0] HIGH = OUT_SIGNED ? ONES >> 1 : ONES;
  localparam logic [OUT_WIDTH-1:0] LOW = OUT_SIGNED ? ~(ONES >> 1) | (SYMMETRIC ? 1 : 0) : 0;
  localparam int KEPT = OUT_SIGNED ? OUT_WIDTH - 1 : OUT_WIDTH;

  wire [OUT_WIDTH-1:0] low = x[OUT_WIDTH-1:0];
  wire negative = x[IN_WIDTH-1];
  wire [IN_WIDTH-1:KEPT] top = x[IN_WIDTH-1:KEPT];
  wire fits = ~|top || (OUT_SIGNED && &top);

  generate
    if (OVERFLOW == 0) begin : wraps
      assign y = low;
    end else if (OVERFLOW == 2) begin : to_zero
      assign y = low & {OUT_WIDTH{fits}};
    end else if (OVERFLOW == 4) begin : sign_magnitude
      assign y = low ^ {OUT_WIDTH{!fits && cut != low[OUT_WIDTH-1]}};
    end else begin : saturates
      wire lowest = SYMMETRIC && negative && low == LOW - 1'b1;
      wire [OUT_WIDTH-1:0] limit = {OUT_WIDTH{negative}} & LOW | {OUT_WIDTH{!negative}} & HIGH;
      // No choice of constants: Yosys would make it the reset of a register behind it, which takes another LUT.
      assign y = {OUT_WIDTH{fits}} & low | {OUT_WIDTH{!fits}} & limit | lowest;
    end
  endgenerate
endmodule

`default_nettype wire
