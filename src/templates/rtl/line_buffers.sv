`default_nettype none

/// LINES rows of pixels, each of which moves on a row when the next one comes: what stood in them at `place` is in `former`, the oldest
/// row in the lowest bits. Rows in block RAM are read a step ahead: `place` goes up by one (or to 0) after each step.
module bitloom_line_buffers #(
    parameter int LINES = 1,
    parameter int WIDTH = 2,
    parameter int PIXEL_BITS = 1,
    parameter bit BLOCK = 0,
    parameter int PLACE_BITS = WIDTH > 1 ? $clog2(WIDTH) : 1
) (
    input wire logic clk,
    input wire logic [PLACE_BITS-1:0] place,
    /// The rows move on at `place`.
    input wire logic next,
    /// Something else was stored at the place of `former`.
    input wire logic reread,
    input wire logic [PIXEL_BITS-1:0] pixel,
    /// `pixel` becomes the newest row's at `store_place`.
    input wire logic store,
    input wire logic [PLACE_BITS-1:0] store_place,
    output logic [LINES*PIXEL_BITS-1:0] former
);
  wire [PLACE_BITS-1:0] next_place = !next ? place : place == WIDTH - 1 ? 0 : place + 1'b1;

  genvar i;
  generate
    for (i = 0; i < LINES; i++) begin : lines
      wire write = i == LINES - 1 ? store : next;
      wire [PLACE_BITS-1:0] write_place = i == LINES - 1 ? store_place : place;
      wire [PIXEL_BITS-1:0] data;
      if (i == LINES - 1) assign data = pixel;
      else assign data = former[(i+1)*PIXEL_BITS+:PIXEL_BITS];
      if (BLOCK) begin : block
        (* ram_style = "block" *) logic [PIXEL_BITS-1:0] pixels[0:WIDTH-1];
        logic [PIXEL_BITS-1:0] read;
        always_ff @(posedge clk) begin
          if (write) pixels[write_place] <= data;
          if (next || reread) read <= pixels[next_place];
        end
        assign former[i*PIXEL_BITS+:PIXEL_BITS] = read;
      end else begin : distributed
        (* ram_style = "distributed" *) logic [PIXEL_BITS-1:0] pixels[0:WIDTH-1];
        always_ff @(posedge clk) if (write) pixels[write_place] <= data;
        assign former[i*PIXEL_BITS+:PIXEL_BITS] = pixels[place];
      end
    end
  endgenerate
endmodule

`default_nettype wire
