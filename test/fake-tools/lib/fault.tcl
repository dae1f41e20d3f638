# Faults on request: FAKE_XILINX_FAULT="stage:kind[=value],...", where the stage may be `*`.
namespace eval fault {}

# The value of the fault (1 if it has none), or nothing.
proc fault::value {stage kind} {
    if {![info exists ::env(FAKE_XILINX_FAULT)]} return
    foreach entry [split $::env(FAKE_XILINX_FAULT) ,] {
        if {![regexp {^([^:]+):([^=]+)(?:=(.*))?$} [string trim $entry] -> where what value]} {
            puts stderr "FAKE_XILINX_FAULT: '$entry' is not stage:kind\[=value\]"
            exit 64
        }
        if {$where in [list $stage *] && $what eq $kind} { return [expr {$value eq "" ? 1 : $value}] }
    }
}

# Faults that any stage can have; called where the stage begins.
proc fault::begin {stage} {
    if {[value $stage hang] ne ""} { while 1 { after 1000 } }
    if {[value $stage crash] ne ""} {
        emit "Abnormal program termination (11)"
        exec kill -SEGV [pid]
    }
    set code [value $stage exit]
    if {$code ne ""} { script::finish $code }
    if {[value $stage error] ne ""} {
        say ERROR "Common 17-49" "Internal Data Exception: $stage"
        script::finish 0
    }
    if {[value $stage license] ne ""} {
        fail "Common 17-345" "A valid license was not found for feature 'Synthesis' and/or device 'xczu3eg'. Please run the Vivado License Manager for assistance in determining which features and devices are licensed for your system."
    }
    if {[value $stage diskfull] ne ""} {
        fail "Common 17-356" "Failed to write file: no space left on device"
    }
}

# Whether the stage leaves its reports out.
proc fault::no_report {stage} { expr {[value $stage noreport] ne ""} }
