`default_nettype none

/// The bursts that cover the words of some frames, which lie one after another in memory: each within a frame, of at most BURST words, and
/// within 4 KiB (AMBA AXI, A3.4.1).
module bitloom_bursts #(
    /// Words of a frame.
    parameter int WORDS = 1,
    parameter int BURST = 16
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic start,
    input wire logic [31:0] frames,
    input wire logic [63:0] base,
    output logic busy,
    output logic [63:0] address,
    /// Words of the burst.
    output logic [4:0] words,
    output logic valid,
    input wire logic ready
);
  localparam int LEFT_BITS = $clog2(WORDS + 1);

  logic [31:0] frames_left;
  logic [LEFT_BITS-1:0] left;
  logic planned;
  wire [9:0] to_border = 10'd512 - address[11:3];
  wire [4:0] most = left < BURST ? left : BURST;
  wire go = valid && ready;
  wire frame_end = left == words;

  assign valid = busy && planned;

  always_ff @(posedge clk) begin
    if (rst) busy <= 0;
    else if (start) busy <= frames != 0;
    else if (go && frame_end && frames_left == 1) busy <= 0;
    planned <= busy && !go && !start;
    if (!planned) words <= to_border < most ? to_border : most;
    if (start) begin
      address <= {base[63:3], 3'b0};
      frames_left <= frames;
      left <= WORDS;
    end else if (go) begin
      address <= address + {words, 3'b0};
      left <= frame_end ? WORDS : left - words;
      if (frame_end) frames_left <= frames_left - 1'b1;
    end
  end
endmodule

`default_nettype wire
