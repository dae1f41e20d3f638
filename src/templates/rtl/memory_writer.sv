`default_nettype none

/// Writes the words of some frames to memory: AXI4, 64 bits. A burst begins when all of its words are here, so that W never waits.
module bitloom_memory_writer #(
    parameter int WORDS = 1
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic start,
    input wire logic [31:0] frames,
    input wire logic [63:0] base,
    input wire logic [63:0] in_data,
    input wire logic in_valid,
    output logic in_ready,
    output logic [63:0] awaddr,
    output logic [7:0] awlen,
    output logic awvalid,
    input wire logic awready,
    output logic [63:0] wdata,
    output logic wlast,
    output logic wvalid,
    input wire logic wready,
    input wire logic bvalid,
    output logic bready,
    /// There are words that memory has not confirmed.
    output logic busy
);
  localparam int BURST = 16;
  localparam int ROOM = 32;

  wire planning, planned, held_valid;
  wire [4:0] words;
  logic filled, asking;
  logic [4:0] left;
  logic [$clog2(ROOM+1)-1:0] held;
  logic [15:0] unconfirmed;
  wire ask = awvalid && awready;
  wire sent = wvalid && wready;

  bitloom_bursts #(.WORDS(WORDS), .BURST(BURST)) bursts (
      .clk(clk), .rst(rst), .start(start), .frames(frames), .base(base), .busy(planning), .address(awaddr), .words(words),
      .valid(planned), .ready(ask));
  bitloom_fifo #(.WIDTH(64), .DEPTH(ROOM)) hold (
      .clk(clk), .rst(rst), .in_data(in_data), .in_valid(in_valid), .in_ready(in_ready), .out_data(wdata),
      .out_valid(held_valid), .out_ready(sent));

  assign awvalid = asking;
  assign awlen = words - 1'b1;
  assign wvalid = left != 0;
  assign wlast = left == 1;
  assign bready = 1;
  assign busy = planning || left != 0 || unconfirmed != 0;

  always_ff @(posedge clk) begin
    // Words of the burst before would count twice.
    filled <= planned && !ask && left == 0 && held >= words;
    if (rst) begin
      asking <= 0;
      left <= 0;
      held <= 0;
      unconfirmed <= 0;
    end else begin
      if (ask) asking <= 0;
      else if (planned && filled) asking <= 1;
      if (ask) left <= words;
      else if (sent) left <= left - 1'b1;
      held <= held + (in_valid && in_ready) - sent;
      unconfirmed <= unconfirmed + ask - bvalid;
    end
  end
endmodule

`default_nettype wire
