`default_nettype none

/// The registers of an accelerator behind AXI4-Lite, where Vitis HLS puts them (UG1399 "S_AXILITE Control Register Map"), and Bitloom's own
/// counters behind them:
///
///     0x00 CTRL    bit 0 AP_START, 1 AP_DONE (cleared by reading), 2 AP_IDLE, 3 AP_READY, 7 AUTO_RESTART
///     0x04 GIER    bit 0: interrupts are on         0x08 IP_IER, 0x0c IP_ISR   bit 0: done, 1: ready; ISR: writing 1 toggles
///     MEMORY: 0x10, 0x14 input_words   0x1c, 0x20 output_words   0x28 frames;   else 0x10 frames
///     0x40 frames_done       of this run
///     0x44 frame_cycles      clock cycles from the end of a frame to the end of the next, or from the start to the end of the first
///     0x48 input_stalls      cycles in which the network waited for input
///     0x4c output_stalls     cycles in which its output waited
///     RELOADABLE: 0x50 load_weights   bit 0: no further frame begins; bit 1 (read only): all are out, so words are taken
///                 0x54 weights        a word of weights; those that are not taken are lost
module bitloom_control #(
    parameter bit MEMORY = 0,
    parameter bit RELOADABLE = 0
) (
    input wire logic clk,
    input wire logic rst,
    input wire logic [6:0] awaddr,
    input wire logic awvalid,
    output logic awready,
    input wire logic [31:0] wdata,
    input wire logic [3:0] wstrb,
    input wire logic wvalid,
    output logic wready,
    output logic [1:0] bresp,
    output logic bvalid,
    input wire logic bready,
    input wire logic [6:0] araddr,
    input wire logic arvalid,
    output logic arready,
    output logic [31:0] rdata,
    output logic [1:0] rresp,
    output logic rvalid,
    input wire logic rready,
    output logic interrupt,
    /// For a cycle.
    output logic start,
    output logic [31:0] frames,
    output logic [63:0] input_words,
    output logic [63:0] output_words,
    /// All of it has come out.
    input wire logic done,
    input wire logic frame_end,
    input wire logic input_stall,
    input wire logic output_stall,
    output logic load,
    input wire logic loading,
    output logic [31:0] weights_data,
    output logic weights_valid
);
  logic running, ap_start, ap_done, ap_ready, auto_restart, interrupts;
  logic [1:0] enabled, status;
  logic [31:0] frames_done, frame_cycles, since, input_stalls, output_stalls;
  wire write = awvalid && wvalid && awready;
  wire read = arvalid && arready;
  wire [4:0] to = awaddr[6:2];
  wire [4:0] from = araddr[6:2];
  wire [31:0] mask = {{8{wstrb[3]}}, {8{wstrb[2]}}, {8{wstrb[1]}}, {8{wstrb[0]}}};
  wire finish = running && done;
  localparam logic [4:0] FRAMES = MEMORY ? 5'h0a : 5'h04;

  assign awready = awvalid && wvalid && (!bvalid || bready);
  assign wready = awready;
  assign arready = !rvalid || rready;
  assign {bresp, rresp} = 0;
  assign interrupt = interrupts && status != 0;

  always_ff @(posedge clk) begin
    if (rst) begin
      {bvalid, rvalid, start, running, ap_start, ap_done, ap_ready, auto_restart, interrupts} <= 0;
      {load, weights_valid} <= 0;
      {enabled, status} <= 0;
    end else begin
      if (write) bvalid <= 1;
      else if (bready) bvalid <= 0;
      if (read) rvalid <= 1;
      else if (rready) rvalid <= 0;

      start <= ap_start && !running && !start;
      if (start) running <= 1;
      else if (finish) running <= 0;

      if (write && to == 0 && wstrb[0] && wdata[0]) ap_start <= 1;
      else if (finish) ap_start <= auto_restart;
      if (write && to == 0 && wstrb[0]) auto_restart <= wdata[7];
      if (finish) {ap_done, ap_ready} <= 2'b11;
      else if (read && from == 0) {ap_done, ap_ready} <= 0;

      if (RELOADABLE && write && to == 20 && wstrb[0]) load <= wdata[0];
      weights_valid <= RELOADABLE && write && to == 21;

      if (write && to == 1 && wstrb[0]) interrupts <= wdata[0];
      if (write && to == 2 && wstrb[0]) enabled <= wdata[1:0];
      if (finish) status <= status | enabled;
      else if (write && to == 3 && wstrb[0]) status <= status ^ wdata[1:0];
    end
  end

  always_ff @(posedge clk) begin
    if (rst) {frames, input_words, output_words} <= 0;
    else if (write) begin
      if (to == FRAMES) frames <= frames & ~mask | wdata & mask;
      if (MEMORY && to == 4) input_words[31:0] <= input_words[31:0] & ~mask | wdata & mask;
      if (MEMORY && to == 5) input_words[63:32] <= input_words[63:32] & ~mask | wdata & mask;
      if (MEMORY && to == 7) output_words[31:0] <= output_words[31:0] & ~mask | wdata & mask;
      if (MEMORY && to == 8) output_words[63:32] <= output_words[63:32] & ~mask | wdata & mask;
    end
    if (read)
      case (from)
        0: rdata <= {auto_restart, 3'b0, ap_ready, !(ap_start || start || running), ap_done, ap_start};
        1: rdata <= interrupts;
        2: rdata <= enabled;
        3: rdata <= status;
        4: rdata <= MEMORY ? input_words[31:0] : frames;
        5: rdata <= MEMORY ? input_words[63:32] : 0;
        7: rdata <= MEMORY ? output_words[31:0] : 0;
        8: rdata <= MEMORY ? output_words[63:32] : 0;
        10: rdata <= MEMORY ? frames : 0;
        16: rdata <= frames_done;
        17: rdata <= frame_cycles;
        18: rdata <= input_stalls;
        19: rdata <= output_stalls;
        20: rdata <= RELOADABLE ? {loading, load} : 0;
        default: rdata <= 0;
      endcase
  end

  always_ff @(posedge clk) if (RELOADABLE) weights_data <= wdata;

  always_ff @(posedge clk) begin
    since <= start || frame_end ? 1 : since + 1'b1;
    if (frame_end) frame_cycles <= since;
    if (rst || start) {frames_done, input_stalls, output_stalls} <= 0;
    else begin
      frames_done <= frames_done + frame_end;
      input_stalls <= input_stalls + input_stall;
      output_stalls <= output_stalls + output_stall;
    end
  end
endmodule

`default_nettype wire
