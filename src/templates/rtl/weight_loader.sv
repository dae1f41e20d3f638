`default_nettype none

/// A link of the chain along which weights come: fills its own memory, DEPTH words of SLICES slices, and gives what comes after on. `last` ends
/// the loading: from then on what comes is its own again. What is written stands in `out_data`.
module bitloom_weight_loader #(
    parameter int SLICES = 1,
    parameter int DEPTH = 1,
    parameter int PLACE_BITS = DEPTH > 1 ? $clog2(DEPTH) : 1
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic [31:0] in_data,
    input wire logic in_valid,
    /// Not together with a word.
    input wire logic in_last,
    output logic [31:0] out_data,
    output logic out_valid,
    output logic out_last,
    /// Which slice of the word at `place`.
    output logic [SLICES-1:0] write,
    output logic [PLACE_BITS-1:0] place
);
  localparam int SLICE_BITS = SLICES > 1 ? $clog2(SLICES) : 1;

  logic full;
  wire own = in_valid && !full;
  wire [SLICE_BITS-1:0] slice;
  wire [PLACE_BITS-1:0] next;
  wire last_slice, last_place;

  bitloom_counter #(.COUNT(SLICES)) slices (
      .clk(clk), .rst(rst || in_last), .step(own), .value(slice), .last(last_slice));
  bitloom_counter #(.COUNT(DEPTH)) places (
      .clk(clk), .rst(rst || in_last), .step(own && last_slice), .value(next), .last(last_place));

  always_ff @(posedge clk) begin
    out_data <= in_data;
    place <= next;
    if (rst) {out_valid, out_last, write} <= 0;
    else begin
      out_valid <= in_valid && full;
      out_last <= in_last;
      for (int i = 0; i < SLICES; i++) write[i] <= own && slice == i;
    end
    if (rst || in_last) full <= 0;
    else if (own && last_slice && last_place) full <= 1;
  end
endmodule

`default_nettype wire
