`default_nettype none

/// Elements of BITS bits in a word of 64: each in a container of CONTAINER bits, sign-extended, a bipolar one as +1 or -1.
/// Bitloom's src/codegen/port-layout.ts says the same.
module bitloom_containers #(
    parameter int BITS = 1,
    parameter int CONTAINER = 8,
    /// 0 unsigned, 1 signed, 2 bipolar
    parameter int KIND = 0,
    parameter int COUNT = 64 / CONTAINER,
    /// Of the elements of the frame's last word; the containers behind them are 0.
    parameter int LAST = COUNT
) (
    input wire logic [COUNT*BITS-1:0] elements,
    input wire logic last,
    output logic [63:0] word
);
  genvar i;
  generate
    for (i = 0; i < COUNT; i++) begin : containers
      wire [BITS-1:0] element = elements[i*BITS+:BITS];
      wire [CONTAINER-1:0] container;
      if (KIND == 0) begin : is_unsigned
        assign container = element;
      end else if (KIND == 1) begin : is_signed
        wire signed [CONTAINER-1:0] wide = $signed(element);
        assign container = wide;
      end else begin : is_bipolar
        assign container = element[0] ? 1 : -1;
      end
      assign word[i*CONTAINER+:CONTAINER] = i >= LAST && last ? 0 : container;
    end
  endgenerate
endmodule

`default_nettype wire
