`default_nettype none

/// The order of what grows over windows that do not overlap while their map streams in: beats come row by row, for each place of a row GROUPS
/// of them, and those of KERNEL_HEIGHT by KERNEL_WIDTH places become one. Whoever has this takes a beat into a register with `advance`; in
/// the next cycle `next` must follow from it and from `former`, which is 0 for the first beat of a window. The results of the other WINDOWS of
/// a row and of the other groups wait in a memory; a whole one leaves.
module bitloom_tiles #(
    parameter int WIDTH = 1,
    parameter int GROUPS = 1,
    parameter int KERNEL_WIDTH = 1,
    parameter int WINDOWS = 1,
    parameter int KERNEL_HEIGHT = 1
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic in_valid,
    output logic in_ready,
    output logic advance,
    output logic [WIDTH-1:0] former,
    input wire logic [WIDTH-1:0] next,
    output logic [WIDTH-1:0] out_data,
    output logic out_valid,
    input wire logic out_ready
);
  localparam int GROUP_BITS = GROUPS > 1 ? $clog2(GROUPS) : 0;
  localparam int PLACES = WINDOWS << GROUP_BITS;
  localparam int PLACE_BITS = PLACES > 1 ? $clog2(PLACES) : 1;

  assign advance = !out_valid || out_ready;
  assign in_ready = advance;

  // The beat that comes.
  wire last_group, last_column, last_window, last_row;
  wire [(GROUPS > 1 ? $clog2(GROUPS) : 1)-1:0] group;
  wire [(KERNEL_WIDTH > 1 ? $clog2(KERNEL_WIDTH) : 1)-1:0] column;
  wire [(WINDOWS > 1 ? $clog2(WINDOWS) : 1)-1:0] window;
  wire [(KERNEL_HEIGHT > 1 ? $clog2(KERNEL_HEIGHT) : 1)-1:0] row;
  wire take = in_valid && advance;
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

  // The beat in the register: it follows the one before, or what is kept.
  logic busy, begins, again, ends;
  logic [PLACE_BITS-1:0] held_place;
  logic [WIDTH-1:0] kept;
  // Not a reset of `kept`, which Yosys makes in LUTs of their own, but an input of those that take it.
  assign former = begins ? 0 : again ? out_data : kept;

  always_ff @(posedge clk) begin
    if (advance) begin
      begins <= first;
      again <= GROUPS == 1 && (column != 0 || WINDOWS == 1);
      ends <= last_column && last_row;
      held_place <= place;
      if (busy) out_data <= next;
    end
    if (rst) {busy, out_valid} <= 0;
    else if (advance) {busy, out_valid} <= {in_valid, busy && ends};
  end

  generate
    if (PLACES > 1) begin : remembers
      (* ram_style = "distributed" *) logic [WIDTH-1:0] results[0:PLACES-1];
      always_ff @(posedge clk)
        if (advance) begin
          kept <= results[place];
          if (busy) results[held_place] <= next;
        end
    end else begin : forgets
      assign kept = 0;
    end
  endgenerate

endmodule

`default_nettype wire
