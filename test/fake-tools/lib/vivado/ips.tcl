# The IPs of the catalogue: their parameters, pins and interfaces, which depend on the settings (VENDOR.md §3).
namespace eval ips {
    variable stable {smartconnect 1.0 axi_interconnect 2.1 axi_dma 7.1 proc_sys_reset 5.0}
}

proc ips::catalogue {} {
    variable stable
    set processor [expr {[release::within 0000.0 2021.2] ? "3.3" : [release::within 0000.0 2022.2] ? "3.4" : "3.5"}]
    set names [list xilinx.com:ip:zynq_ultra_ps_e:$processor]
    dict for {name version} $stable { lappend names xilinx.com:ip:$name:$version }
    return $names
}

proc ips::ip_of {cell} { lindex [split [vivado::get cell $cell vlnv] :] 2 }
proc ips::is_user {cell} { expr {[lindex [split [vivado::get cell $cell vlnv] :] 1] ne "ip"} }

proc ips::parameters {cell} {
    if {[is_user $cell]} { return {} }
    parameters_[ip_of $cell]
}

# A list of {name pattern, type, default}.
proc ips::parameters_smartconnect {} {
    return {{NUM_SI int 1} {NUM_MI int 1} {NUM_CLKS int 1} {HAS_ARESETN {0 1} 1}}
}
proc ips::parameters_axi_interconnect {} { return {{NUM_SI int 1} {NUM_MI int 2}} }
proc ips::parameters_proc_sys_reset {} {
    return {{C_EXT_RESET_HIGH readonly 0} {C_AUX_RESET_HIGH {0 1} 0} {C_NUM_PERP_ARESETN int 1}}
}
proc ips::parameters_axi_dma {} {
    return {
        {c_include_sg {0 1} 1} {c_sg_length_width int 14} {c_sg_include_stscntrl_strm {0 1} 1} {c_addr_width int 32}
        {c_include_mm2s {0 1} 1} {c_include_s2mm {0 1} 1} {c_include_mm2s_dre {0 1} 0} {c_include_s2mm_dre {0 1} 0}
        {c_m_axi_mm2s_data_width {32 64 128 256 512 1024} 32} {c_m_axis_mm2s_tdata_width {8 16 32 64 128 256 512 1024} 32}
        {c_m_axi_s2mm_data_width {32 64 128 256 512 1024} 32} {c_s_axis_s2mm_tdata_width readonly 32}
        {c_mm2s_burst_size {2 4 8 16 32 64 128 256} 16} {c_s2mm_burst_size {2 4 8 16 32 64 128 256} 16}
        {c_micro_dma {0 1} 0} {c_enable_multi_channel {0 1} 0} {c_prmry_is_aclk_async {0 1} 0}
    }
}
# The defaults leave M_AXI_HPM0_LPD on and everything else off.
proc ips::parameters_zynq_ultra_ps_e {} {
    return {
        {PSU__USE__M_AXI_GP2 {0 1} 1} {PSU__USE__M_AXI_GP[01] {0 1} 0} {PSU__MAXIGP[0-2]__DATA_WIDTH {32 64 128} 128}
        {PSU__USE__S_AXI_GP[0-6] {0 1} 0} {PSU__SAXIGP[0-6]__DATA_WIDTH {32 64 128} 128} {PSU__USE__IRQ[01] {0 1} 0}
        {PSU__FPGA_PL0_ENABLE {0 1} 1} {PSU__FPGA_PL[1-3]_ENABLE {0 1} 0}
        {PSU__CRL_APB__PL[0-3]_REF_CTRL__FREQMHZ number 100} {PSU__CRL_APB__PL[0-3]_REF_CTRL__SRCSEL {IOPLL RPLL DPLL} IOPLL}
        {PSU__CRL_APB__PL[0-3]_REF_CTRL__ACT_FREQMHZ readonly 100} {PSU__CRL_APB__PL[0-3]_REF_CTRL__DIVISOR[01] int 1}
        {PSU__PSS_REF_CLK__FREQMHZ number 33.333} {PSU__USE__FABRIC__RST {0 1} 1} {PSU__NUM_FABRIC_RESETS {1 2 3 4} 1}
        {PSU__PRESET_APPLIED {0 1} 0} {PSU__OVERRIDE__BASIC_CLOCK {0 1} 0} {PSU__DDR_HIGH_ADDRESS_GUI_ENABLE {0 1} 0}
        {PSU__DDRC__ENABLE {0 1} 1} {PSU__DDRC__MEMORY_TYPE {{LPDDR 4} {DDR 4} {DDR 3} {LPDDR 3}} {DDR 4}}
        {PSU__DDRC__BUS_WIDTH {{32 Bit} {64 Bit}} {64 Bit}} {PSU__DDRC__DRAM_WIDTH {{8 Bits} {16 Bits} {32 Bits}} {8 Bits}}
        {PSU__DDRC__DEVICE_CAPACITY text {4096 MBits}} {PSU__DDRC__SPEED_BIN text DDR4_2133P}
        {PSU__DDRC__*_ADDR_COUNT int 1} {PSU__DDRC__COMPONENTS {Components UDIMM RDIMM {SODIMM}} Components}
        {PSU__DDRC__ECC {Disabled Enabled} Disabled} {PSU__DDRC__* text 0}
        {PSU_BANK_[0-3]_IO_STANDARD {LVCMOS18 LVCMOS25 LVCMOS33} LVCMOS18}
        {PSU__CRF_APB__*_CTRL__* text 0} {PSU__UART[01]__PERIPHERAL__* text 0}
    }
}

proc ips::declaration {cell name} {
    foreach entry [parameters $cell] { if {[string match [lindex $entry 0] $name]} { return $entry } }
}
proc ips::parameter_type {cell name} { lindex [declaration $cell $name] 1 }

proc ips::parameter {cell name} {
    if {[ip_of $cell] eq "zynq_ultra_ps_e" && [regexp {^PSU__CRL_APB__PL(\d)_REF_CTRL__ACT_FREQMHZ$} $name -> n]} {
        return [format %.6f [achieved [parameter $cell PSU__CRL_APB__PL${n}_REF_CTRL__FREQMHZ]]]
    }
    vivado::get cell $cell CONFIG.$name [lindex [declaration $cell $name] 2]
}

# The PLL's 1499.9985 MHz by a whole number; the preset of Ultra96-V2 reports 99.999900 for 100.
proc ips::achieved {requested} { expr {1499.9985 / ceil(1499.9985 / $requested - 0.001)} }

proc ips::on {cell name} { expr {[parameter $cell $name] == 1} }

# Pins as a list of {name kind}: clock-in, clock-out, reset-in, reset-out, other.
proc ips::pins {cell} { if {[is_user $cell]} { return {{ap_clk clock-in} {ap_rst_n reset-in} {interrupt other}} }; pins_[ip_of $cell] $cell }
proc ips::pins_smartconnect {cell} {
    set pins {{aclk clock-in}}
    for {set i 1} {$i < [parameter $cell NUM_CLKS]} {incr i} { lappend pins [list aclk$i clock-in] }
    if {[on $cell HAS_ARESETN]} { lappend pins {aresetn reset-in} }
    return $pins
}
proc ips::pins_axi_interconnect {cell} {
    set pins {{ACLK clock-in} {ARESETN reset-in}}
    foreach {letter parameter} {S NUM_SI M NUM_MI} {
        for {set i 0} {$i < [parameter $cell $parameter]} {incr i} {
            lappend pins [list [format %s%02d_ACLK $letter $i] clock-in] [list [format %s%02d_ARESETN $letter $i] reset-in]
        }
    }
    return $pins
}
proc ips::pins_proc_sys_reset {cell} {
    return {
        {slowest_sync_clk clock-in} {ext_reset_in reset-in} {aux_reset_in other} {mb_debug_sys_rst other} {dcm_locked other}
        {mb_reset other} {bus_struct_reset other} {peripheral_reset other}
        {interconnect_aresetn reset-out} {peripheral_aresetn reset-out}
    }
}
proc ips::pins_axi_dma {cell} {
    set pins {{s_axi_lite_aclk clock-in} {axi_resetn reset-in}}
    foreach {parameter clock interrupt} {
        c_include_mm2s m_axi_mm2s_aclk mm2s_introut c_include_s2mm m_axi_s2mm_aclk s2mm_introut
    } { if {[on $cell $parameter]} { lappend pins [list $clock clock-in] [list $interrupt other] } }
    if {[on $cell c_include_sg]} { lappend pins {m_axi_sg_aclk clock-in} }
    return $pins
}
proc ips::pins_zynq_ultra_ps_e {cell} {
    set pins {}
    foreach {parameter port} {M_AXI_GP0 maxihpm0_fpd M_AXI_GP1 maxihpm1_fpd M_AXI_GP2 maxihpm0_lpd
        S_AXI_GP0 saxihpc0_fpd S_AXI_GP1 saxihpc1_fpd S_AXI_GP2 saxihp0_fpd S_AXI_GP3 saxihp1_fpd
        S_AXI_GP4 saxihp2_fpd S_AXI_GP5 saxihp3_fpd S_AXI_GP6 saxi_lpd
    } { if {[on $cell PSU__USE__$parameter]} { lappend pins [list ${port}_aclk clock-in] } }
    for {set i 0} {$i < 4} {incr i} { if {[on $cell PSU__FPGA_PL${i}_ENABLE]} { lappend pins [list pl_clk$i clock-out] } }
    for {set i 0} {$i < [parameter $cell PSU__NUM_FABRIC_RESETS]} {incr i} { lappend pins [list pl_resetn$i reset-out] }
    for {set i 0} {$i < 2} {incr i} { if {[on $cell PSU__USE__IRQ$i]} { lappend pins [list pl_ps_irq$i other] } }
    return $pins
}

# Interfaces as a list of {name mode type clock}: the mode is Master or Slave, the type aximm or axis.
proc ips::interfaces {cell} { if {[is_user $cell]} { return [user_interfaces $cell] }; interfaces_[ip_of $cell] $cell }
proc ips::interfaces_smartconnect {cell} { switch_interfaces $cell {aclk aclk} }
proc ips::interfaces_axi_interconnect {cell} { switch_interfaces $cell "" }
proc ips::switch_interfaces {cell clock} {
    set found {}
    foreach {letter parameter mode} {S NUM_SI Slave M NUM_MI Master} {
        for {set i 0} {$i < [parameter $cell $parameter]} {incr i} {
            set port [format %s%02d $letter $i]
            lappend found [list ${port}_AXI $mode aximm [expr {$clock eq "" ? "${port}_ACLK" : "aclk"}]]
        }
    }
    return $found
}
proc ips::interfaces_proc_sys_reset {cell} {}
proc ips::interfaces_axi_dma {cell} {
    set found {{S_AXI_LITE Slave aximm s_axi_lite_aclk}}
    if {[on $cell c_include_mm2s]} { lappend found {M_AXI_MM2S Master aximm m_axi_mm2s_aclk} {M_AXIS_MM2S Master axis m_axi_mm2s_aclk} }
    if {[on $cell c_include_s2mm]} { lappend found {M_AXI_S2MM Master aximm m_axi_s2mm_aclk} {S_AXIS_S2MM Slave axis m_axi_s2mm_aclk} }
    if {[on $cell c_include_sg]} { lappend found {M_AXI_SG Master aximm m_axi_sg_aclk} }
    return $found
}
proc ips::interfaces_zynq_ultra_ps_e {cell} {
    set found {}
    foreach {parameter name mode} {M_AXI_GP0 M_AXI_HPM0_FPD Master M_AXI_GP1 M_AXI_HPM1_FPD Master M_AXI_GP2 M_AXI_HPM0_LPD Master
        S_AXI_GP0 S_AXI_HPC0_FPD Slave S_AXI_GP1 S_AXI_HPC1_FPD Slave S_AXI_GP2 S_AXI_HP0_FPD Slave
        S_AXI_GP3 S_AXI_HP1_FPD Slave S_AXI_GP4 S_AXI_HP2_FPD Slave S_AXI_GP5 S_AXI_HP3_FPD Slave S_AXI_GP6 S_AXI_LPD Slave
    } {
        if {![on $cell PSU__USE__$parameter]} continue
        lappend found [list $name $mode aximm [string map {m_axi_ maxi s_axi_ saxi} [string tolower $name]]_aclk]
    }
    return [lmap entry $found { lreplace $entry 3 3 [string map {saxilpd saxi_lpd} [lindex $entry 3]] }]
}
proc ips::user_interfaces {cell} {
    set text [contents [vivado::get ipdef [vivado::get cell $cell vlnv] component]]
    set found {}
    foreach {_ name type mode} [regexp -all -inline {<spirit:busInterface><spirit:name>([^<]*)</spirit:name><spirit:busType spirit:name="([^"]*)"/><spirit:(\w+)/>} $text] {
        if {$type in {aximm axis}} { lappend found [list $name [string totitle $mode] $type ap_clk] }
    }
    return $found
}
proc ips::registers {cell} {
    set text [contents [vivado::get ipdef [vivado::get cell $cell vlnv] component]]
    set found {}
    foreach {_ name offset} [regexp -all -inline {<spirit:register><spirit:name>([^<]*)</spirit:name><spirit:addressOffset>([^<]*)<} $text] {
        lappend found $name $offset
    }
    return $found
}
