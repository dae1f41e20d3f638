`default_nettype none

/// Lets weights in between two frames: after a request (`load`) no further frame begins, and once those that have begun are out, `loading`
/// says that words are taken; others are dropped. When the request is over and the end of it has gone through the chain, frames go on.
module bitloom_weight_gate #(
    /// Beats of a frame.
    parameter int INPUT_BEATS = 1,
    parameter int OUTPUT_BEATS = 1
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic load,
    output logic loading,
    input wire logic in_valid,
    output logic in_ready,
    output logic core_valid,
    input wire logic core_ready,
    /// A beat of the output leaves.
    input wire logic leaves,
    /// Of the chain: it ends at its beginning, and at its end.
    output logic last,
    input wire logic done
);
  /// No frame begins; within one; the end is under way.
  logic holds, begun, ending;
  logic [15:0] frames;
  wire beat = core_valid && core_ready;
  wire last_in, last_out;
  wire under_way = beat ? !last_in : begun;

  assign core_valid = in_valid && !holds;
  assign in_ready = core_ready && !holds;
  bitloom_counter #(.COUNT(INPUT_BEATS)) inputs (.clk(clk), .rst(rst), .step(beat), .value(), .last(last_in));
  bitloom_counter #(.COUNT(OUTPUT_BEATS)) outputs (.clk(clk), .rst(rst), .step(leaves), .value(), .last(last_out));

  always_ff @(posedge clk) begin
    if (rst) {holds, begun, ending, loading, last, frames} <= 0;
    else begin
      begun <= under_way;
      frames <= frames + (beat && !begun) - (leaves && last_out);
      loading <= load && (loading || (holds && !ending && frames == 0));
      last <= loading && !load;
      ending <= (loading && !load) || (ending && !done);
      holds <= holds ? load || loading || (ending && !done) : load && !under_way;
    end
  end
endmodule

`default_nettype wire
