`default_nettype none

/// Adds up windows that do not overlap, while they stream in: beats of PE numbers come row by row, for each place of a row GROUPS of them. A sum has
/// KERNEL_HEIGHT by KERNEL_WIDTH numbers, and is cast after every addition (cast_sum.sv); it leaves when the last one has come. The sums
/// of the other WINDOWS of a row and of the other groups wait in a memory.
module bitloom_accumulate #(
    parameter int PE = 1,
    parameter int GROUPS = 1,
    parameter int KERNEL_WIDTH = 1,
    parameter int WINDOWS = 1,
    parameter int KERNEL_HEIGHT = 1,
    parameter int NUMBER_BITS = 1,
    parameter bit NUMBER_SIGNED = 0,
    parameter int X_SHIFT = 0,
    parameter int DROP = 0,
    parameter int BITS = 1,
    parameter bit SIGNED = 0,
    parameter int ROUNDING = 0,
    parameter int OVERFLOW = 0
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic [PE*NUMBER_BITS-1:0] in_data,
    input wire logic in_valid,
    output logic in_ready,
    output logic [PE*BITS-1:0] out_data,
    output logic out_valid,
    input wire logic out_ready
);
  localparam int GROUP_BITS = GROUPS > 1 ? $clog2(GROUPS) : 0;
  localparam int PLACES = WINDOWS << GROUP_BITS;
  localparam int PLACE_BITS = PLACES > 1 ? $clog2(PLACES) : 1;
  localparam int X_BITS = NUMBER_SIGNED ? NUMBER_BITS : NUMBER_BITS + 1;

  wire advance = !out_valid || out_ready;
  wire take = in_valid && advance;
  assign in_ready = advance;

  // The beat that comes.
  wire last_group, last_column, last_window, last_row;
  wire [(GROUPS > 1 ? $clog2(GROUPS) : 1)-1:0] group;
  wire [(KERNEL_WIDTH > 1 ? $clog2(KERNEL_WIDTH) : 1)-1:0] column;
  wire [(WINDOWS > 1 ? $clog2(WINDOWS) : 1)-1:0] window;
  wire [(KERNEL_HEIGHT > 1 ? $clog2(KERNEL_HEIGHT) : 1)-1:0] row;
  wire next_column = take && last_group;
  wire next_window = next_column && last_column;
  wire next_row = next_window && last_window;
  bitloom_counter #(.COUNT(GROUPS)) groups (.clk(clk), .rst(rst), .step(take), .value(group), .last(last_group));
  bitloom_counter #(.COUNT(KERNEL_WIDTH)) columns (
      .clk(clk), .rst(rst), .step(next_column), .value(column), .last(last_column));
  bitloom_counter #(.COUNT(WINDOWS)) windows (
      .clk(clk), .rst(rst), .step(next_window), .value(window), .last(last_window));
  bitloom_counter #(.COUNT(KERNEL_HEIGHT)) rows (.clk(clk), .rst(rst), .step(next_row), .value(row), .last(last_row));
  wire [PLACE_BITS-1:0] place = (window << GROUP_BITS) | group;
  wire first = column == 0 && row == 0;

  // The beat that is added: to the sum of the former beat, or to what is kept.
  logic busy, again, ends;
  logic [PLACE_BITS-1:0] added_place;
  logic [PE*BITS-1:0] kept;
  wire [PE*BITS-1:0] next;

  always_ff @(posedge clk) begin
    if (advance) begin
      again <= !first && GROUPS == 1 && (column != 0 || WINDOWS == 1);
      ends <= last_column && last_row;
      added_place <= place;
      if (busy) out_data <= next;
    end
    if (rst) {busy, out_valid} <= 0;
    else if (advance) {busy, out_valid} <= {in_valid, busy && ends};
  end

  generate
    if (PLACES > 1) begin : remembers
      (* ram_style = "distributed" *) logic [PE*BITS-1:0] sums[0:PLACES-1];
      always_ff @(posedge clk)
        if (advance) begin
          kept <= first ? 0 : sums[place];
          if (busy) sums[added_place] <= next;
        end
    end else begin : forgets
      assign kept = 0;
    end
  endgenerate

  genvar i;
  generate
    for (i = 0; i < PE; i++) begin : lanes
      wire [NUMBER_BITS:0] number = {1'b0, in_data[i*NUMBER_BITS+:NUMBER_BITS]};
      wire [BITS-1:0] former = again ? out_data[i*BITS+:BITS] : kept[i*BITS+:BITS];
      bitloom_cast_sum #(
          .X_BITS(X_BITS), .X_SHIFT(X_SHIFT), .DROP(DROP), .BITS(BITS), .SIGNED(SIGNED), .ROUNDING(ROUNDING),
          .OVERFLOW(OVERFLOW)
      ) add (
          .clk(clk),
          .advance(advance),
          .x(number[X_BITS-1:0]),
          .sum(former),
          .next(next[i*BITS+:BITS])
      );
    end
  endgenerate
endmodule

`default_nettype wire
