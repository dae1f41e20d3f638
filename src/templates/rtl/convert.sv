/// Repacks beats of IN elements into beats of OUT elements; one divides the other. Element 0 is in the lowest bits.
module bitloom_convert #(
    parameter int BITS = 1,
    parameter int IN   = 1,
    parameter int OUT  = 2
) (
    input logic clk,
    input logic rst,
    input logic [IN*BITS-1:0] in_data,
    input logic in_valid,
    output logic in_ready,
    output logic [OUT*BITS-1:0] out_data,
    output logic out_valid,
    input logic out_ready
);
  localparam int PARTS = IN < OUT ? OUT / IN : IN / OUT;
  localparam int HELD_BITS = $clog2(PARTS + 1);

  /// Wider: parts that have come. Narrower: parts that are still to go.
  logic [HELD_BITS-1:0] held;
  wire put = in_valid && in_ready;
  wire take = out_valid && out_ready;

  generate
    if (IN < OUT) begin : wider
      logic [OUT*BITS-1:0] gathered;
      assign out_data = gathered;
      assign out_valid = held == PARTS;
      assign in_ready = !out_valid || out_ready;
      always_ff @(posedge clk) begin
        if (put) gathered <= {in_data, gathered[OUT*BITS-1:IN*BITS]};
        if (rst) held <= 0;
        else if (take) held <= put ? 1 : 0;
        else if (put) held <= held + 1'b1;
      end
    end else begin : narrower
      logic [IN*BITS-1:0] rest;
      assign out_data = rest[OUT*BITS-1:0];
      assign out_valid = held != 0;
      assign in_ready = held == 0 || (held == 1 && out_ready);
      always_ff @(posedge clk) begin
        if (put) rest <= in_data;
        else if (take) rest <= rest >> (OUT * BITS);
        if (rst) held <= 0;
        else if (put) held <= PARTS;
        else if (take) held <= held - 1'b1;
      end
    end
  endgenerate
endmodule
