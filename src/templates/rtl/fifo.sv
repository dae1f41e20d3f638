/// First in, first out: holds DEPTH beats; takes one and gives one in each cycle.
module bitloom_fifo #(
    parameter int WIDTH = 1,
    parameter int DEPTH = 2
) (
    input logic clk,
    input logic rst,
    input logic [WIDTH-1:0] in_data,
    input logic in_valid,
    output logic in_ready,
    output logic [WIDTH-1:0] out_data,
    output logic out_valid,
    input logic out_ready,
    output logic [31:0] level
);
  localparam int PLACE_BITS = DEPTH > 1 ? $clog2(DEPTH) : 1;
  localparam logic [PLACE_BITS-1:0] LAST = DEPTH - 1;

  logic [WIDTH-1:0] beats[0:DEPTH-1];
  logic [PLACE_BITS-1:0] head;
  logic [PLACE_BITS-1:0] tail;
  logic [$clog2(DEPTH+1)-1:0] held;
  wire put = in_valid && in_ready;
  wire take = out_valid && out_ready;

  assign in_ready = held != DEPTH;
  assign out_valid = held != 0;
  assign out_data = beats[head];
  assign level = held;

  always_ff @(posedge clk) begin
    if (put) beats[tail] <= in_data;
    if (rst) begin
      head <= 0;
      tail <= 0;
      held <= 0;
    end else begin
      if (put) tail <= tail == LAST ? 0 : tail + 1'b1;
      if (take) head <= head == LAST ? 0 : head + 1'b1;
      if (put && !take) held <= held + 1'b1;
      if (take && !put) held <= held - 1'b1;
    end
  end
endmodule
