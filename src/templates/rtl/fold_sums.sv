`default_nettype none

/// Adds up each of SUMS sums over FOLDS chunks, modulo 2^BITS.
module bitloom_fold_sums #(
    parameter int SUMS = 1,
    parameter int BITS = 1,
    parameter int FOLDS = 2
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic advance,
    input wire logic [SUMS*BITS-1:0] in_data,
    input wire logic in_valid,
    output logic [SUMS*BITS-1:0] out_data,
    output logic out_valid
);
  logic first;
  wire step = advance && in_valid;
  wire last;

  bitloom_counter #(.COUNT(FOLDS)) folds (.clk(clk), .rst(rst), .step(step), .value(), .last(last));

  always_ff @(posedge clk) begin
    if (rst) first <= 1;
    else if (step) first <= last;
    if (rst) out_valid <= 0;
    else if (advance) out_valid <= step && last;
  end

  genvar i;
  generate
    for (i = 0; i < SUMS; i++) begin : sums
      wire [BITS-1:0] part = in_data[i*BITS+:BITS];
      always_ff @(posedge clk)
        if (step) out_data[i*BITS+:BITS] <= (first ? 0 : out_data[i*BITS+:BITS]) + part;
    end
  endgenerate
endmodule

`default_nettype wire
