/// Index of the largest channel of each pixel; the first maximum wins.
module bitloom_argmax #(
    parameter int BEATS = 1,
    parameter int PE = 1,
    parameter int BITS = 1,
    parameter bit IS_SIGNED = 0,
    parameter int OUT_BITS = 1
) (
    input logic clk,
    input logic rst,
    input logic [PE*BITS-1:0] in_data,
    input logic in_valid,
    output logic in_ready,
    output logic [OUT_BITS-1:0] out_data,
    output logic out_valid,
    input logic out_ready
);
  localparam int INDEX_BITS = $clog2(BEATS * PE + 1);
  logic signed [BITS:0] best, best_before;
  logic [INDEX_BITS-1:0] winner, winner_before, channel;
  logic signed [BITS:0] number;
  wire last;
  wire [(BEATS > 1 ? $clog2(BEATS) : 1)-1:0] beat;
  wire take = in_valid && in_ready;

  assign in_ready = !out_valid || out_ready;

  bitloom_counter #(.COUNT(BEATS)) beats (.clk, .rst, .step(take), .value(beat), .last(last));

  always_comb begin
    best = best_before;
    winner = winner_before;
    for (int i = 0; i < PE; i++) begin
      number = {IS_SIGNED && in_data[i*BITS+BITS-1], in_data[i*BITS+:BITS]};
      if ((beat == 0 && i == 0) || number > best) begin
        best = number;
        winner = channel + i;
      end
    end
  end

  always_ff @(posedge clk) begin
    if (take) begin
      best_before <= best;
      winner_before <= winner;
      out_data <= winner;
    end
    if (rst) begin
      channel <= 0;
      out_valid <= 0;
    end else begin
      if (in_ready) out_valid <= in_valid && last;
      if (take) channel <= last ? 0 : channel + PE;
    end
  end
endmodule
