# What differs between the releases (VENDOR.md §2.1, 2.5, 3). FAKE_XILINX_VERSION says which one this is.
namespace eval release {
    variable version [expr {[info exists ::env(FAKE_XILINX_VERSION)] ? $::env(FAKE_XILINX_VERSION) : "2023.2"}]
    variable executables {
        vivado     {0000.0 9999.9}
        vivado_hls {0000.0 2020.1}
        vitis_hls  {2020.1 2024.2}
        vitis-run  {2023.1 9999.9}
        v++        {2023.1 9999.9}
    }
    if {![regexp {^\d{4}\.\d(\.\d+)?$} $version] || $version < "2019.2" || $version >= "2025.3"} {
        puts stderr "FAKE_XILINX_VERSION is '$version', but the stand-ins know 2019.2 to 2025.2"
        exit 64
    }
}

# Both ends belong to the range.
proc release::within {from until} {
    variable version
    set short [string range $version 0 5]
    expr {$short >= $from && $short <= $until}
}

proc release::has {tool} {
    variable executables
    # A 2025 release that still has vitis_hls, as some say it does.
    if {$tool eq "vitis_hls" && [deprecated]} { return 1 }
    if {![dict exists $executables $tool]} { return 0 }
    within {*}[dict get $executables $tool]
}

proc release::deprecated {} {
    expr {[within 2025.1 9999.9] && [info exists ::env(FAKE_XILINX_KEEP_VITIS_HLS)]}
}

proc release::is_vivado_hls {} { expr {$::tool eq "vivado_hls"} }

# Every export after 2021 fails before 2022.1 without AMD's patch (VENDOR.md §2.5).
proc release::has_y2k22 {} {
    expr {[within 0000.0 2021.2] && ![info exists ::env(FAKE_XILINX_Y2K22_PATCHED)]}
}

proc release::banner {} {
    variable version
    switch -- $::tool {
        vivado { set title "[expr {[within 2024.2 9999.9] ? "vivado" : "Vivado"}] v$version (64-bit)" }
        vivado_hls { set title "Vivado(TM) HLS - High-Level Synthesis from C, C++ and SystemC v$version (64-bit)" }
        vitis_hls { set title "Vitis HLS - High-Level Synthesis from C, C++ and OpenCL v$version (64-bit)" }
        default { set title "$::tool v$version (64-bit)" }
    }
    return "****** $title\n  **** SW Build 1234567 on Mon Jan  1 10:00:00 MST 2024"
}
