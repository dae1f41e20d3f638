`default_nettype none

/// Index of the largest channel of each pixel; the first maximum wins. The PE channels of a beat are compared two by two, the winner of
/// the beat with that of the beats before: one comparison between two registers.
module bitloom_argmax #(
    parameter int BEATS = 1,
    parameter int PE = 1,
    parameter int BITS = 1,
    parameter bit IS_SIGNED = 0,
    parameter int OUT_BITS = 1
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic [PE*BITS-1:0] in_data,
    input wire logic in_valid,
    output logic in_ready,
    output logic [OUT_BITS-1:0] out_data,
    output logic out_valid,
    input wire logic out_ready
);
  localparam int LEVELS = $clog2(PE);
  // Round by round, those that are still in it: as unsigned numbers in the same order, and which channels of the beat they are.
  wire [(LEVELS+1)*PE*BITS-1:0] numbers;
  wire [(LEVELS+1)*PE*OUT_BITS-1:0] channels;
  wire flow = !out_valid || out_ready;
  assign in_ready = flow;

  genvar i, level;
  generate
    for (i = 0; i < PE; i++) begin : entries
      assign numbers[i*BITS+:BITS] = in_data[i*BITS+:BITS] ^ (IS_SIGNED ? {1'b1, {BITS{1'b0}}} >> 1 : 0);
      assign channels[i*OUT_BITS+:OUT_BITS] = i;
    end
    for (level = 0; level < LEVELS; level++) begin : rounds
      localparam int LEFT = (PE + (1 << level) - 1) >> level;
      for (i = 0; i < LEFT; i += 2) begin : pairs
        localparam int A = level * PE + i;
        localparam int B = i + 1 < LEFT ? A + 1 : A;
        localparam int TO = (level + 1) * PE + i / 2;
        wire second = numbers[B*BITS+:BITS] > numbers[A*BITS+:BITS];
        logic [BITS-1:0] number;
        logic [OUT_BITS-1:0] channel;
        always_ff @(posedge clk)
          if (flow) begin
            number <= second ? numbers[B*BITS+:BITS] : numbers[A*BITS+:BITS];
            channel <= second ? channels[B*OUT_BITS+:OUT_BITS] : channels[A*OUT_BITS+:OUT_BITS];
          end
        assign numbers[TO*BITS+:BITS] = number;
        assign channels[TO*OUT_BITS+:OUT_BITS] = channel;
      end
    end
  endgenerate

  // The winner of the beat against the best so far.
  wire [BITS-1:0] number = numbers[LEVELS*PE*BITS+:BITS];
  wire [OUT_BITS-1:0] channel = channels[LEVELS*PE*OUT_BITS+:OUT_BITS];
  logic [BITS-1:0] best;
  logic [OUT_BITS-1:0] base;
  logic [LEVELS:0] passed;
  wire [LEVELS:0] valid = {passed, in_valid};
  wire take = valid[LEVELS] && flow;
  wire last;
  wire [(BEATS > 1 ? $clog2(BEATS) : 1)-1:0] beat;
  wire wins = beat == 0 || number > best;
  bitloom_counter #(.COUNT(BEATS)) beats (.clk(clk), .rst(rst), .step(take), .value(beat), .last(last));

  always_ff @(posedge clk) begin
    if (take && wins) {best, out_data} <= {number, base + channel};
    if (rst) {base, passed, out_valid} <= 0;
    else if (flow) begin
      passed <= valid;
      out_valid <= take && last;
      if (take) base <= last ? 0 : base + PE;
    end
  end
endmodule

`default_nettype wire
