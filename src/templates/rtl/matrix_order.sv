`default_nettype none

/// The order in which a matrix-vector unit works: for each output pixel and group of channels FOLDS chunks come in and are used ROW_FOLDS
/// times, each time with other weights, so that PE sums follow from FOLDS chunks. One chunk per cycle, if there is one.
module bitloom_matrix_order #(
    parameter int CHUNK_BITS = 1,
    parameter int FOLDS = 1,
    parameter int ROW_FOLDS = 1,
    /// Whether the chunks are kept in block RAM.
    parameter bit BLOCK = 0,
    /// Words of weights: FOLDS * ROW_FOLDS for each group.
    parameter int WORDS = 1,
    /// Cycles from a chunk and its weights to the sum of their products.
    parameter int LATENCY = 1,
    parameter int ADDRESS_BITS = WORDS > 1 ? $clog2(WORDS) : 1
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic [CHUNK_BITS-1:0] in_data,
    input wire logic in_valid,
    output logic in_ready,
    /// Whether all that comes after the chunk moves on.
    input wire logic advance,
    /// The weights are other ones now: those that were read last are read again.
    input wire logic reread,
    /// The word that is read where `read` is set: its weights belong to the chunk of the next cycle, and stay until the next are read.
    output logic [ADDRESS_BITS-1:0] address,
    output logic read,
    output logic [CHUNK_BITS-1:0] chunk,
    /// With the sum of products.
    output logic valid
);
  // The chunks, as often as they are needed.
  wire chunk_valid, chunk_ready;

  generate
    if (FOLDS == 1) begin : held
      wire last_row;
      bitloom_counter #(.COUNT(ROW_FOLDS)) rows (
          .clk(clk), .rst(rst), .step(chunk_valid && chunk_ready), .value(), .last(last_row));
      assign chunk = in_data;
      assign chunk_valid = in_valid;
      assign in_ready = chunk_ready && last_row;
    end else begin : replayed
      bitloom_replay #(.BITS(CHUNK_BITS), .COUNT(FOLDS), .TIMES(ROW_FOLDS), .BLOCK(BLOCK)) replay (
          .clk(clk), .rst(rst), .in_data(in_data), .in_valid(in_valid), .in_ready(in_ready),
          .out_data(chunk), .out_valid(chunk_valid), .out_ready(chunk_ready));
    end
  endgenerate

  // The weights, always read before.
  logic primed;
  logic [ADDRESS_BITS-1:0] former;
  wire [ADDRESS_BITS-1:0] next;
  wire take = chunk_valid && chunk_ready;
  wire step = take || !primed;

  assign chunk_ready = primed && advance && !reread;
  assign read = step || reread;
  assign address = reread ? former : next;
  bitloom_counter #(.COUNT(WORDS)) words (.clk(clk), .rst(rst), .step(step), .value(next), .last());

  logic [LATENCY-1:0] valids;
  assign valid = valids[LATENCY-1];

  always_ff @(posedge clk) begin
    primed <= !rst;
    if (step) former <= next;
    if (rst) valids <= 0;
    else if (advance) valids <= {valids, take};
  end
endmodule

`default_nettype wire
