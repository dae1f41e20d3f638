`default_nettype none

/// Repacks beats of IN elements into beats of OUT elements; one divides the other. Element 0 is in the lowest bits.
module bitloom_convert #(
    parameter int BITS = 1,
    parameter int IN   = 1,
    parameter int OUT  = 2
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
  localparam bit WIDER = IN < OUT;
  localparam int PARTS = WIDER ? OUT / IN : IN / OUT;
  localparam int PLACE_BITS = $clog2(PARTS);

  /// Wider: of the part that comes next. Narrower: of the one that goes next.
  logic [PLACE_BITS-1:0] place;
  wire put = in_valid && in_ready;
  wire take = out_valid && out_ready;
  wire step = WIDER ? put : take;
  wire last = place == PARTS - 1;

  assign in_ready = !out_valid || (out_ready && (WIDER || last));

  always_ff @(posedge clk) begin
    if (rst) place <= 0;
    else if (step) place <= last ? 0 : place + 1'b1;
    if (rst) out_valid <= 0;
    else if (put && (last || !WIDER)) out_valid <= 1;
    else if (take && (last || WIDER)) out_valid <= 0;
  end

  generate
    if (WIDER) begin : wider
      logic [OUT*BITS-1:0] gathered;
      assign out_data = gathered;
      always_ff @(posedge clk) if (put) gathered <= {in_data, gathered[OUT*BITS-1:IN*BITS]};
    end else begin : narrower
      // Parts stand a power of two apart: any other distance would take a multiplier.
      localparam int SHIFT = $clog2(OUT * BITS);
      logic [IN*BITS-1:0] whole;
      if (PARTS == 2) begin : halves
        bitloom_select #(.WIDTH(OUT * BITS)) half (
            .choose(place), .a(whole[OUT*BITS+:OUT*BITS]), .b(whole[OUT*BITS-1:0]), .y(out_data));
      end else begin : several
        wire [(PARTS<<SHIFT)-1:0] parts;
        wire [PLACE_BITS+SHIFT-1:0] at = place << SHIFT;
        genvar i;
        for (i = 0; i < PARTS; i++) begin : places
          assign parts[(i<<SHIFT)+:(1<<SHIFT)] = whole[i*OUT*BITS+:OUT*BITS];
        end
        assign out_data = parts[at+:OUT*BITS];
      end
      always_ff @(posedge clk) if (put) whole <= in_data;
    end
  endgenerate
endmodule

`default_nettype wire
