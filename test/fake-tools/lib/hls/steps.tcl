# csim, csynth, cosim and export: what they need, say and leave behind (VENDOR.md §1.3, 1.4, 2.4).
namespace eval hls {}

proc hls::csim_design {given} {
    needs_solution csim_design
    variable testbench
    variable top
    if {$testbench eq {}} { fail "SIM 211-100" "'csim_design' failed: no test bench files." }
    fault::begin csim
    note "SIM 211-2" "*************** CSIM start ***************"
    if {[release::within 2025.2 9999.9]} { note "HLS 200-2191" "C-Simulation will use clang-16 as the compiler" }
    set compile [fault::value csim compile]
    set fail [fault::value csim fail]
    if {$compile ne ""} { fail "SIM 211-100" "'csim_design' failed: compilation error(s)." }
    if {$fail ne ""} { fail "SIM 211-100" "'csim_design' failed: nonzero return value." }
    emit "INFO \[HLS SIM\]: The maximum depth reached by any hls::stream() instance in the design is 64"
    note "SIM 211-1" "CSim done with 0 errors."
    note "SIM 211-3" "*************** CSIM finish ***************"
    if {[fault::no_report csim]} return
    write [place csim report ${top}_csim.log] "INFO: \[SIM 2\] *************** CSIM start ***************
INFO: \[SIM 1\] CSim done with 0 errors.
INFO: \[SIM 3\] *************** CSIM finish ***************\n"
}

proc hls::csynth_design {given} {
    needs_settings csynth_design
    variable top
    fault::begin csynth
    note "HLS 200-1510" "Running: csynth_design"
    if {![interface::has_function $top]} {
        fail "HLS 214-157" "Top function not found: there is no function named '$top'"
    }
    set interface [interface::read]
    note "HLS 200-111" "Finished Command csynth_design CPU user time: 2 seconds."
    write [place syn interface.dict] $interface
    foreach language {verilog vhdl} extension {v vhd} {
        write [place syn $language $top.$extension] "// $top\n"
    }
    if {![fault::no_report csynth]} { csynth_reports }
}

proc hls::is_synthesized {} { file exists [place syn verilog $hls::top.v] }

proc hls::cosim_design {given} {
    needs_settings cosim_design
    variable top
    variable testbench
    if {![is_synthesized]} { fail "COSIM 212-5" "cosim_design: the design has not been synthesized, run csynth_design first." }
    if {$testbench eq {}} { fail "COSIM 212-320" "cosim_design: no test bench files." }
    fault::begin cosim
    note "COSIM 212-47" "Using XSIM for RTL simulation."
    note "COSIM 212-14" "Instrumenting C test bench ..."
    note "COSIM 212-302" "Starting C TB testing ..."
    set rtl [option $given -rtl verilog]
    if {[fault::value cosim deadlock] ne ""} {
        set bar [string repeat / 78]
        foreach line [list $bar "// ERROR!!! DEADLOCK DETECTED at 1355000 ns! SIMULATION WILL BE STOPPED! //" $bar] { emit $line }
        cosim_reports $rtl Fail
        fail "COSIM 212-4" "*** C/RTL co-simulation finished: FAIL ***"
    }
    if {[fault::value cosim fail] ne ""} {
        say ERROR "COSIM 212-362" "Post-check failed: the results of the RTL differ."
        cosim_reports $rtl Fail
        fail "COSIM 212-4" "*** C/RTL co-simulation finished: FAIL ***"
    }
    note "COSIM 212-316" "Starting C post checking ..."
    note "COSIM 212-1000" "*** C/RTL co-simulation finished: PASS ***"
    if {![fault::no_report cosim]} { cosim_reports $rtl Pass }
}

proc hls::export_design {given} {
    needs_settings export_design
    if {![is_synthesized]} { fail "IMPL 213-28" "export_design: the design has not been synthesized, run csynth_design first." }
    variable ip
    foreach name {vendor library version} { dict set ip $name [option $given -$name [dict get $ip $name]] }
    fault::begin export
    note "IMPL 213-8" "Exporting RTL as a Vivado IP."
    if {[release::has_y2k22]} { y2k22 }
    if {[option $given -format ip_catalog] eq "ip_catalog"} { write_ip }
    set flow [option $given -flow none]
    if {$flow ne "none" && ![fault::no_report export]} { export_reports $flow }
}

# The date as a number overflows 32 bits (AR 76960).
proc hls::y2k22 {} {
    emit "ERROR: '[clock format [clock seconds] -format %y%m%d%H%M]' is an invalid argument. Please specify an integer value."
    emit "command 'ap_source' returned error code"
    fail "IMPL 213-28" "Failed to generate IP."
}

proc hls::write_ip {} {
    variable top
    variable ip
    set file "[string map {. _} [dict get $ip vendor]]_[dict get $ip library]_${top}_[string map {. _} [dict get $ip version]].zip"
    component::write [place impl ip component.xml] $top $ip [contents [place syn interface.dict]]
    write [place impl ip $file] "stand-in for the archive of the IP $top\n"
    if {[release::within 2020.2 9999.9]} { write [place impl export.zip] "stand-in for the archive of the IP $top\n" }
    note "HLS 200-802" "Generated output file [place impl export.zip]"
}
