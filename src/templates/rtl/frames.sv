`default_nettype none

/// Counts the words of a number of frames, WORDS to each.
module bitloom_frames #(
    parameter int WORDS = 1
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic start,
    input wire logic [31:0] frames,
    /// A word goes by.
    input wire logic step,
    /// There are words to come.
    output logic busy,
    /// The next word is the last of its frame, and of all frames.
    output logic frame_end,
    output logic last
);
  logic [31:0] left;
  logic final_frame;

  bitloom_counter #(.COUNT(WORDS)) count_words (.clk(clk), .rst(rst || start), .step(step), .value(), .last(frame_end));
  assign last = frame_end && final_frame;

  always_ff @(posedge clk) begin
    if (rst) busy <= 0;
    else if (start) busy <= frames != 0;
    else if (step && last) busy <= 0;
    if (start) begin
      left <= frames;
      final_frame <= frames == 1;
    end else if (step && frame_end) begin
      left <= left - 1'b1;
      final_frame <= left == 2;
    end
  end
endmodule

`default_nettype wire
