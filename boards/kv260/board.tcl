# Kria KV260: XCK26 with 4 GiB of DDR4, of which the upper half lies at 0x8_0000_0000. The settings are those of AMD's board files
# of the module (kv260_som 1.4, preset_s4.xml) that bear on the address map and the clocks.
source [file join $here zynq_ultrascale.tcl]

proc create_block_design {board_part} {
    create_zynq_design $board_part {
        CONFIG.PSU__PSS_REF_CLK__FREQMHZ 33.333
        CONFIG.PSU__DDR_HIGH_ADDRESS_GUI_ENABLE 1
        CONFIG.PSU__DDRC__MEMORY_TYPE {DDR 4}
        CONFIG.PSU__DDRC__SPEED_BIN DDR4_2400R
        CONFIG.PSU__DDRC__BUS_WIDTH {64 Bit}
        CONFIG.PSU__DDRC__DRAM_WIDTH {16 Bits}
        CONFIG.PSU__DDRC__DEVICE_CAPACITY {8192 MBits}
        CONFIG.PSU__DDRC__ROW_ADDR_COUNT 16
        CONFIG.PSU__DDRC__COL_ADDR_COUNT 10
        CONFIG.PSU__DDRC__BG_ADDR_COUNT 1
        CONFIG.PSU__DDRC__BANK_ADDR_COUNT 2
        CONFIG.PSU__DDRC__RANK_ADDR_COUNT 0
        CONFIG.PSU__CRL_APB__PL0_REF_CTRL__SRCSEL IOPLL
    }
}
