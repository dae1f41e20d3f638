`default_nettype none

/// First in, first out: holds DEPTH beats; takes one and gives one in each cycle, or in every other cycle if it holds a single one. A beat
/// can leave in the cycle after it came. What each end sees of the other one comes from registers.
module bitloom_fifo #(
    parameter int WIDTH = 1,
    parameter int DEPTH = 2,
    /// More than two beats are in block RAM.
    parameter bit BLOCK = 0
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic [WIDTH-1:0] in_data,
    input wire logic in_valid,
    output logic in_ready,
    output logic [WIDTH-1:0] out_data,
    output logic out_valid,
    input wire logic out_ready
);
  wire put = in_valid && in_ready;
  wire take = out_valid && out_ready;

  generate
    if (DEPTH == 1) begin : single
      always_ff @(posedge clk) begin
        if (in_ready) out_data <= in_data;
        if (rst) {out_valid, in_ready} <= 2'b01;
        else if (put || take) {out_valid, in_ready} <= {put, take};
      end
    end else if (DEPTH == 2) begin : double
      // A beat for which the first register has no room waits in the second one.
      logic [WIDTH-1:0] waiting;
      wire [WIDTH-1:0] next;
      wire free = !out_valid || out_ready;
      bitloom_select #(.WIDTH(WIDTH)) first (.choose(in_ready), .a(in_data), .b(waiting), .y(next));
      always_ff @(posedge clk) begin
        if (in_ready) waiting <= in_data;
        if (free) out_data <= next;
        if (rst) {out_valid, in_ready} <= 2'b01;
        else begin
          if (free) out_valid <= in_valid || !in_ready;
          in_ready <= free || (in_ready && !in_valid);
        end
      end
    end else begin : memory
      localparam int PLACE_BITS = $clog2(DEPTH);
      // A memory has some places whether or not they are used: then they need no end.
      localparam int PLACES = DEPTH <= (BLOCK ? 1024 : 64) ? 1 << PLACE_BITS : DEPTH;
      logic [PLACE_BITS-1:0] head, tail;
      logic [$clog2(DEPTH+1)-1:0] held;
      wire store, load;

      always_ff @(posedge clk) begin
        if (rst) {head, tail} <= 0;
        else begin
          if (store) tail <= PLACES != 1 << PLACE_BITS && tail == PLACES - 1 ? 0 : tail + 1'b1;
          if (load) head <= PLACES != 1 << PLACE_BITS && head == PLACES - 1 ? 0 : head + 1'b1;
        end
        if (rst) {held, out_valid, in_ready} <= 1;
        else if (put != take) begin
          held <= held + {{$bits(held) - 1{take}}, 1'b1};
          out_valid <= put || held != 1;
          in_ready <= take || held != DEPTH - 1;
        end
      end

      if (BLOCK) begin : block
        (* ram_style = "block" *) logic [WIDTH-1:0] beats[0:PLACES-1];
        // The first beat is out of the memory, or has never been there.
        logic [WIDTH-1:0] read, direct;
        logic passed;
        wire passes = put && (!out_valid || (take && held == 1));
        assign store = put && !passes;
        assign load = take && held != 1;
        bitloom_select #(.WIDTH(WIDTH)) first (.choose(passed), .a(direct), .b(read), .y(out_data));
        always_ff @(posedge clk) begin
          if (store) beats[tail] <= in_data;
          if (load) read <= beats[head];
          if (passes) direct <= in_data;
          if (passes) passed <= 1;
          else if (load) passed <= 0;
        end
      end else begin : distributed
        (* ram_style = "distributed" *) logic [WIDTH-1:0] beats[0:PLACES-1];
        assign store = put;
        assign load = take;
        assign out_data = beats[head];
        always_ff @(posedge clk) if (store) beats[tail] <= in_data;
      end
    end
  endgenerate
endmodule

`default_nettype wire
