/// x / DIVISOR as a number that every rounding mode treats as it would treat the exact quotient: floor(x * 2^SHIFT / DIVISOR), and one
/// more bit that is set where anything is left over. A restoring division, one subtraction for each bit: no divider, no multiplier.
module bitloom_quotient #(
    parameter int WIDTH = 2,
    parameter int SHIFT = 0,
    parameter int DIVISOR = 3
) (
    input logic signed [WIDTH-1:0] x,
    output logic signed [WIDTH+SHIFT+1:0] y
);
  localparam int BITS = WIDTH + SHIFT;
  localparam int REST_BITS = $clog2(DIVISOR) + 2;
  wire negative = x[WIDTH-1];
  wire [WIDTH-1:0] absolute = negative ? -x : x;
  wire [BITS-1:0] whole = absolute;
  wire [BITS-1:0] magnitude = whole << SHIFT;
  logic [REST_BITS-1:0] rest;
  logic [BITS:0] floor;

  always_comb begin
    rest = 0;
    floor = 0;
    for (int i = BITS - 1; i >= 0; i--) begin
      rest = {rest[REST_BITS-2:0], magnitude[i]};
      floor[i] = rest >= DIVISOR;
      if (floor[i]) rest = rest - DIVISOR;
    end
    if (negative) floor = rest == 0 ? -floor : ~floor;
  end
  assign y = {floor, rest != 0};
endmodule
