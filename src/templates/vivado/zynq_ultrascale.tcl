# Block designs for boards with a Zynq UltraScale+: a board.tcl sources this file and calls `create_zynq_design`.
# The names of parameters, pins and segments are those of Vivado's zynq_ultra_ps_e and of exported HLS IPs.

# Everything runs on one clock of the processor, pl_clk0.
proc clock_pins {args} { foreach pin $args { connect_bd_net [get_bd_pins ps/pl_clk0] [get_bd_pins $pin] } }
proc reset_pins {args} { foreach pin $args { connect_bd_net [get_bd_pins reset/peripheral_aresetn] [get_bd_pins $pin] } }
proc connect {from to} { connect_bd_intf_net [get_bd_intf_pins $from] [get_bd_intf_pins $to] }

proc create_zynq_design {board_part processor_settings} {
    global variant
    create_processor $board_part $processor_settings
    create_reset
    create_accelerator
    switch -- $variant {
        memory { connect_memory_ports }
        stream { connect_stream_ports }
    }
    map_addresses
    note_clock
}

proc newest_ip {name} {
    set found [lsort -dictionary [get_ipdefs xilinx.com:ip:$name:*]]
    if {[llength $found] == 0} { error "this installation has no IP $name" }
    lindex $found end
}

# The preset of the board files first; where there are none, the settings of boards/. The first-stage boot loader on the board's
# own image sets up memory and pins: here they only have to describe the address map and the clock rightly.
proc create_processor {board_part settings} {
    global clock_megahertz
    set ps [create_bd_cell -type ip -vlnv [newest_ip zynq_ultra_ps_e] ps]
    if {$board_part ne ""} {
        apply_bd_automation -rule xilinx.com:bd_rule:zynq_ultra_ps_e -config {apply_board_preset "1"} $ps
    } else {
        configure $ps $settings
    }
    # Ports that a preset turns on and nobody uses would have an open clock pin.
    configure $ps [list \
        CONFIG.PSU__USE__M_AXI_GP0 1 CONFIG.PSU__USE__M_AXI_GP1 0 CONFIG.PSU__USE__M_AXI_GP2 0 \
        CONFIG.PSU__USE__S_AXI_GP0 0 CONFIG.PSU__USE__S_AXI_GP1 0 CONFIG.PSU__USE__S_AXI_GP2 1 \
        CONFIG.PSU__USE__S_AXI_GP3 1 CONFIG.PSU__USE__S_AXI_GP4 0 CONFIG.PSU__USE__S_AXI_GP5 0 \
        CONFIG.PSU__USE__S_AXI_GP6 0 CONFIG.PSU__USE__IRQ0 0 CONFIG.PSU__USE__IRQ1 0 \
        CONFIG.PSU__MAXIGP0__DATA_WIDTH 32 CONFIG.PSU__SAXIGP2__DATA_WIDTH 64 CONFIG.PSU__SAXIGP3__DATA_WIDTH 64 \
        CONFIG.PSU__FPGA_PL0_ENABLE 1 CONFIG.PSU__CRL_APB__PL0_REF_CTRL__FREQMHZ $clock_megahertz]
    clock_pins ps/maxihpm0_fpd_aclk ps/saxihp0_fpd_aclk ps/saxihp1_fpd_aclk
}

proc create_reset {} {
    create_bd_cell -type ip -vlnv [newest_ip proc_sys_reset] reset
    clock_pins reset/slowest_sync_clk
    connect_bd_net [get_bd_pins ps/pl_resetn0] [get_bd_pins reset/ext_reset_in]
}

proc create_accelerator {} {
    global ip
    create_bd_cell -type ip -vlnv $ip nn
    clock_pins nn/ap_clk
    reset_pins nn/ap_rst_n
}

# A switch with one slave port and `masters` master ports.
proc create_switch {name masters} {
    set cell [create_bd_cell -type ip -vlnv [newest_ip smartconnect] $name]
    configure $cell [list CONFIG.NUM_SI 1 CONFIG.NUM_MI $masters]
    clock_pins $name/aclk
    reset_pins $name/aresetn
}

proc connect_control {slaves} {
    create_switch control [llength $slaves]
    connect ps/M_AXI_HPM0_FPD control/S00_AXI
    set i 0
    foreach slave $slaves { connect control/[format M%02d_AXI $i] $slave; incr i }
}

# Input and output have a path to memory each: HP0 and HP1.
proc connect_memory {from_input from_output} {
    foreach {name master port} [list memory_in $from_input S_AXI_HP0_FPD memory_out $from_output S_AXI_HP1_FPD] {
        create_switch $name 1
        connect $master $name/S00_AXI
        connect $name/M00_AXI ps/$port
    }
}

proc connect_memory_ports {} {
    global input_port output_port
    connect_control nn/s_axi_control
    connect_memory nn/$input_port nn/$output_port
}

# PYNQ takes transfers of up to 2^26 - 1 bytes; the default of 14 bits would end at 16 KiB. Boards with more than 2 GiB of memory
# need the wider addresses.
proc connect_stream_ports {} {
    global input_port output_port
    set dma [create_bd_cell -type ip -vlnv [newest_ip axi_dma] dma]
    configure $dma [list CONFIG.c_include_sg 0 CONFIG.c_sg_length_width 26 CONFIG.c_addr_width 64 \
        CONFIG.c_m_axi_mm2s_data_width 64 CONFIG.c_m_axis_mm2s_tdata_width 64 CONFIG.c_m_axi_s2mm_data_width 64]
    clock_pins dma/s_axi_lite_aclk dma/m_axi_mm2s_aclk dma/m_axi_s2mm_aclk
    reset_pins dma/axi_resetn
    connect_control {nn/s_axi_control dma/S_AXI_LITE}
    connect dma/M_AXIS_MM2S nn/$input_port
    connect nn/$output_port dma/S_AXIS_S2MM
    connect_memory dma/M_AXI_MM2S dma/M_AXI_S2MM
}

# The accelerator's registers come first in the window of HPM0, the DMA's behind them; memory lies where the processor has it.
proc map_addresses {} {
    global variant
    # The block of registers has one name where HLS made the IP, and another where Vivado did.
    map_registers nn/s_axi_control/* 0xA0000000
    if {$variant eq "stream"} { map_registers dma/S_AXI_LITE/Reg 0xA0010000 }
    assign_bd_address
}

proc map_registers {segment offset} {
    global release
    set space [get_bd_addr_spaces ps/Data]
    set segment [get_bd_addr_segs $segment]
    if {[package vcompare $release 2020.1] >= 0} {
        assign_bd_address -offset $offset -range 0x00010000 -target_address_space $space $segment -force
    } else {
        # Up to 2019.2 `assign_bd_address` chooses the offset itself.
        create_bd_addr_seg -offset $offset -range 0x00010000 $space $segment SEG_[lindex [split $segment /] 1]
    }
}

# The processor divides its PLL by whole numbers: what comes out is not always what was asked for.
proc note_clock {} {
    global clock_megahertz reports
    set achieved [get_property CONFIG.PSU__CRL_APB__PL0_REF_CTRL__ACT_FREQMHZ [get_bd_cells ps]]
    puts "Bitloom: clock of $achieved MHz for a target of $clock_megahertz MHz"
    write_numbers [file join $reports clock.json] [list targetMegahertz $clock_megahertz achievedMegahertz $achieved]
}
