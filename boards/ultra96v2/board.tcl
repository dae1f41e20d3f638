# Ultra96-V2: XCZU3EG with 2 GiB of LPDDR4. The settings are those of Avnet's board files 1.2 (preset.xml) that bear on the address
# map and the clocks.
source [file join $here zynq_ultrascale.tcl]

proc create_block_design {board_part} {
    create_zynq_design $board_part {
        CONFIG.PSU__PSS_REF_CLK__FREQMHZ 33.333333
        CONFIG.PSU__DDRC__MEMORY_TYPE {LPDDR 4}
        CONFIG.PSU__DDRC__SPEED_BIN LPDDR4_1066
        CONFIG.PSU__DDRC__BUS_WIDTH {32 Bit}
        CONFIG.PSU__DDRC__DRAM_WIDTH {32 Bits}
        CONFIG.PSU__DDRC__DEVICE_CAPACITY {16384 MBits}
        CONFIG.PSU__DDRC__ROW_ADDR_COUNT 16
        CONFIG.PSU__DDRC__COL_ADDR_COUNT 10
        CONFIG.PSU__DDRC__BANK_ADDR_COUNT 3
        CONFIG.PSU__DDRC__RANK_ADDR_COUNT 0
        CONFIG.PSU__CRL_APB__PL0_REF_CTRL__SRCSEL IOPLL
    }
}
