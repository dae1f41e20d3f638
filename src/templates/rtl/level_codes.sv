`default_nettype none

/// Of thermometer codes of LEVELS bits each, the first of them 1, how many there are of each 2^CODE_BITS - 1 of them, the lowest first.
module bitloom_level_codes #(
    parameter int NUMBERS = 1,
    parameter int LEVELS = 1,
    parameter int CODE_BITS = 1,
    /// Of all codes of a number: the last may be shorter.
    parameter int BITS = 1
) (
    input wire logic [NUMBERS*LEVELS-1:0] x,
    output logic [NUMBERS*BITS-1:0] codes
);
  localparam int MOST = 2 ** CODE_BITS - 1;

  /// Of the levels that a code counts those that change a bit of it.
  function automatic logic [LEVELS-1:0] changing(input int code, input int place);
    for (int i = 0; i < LEVELS; i++)
      changing[i] = i >= code * MOST && i < (code + 1) * MOST && (i - code * MOST + 1) % (1 << place) == 0;
  endfunction

  genvar i, b;
  generate
    for (i = 0; i < NUMBERS; i++) begin : numbers
      for (b = 0; b < BITS; b++) begin : bits
        localparam logic [LEVELS-1:0] CHANGING = changing(b / CODE_BITS, b % CODE_BITS);
        assign codes[i*BITS+b] = ^(x[i*LEVELS+:LEVELS] & CHANGING);
      end
    end
  endgenerate
endmodule

`default_nettype wire
