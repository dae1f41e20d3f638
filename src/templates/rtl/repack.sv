`default_nettype none

/// Beats of IN elements become beats of OUT elements, for any two widths, frame by frame: a frame has ELEMENTS elements, its last beat may
/// have room for more. What is too much there is dropped, what is missing is 0.
module bitloom_repack #(
    parameter int BITS = 1,
    parameter int IN = 1,
    parameter int OUT = 1,
    parameter int ELEMENTS = 1
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic [IN*BITS-1:0] in_data,
    input wire logic in_valid,
    output logic in_ready,
    output logic [OUT*BITS-1:0] out_data,
    output logic out_valid,
    input wire logic out_ready
);
  localparam int IN_BEATS = (ELEMENTS + IN - 1) / IN;
  localparam int OUT_BEATS = (ELEMENTS + OUT - 1) / OUT;
  /// Elements of the last beat that come.
  localparam int REST = ELEMENTS - (IN_BEATS - 1) * IN;
  /// With a beat to go and a part of the next one a beat can always come: the wider side never waits.
  localparam int ROOM = IN + 2 * OUT;
  localparam int COUNT_BITS = $clog2(ROOM + 1);

  logic [ROOM*BITS-1:0] held;
  logic [COUNT_BITS-1:0] count;
  /// All of the frame has come, and waits to go.
  logic ending;
  wire last_in, last_out;
  wire put = in_valid && in_ready;
  wire take = out_valid && out_ready;
  wire flushed = take && last_out;

  bitloom_counter #(.COUNT(IN_BEATS)) beats_in (.clk(clk), .rst(rst), .step(put), .value(), .last(last_in));
  bitloom_counter #(.COUNT(OUT_BEATS)) beats_out (.clk(clk), .rst(rst), .step(take), .value(), .last(last_out));

  assign in_ready = !ending && count <= 2 * OUT;
  assign out_valid = count >= OUT || ending;
  assign out_data = held[OUT*BITS-1:0];

  wire [COUNT_BITS-1:0] kept = take ? (count > OUT ? count - OUT : 0) : count;
  wire [ROOM*BITS-1:0] rest = take ? held >> (OUT * BITS) : held;
  wire [IN*BITS-1:0] element_mask = last_in ? {IN * BITS{1'b1}} >> ((IN - REST) * BITS) : {IN * BITS{1'b1}};
  wire [ROOM*BITS-1:0] wide = in_data & element_mask;
  logic [ROOM*BITS-1:0] placed;

  always_comb begin
    placed = 0;
    for (int i = 0; i <= 2 * OUT; i++) if (kept == i) placed = wide << (i * BITS);
  end

  always_ff @(posedge clk) begin
    if (rst || flushed) begin
      held <= 0;
      count <= 0;
      ending <= 0;
    end else begin
      held <= put ? rest | placed : rest;
      count <= put ? kept + (last_in ? REST : IN) : kept;
      if (put && last_in) ending <= 1;
    end
  end
endmodule

`default_nettype wire
