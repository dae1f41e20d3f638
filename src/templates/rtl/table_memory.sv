`default_nettype none

/// A table that PORTS of 1 or 2 read at once, in block RAM unless it is small: `y` has their entries in the cycle after `step`.
module bitloom_table_memory #(
    parameter int PORTS = 1,
    parameter int INPUTS = 1,
    parameter int BITS = 1,
    /// The first entry in the lowest bits.
    parameter logic [BITS*2**INPUTS-1:0] TABLE = 0
) (
    input wire logic clk,
    input wire logic step,
    input wire logic [PORTS*INPUTS-1:0] index,
    output logic [PORTS*BITS-1:0] y
);
  genvar port;
  generate
    if (INPUTS > 6) begin : block
      (* rom_style = "block" *) logic [BITS-1:0] entries[0:2**INPUTS-1];
      initial for (int i = 0; i < 2 ** INPUTS; i++) entries[i] = TABLE[i*BITS+:BITS];
      for (port = 0; port < PORTS; port++) begin : ports
        always_ff @(posedge clk) if (step) y[port*BITS+:BITS] <= entries[index[port*INPUTS+:INPUTS]];
      end
    end else begin : distributed
      for (port = 0; port < PORTS; port++) begin : ports
        always_ff @(posedge clk) if (step) y[port*BITS+:BITS] <= TABLE[index[port*INPUTS+:INPUTS]*BITS+:BITS];
      end
    end
  endgenerate
endmodule

`default_nettype wire
