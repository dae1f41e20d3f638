`default_nettype none

/// Reads the words of some frames from memory: AXI4, 64 bits, bursts that always find room here, so that R never waits.
module bitloom_memory_reader #(
    parameter int WORDS = 1
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic start,
    input wire logic [31:0] frames,
    input wire logic [63:0] base,
    output logic [63:0] araddr,
    output logic [7:0] arlen,
    output logic arvalid,
    input wire logic arready,
    input wire logic [63:0] rdata,
    input wire logic rvalid,
    output logic rready,
    output logic [63:0] out_data,
    output logic out_valid,
    input wire logic out_ready
);
  localparam int BURST = 16;
  localparam int ROOM = 64;

  wire busy, planned;
  wire [4:0] words;
  /// Words that were asked for and have not gone yet.
  logic [$clog2(ROOM+1)-1:0] reserved;
  logic roomy;
  wire ask = arvalid && arready;
  wire take = out_valid && out_ready;

  bitloom_bursts #(.WORDS(WORDS), .BURST(BURST)) bursts (
      .clk(clk), .rst(rst), .start(start), .frames(frames), .base(base), .busy(busy), .address(araddr), .words(words),
      .valid(planned), .ready(ask));
  bitloom_fifo #(.WIDTH(64), .DEPTH(ROOM)) hold (
      .clk(clk), .rst(rst), .in_data(rdata), .in_valid(rvalid), .in_ready(rready), .out_data(out_data), .out_valid(out_valid),
      .out_ready(out_ready));

  assign arvalid = planned && roomy;
  assign arlen = words - 1'b1;

  always_ff @(posedge clk) begin
    if (rst) reserved <= 0;
    else reserved <= reserved + (ask ? words : 5'd0) - take;
    // A request that has been shown stays. After one the room is looked at again.
    roomy <= arvalid ? !arready : !rst && reserved <= ROOM - BURST;
  end
endmodule

`default_nettype wire
