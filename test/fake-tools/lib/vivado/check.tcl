# validate_bd_design: everything that makes it fail is told before it does.
namespace eval check { variable problems 0 }

proc check::validate {given} {
    bd::need
    bd::refresh
    fault::begin validate
    variable problems 0
    clocks
    resets
    interfaces
    addresses
    if {$problems > 0} {
        return -code error -errorcode TOOL [complain "Common 17-39" "'validate_bd_design' failed due to earlier errors."]
    }
    vivado::change bd [bd::name] validated 1
}

proc check::validated {} { if {![vivado::get bd [bd::name] validated 0]} { validate {} } }

proc check::complain {code text} {
    variable problems
    incr problems
    say ERROR $code $text
    return "ERROR: \[$code\] $text"
}

proc check::source_of {pin kind} {
    if {![info exists ::vivado::net($pin)]} return
    foreach source [bd::sources_of $::vivado::net($pin)] { if {[vivado::get pin $source kind] eq $kind} { return $source } }
}

proc check::open_pins {kind source} {
    lmap pin [vivado::names pin] {
        expr {[vivado::get pin $pin kind] eq $kind && [source_of $pin $source] eq "" ? $pin : [continue]}
    }
}

proc check::clocks {} {
    set open [open_pins clock-in clock-out]
    if {$open ne {}} { complain "BD 41-758" "The following clock pins are not connected to a valid clock source: \n[join $open "\n"]\n" }
}

proc check::resets {} {
    set open [open_pins reset-in reset-out]
    if {$open ne {}} { complain "BD 41-759" "The input pins (listed below) are either not connected or do not have a source port, and they don't have a tie-off specified. \n[join $open "\n"]\n" }
}

proc check::interfaces {} {
    foreach pin [vivado::names interface] {
        set cell [file dirname $pin]
        set processor [expr {![ips::is_user $cell] && [ips::ip_of $cell] eq "zynq_ultra_ps_e"}]
        if {![info exists ::vivado::peer($pin)]} {
            if {!$processor} { complain "BD 41-2670" "Found an incomplete connection: '$pin' is not connected." }
            continue
        }
        if {[vivado::get interface $pin mode] ne "Master"} continue
        lassign [list [clock_of $pin] [clock_of $::vivado::peer($pin)]] a b
        if {$a ne $b} { complain "BD 41-237" "Bus Interface property FREQ_HZ does not match between $pin and $::vivado::peer($pin)" }
    }
}

proc check::clock_of {interface} { source_of [vivado::get interface $interface clock] clock-out }

proc check::addresses {} {
    foreach entry [address::possible] {
        lassign $entry space master segment
        if {![address::is_mapped $space $segment]} {
            complain "BD 41-1356" "Slave segment <$segment> is not assigned into address space <$space>. Please use Address Editor to either assign or exclude it."
        }
    }
}
