`default_nettype none

/// Thermometer code: a number becomes LEVELS bipolar channels, +1 where it reaches the level's cut.
module bitloom_thermometer #(
    parameter int LANES  = 1,
    parameter int BITS   = 1,
    parameter int LEVELS = 1,
    /// One more bit than the numbers have, so that a cut may be out of reach; level 0 in the lowest bits.
    parameter logic [LEVELS*(BITS+1)-1:0] CUTS = 0
) (
    input wire logic [LANES*BITS-1:0] numbers,
    output logic [LANES*LEVELS-1:0] codes
);
  genvar i, b;
  generate
    for (i = 0; i < LANES; i++) begin : lanes
      for (b = 0; b < LEVELS; b++) begin : levels
        localparam logic [BITS:0] CUT = CUTS[b*(BITS+1)+:BITS+1];
        assign codes[i*LEVELS+b] = {1'b0, numbers[i*BITS+:BITS]} >= CUT;
      end
    end
  endgenerate
endmodule

`default_nettype wire
