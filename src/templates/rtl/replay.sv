`default_nettype none

/// Gives each COUNT beats TIMES times in a row: the first time as they come, then from a memory. That is of block RAM if BLOCK says so: what
/// comes from there is in a register of its own, since block RAM is slow.
module bitloom_replay #(
    parameter int BITS  = 1,
    parameter int COUNT = 2,
    parameter int TIMES = 1,
    parameter bit BLOCK = 0
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic [BITS-1:0] in_data,
    input wire logic in_valid,
    output logic in_ready,
    output logic [BITS-1:0] out_data,
    output logic out_valid,
    input wire logic out_ready
);
  /// Cycles from a beat to the same beat.
  localparam int LATENCY = BLOCK ? 2 : 1;
  localparam int PLACE_BITS = COUNT > 1 ? $clog2(COUNT) : 1;

  logic fresh;
  wire free = !out_valid || out_ready;
  wire step = free && (!fresh || in_valid);
  wire last, last_time;
  wire [PLACE_BITS-1:0] place;

  assign in_ready = free && fresh;
  bitloom_counter #(.COUNT(COUNT)) places (.clk(clk), .rst(rst), .step(step), .value(place), .last(last));
  bitloom_counter #(.COUNT(TIMES)) times (.clk(clk), .rst(rst), .step(step && last), .value(), .last(last_time));

  logic [LATENCY-1:0] valids;
  assign out_valid = valids[LATENCY-1];

  always_ff @(posedge clk) begin
    if (rst) fresh <= 1;
    else if (step && last) fresh <= last_time;
    if (rst) valids <= 0;
    else if (free) valids <= {valids, step};
  end

  generate
    if (BLOCK) begin : block
      (* ram_style = "block" *) logic [BITS-1:0] kept[0:COUNT-1];
      logic [BITS-1:0] beat;
      always_ff @(posedge clk) begin
        if (step) beat <= fresh ? in_data : kept[place];
        if (free) out_data <= beat;
        if (step && fresh) kept[place] <= in_data;
      end
    end else begin : distributed
      (* ram_style = "distributed" *) logic [BITS-1:0] kept[0:COUNT-1];
      always_ff @(posedge clk) begin
        if (step) out_data <= fresh ? in_data : kept[place];
        if (step && fresh) kept[place] <= in_data;
      end
    end
  endgenerate
endmodule

`default_nettype wire
