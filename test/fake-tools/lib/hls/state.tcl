# What a script has set so far. Settings that a step needs and does not find are errors.
namespace eval hls {
    variable project ""
    variable solution ""
    variable top ""
    variable part ""
    variable period ""
    variable uncertainty ""
    variable design {}
    variable testbench {}
    variable ip {vendor xilinx.com library hls version 1.0}
    # The parts for which the stand-in has device data.
    variable parts {
        xczu3eg-sbva484-1-i xczu3eg-sbva484-1-e xck26-sfvc784-2LV-c xczu5eg-sfvc784-1-i xc7z020clg400-1 xc7z020-clg400-1
    }
}

proc hls::open_project {given} {
    variable project [lindex [dict get $given args] 0]
    variable solution ""
    if {[dict exists $given -reset]} { file delete -force $project }
    file mkdir $project
    note "HLS 200-10" "Opening project '[file normalize $project]'."
}

# Where its reports lie is inferred (VENDOR.md §6).
proc hls::open_component {given} {
    open_project $given
    variable project
    variable solution [file join $project hls]
}

proc hls::open_solution {given} {
    variable project
    variable solution
    if {$project eq ""} { fail "HLS 200-101" "'open_solution': No project is open." }
    set solution [file join $project [lindex [dict get $given args] 0]]
    if {[dict exists $given -reset]} { file delete -force $solution }
    file mkdir $solution
    note "HLS 200-10" "Opening solution '[file normalize $solution]'."
}

proc hls::set_top {given} {
    needs_project set_top
    variable top [lindex [dict get $given args] 0]
}

proc hls::add_files {given} {
    needs_project add_files
    foreach file [lindex [dict get $given args] 0] {
        if {![file exists $file]} { fail "HLS 200-40" "Cannot find source file '$file'." }
        if {[dict exists $given -tb]} {
            lappend hls::testbench $file
            note "HLS 200-10" "Adding test bench file '[file normalize $file]' to the project"
        } else {
            lappend hls::design $file
            note "HLS 200-10" "Adding design file '[file normalize $file]' to the project"
        }
    }
}

proc hls::set_part {given} {
    needs_solution set_part
    set_device [lindex [dict get $given args] 0]
}

proc hls::set_device {name} {
    variable parts
    if {$name ni $parts} { fail "HLS 200-1023" "Part '$name' is not installed." }
    variable part $name
    note "HLS 200-1611" "Setting target device to '$part'"
}

proc hls::create_clock {given} {
    needs_solution create_clock
    set_period [option $given -period 10]
}

proc hls::set_period {text} {
    if {[regexp {^([\d.]+)MHz$} $text -> frequency]} { set text [expr {1000.0 / $frequency}] }
    if {![regexp {^([\d.]+)(ns)?$} $text -> period] || $period <= 0} { fail "HLS 200-101" "'create_clock': Invalid period '$text'." }
    set hls::period $period
}

proc hls::set_clock_uncertainty {given} {
    variable period
    if {$period eq ""} { fail "HLS 200-101" "'set_clock_uncertainty': No clock is defined." }
    set_uncertainty [lindex [dict get $given args] 0]
}

proc hls::set_uncertainty {text} {
    variable period
    if {![regexp {^([\d.]+)(%|ns)?$} $text -> value unit]} { fail "HLS 200-101" "'set_clock_uncertainty': Invalid value '$text'." }
    variable uncertainty [expr {$unit eq "%" ? $period * $value / 100 : $value}]
}

proc hls::needs_project {command} {
    variable project
    if {$project eq ""} { fail "HLS 200-101" "'$command': No project is open." }
}

proc hls::needs_solution {command} {
    variable solution
    if {$solution eq ""} { fail "HLS 200-101" "'$command': No solution is open." }
}

# Everything that synthesis and the steps behind it need.
proc hls::needs_settings {command} {
    needs_solution $command
    foreach {name setter} {top set_top part set_part period create_clock} {
        if {[set hls::$name] eq ""} { fail "HLS 200-101" "'$command': $setter has not been called." }
    }
    if {$hls::design eq {}} { fail "HLS 200-101" "'$command': there are no design files." }
    if {$hls::uncertainty eq ""} {
        # VENDOR.md §2.2.
        set hls::uncertainty [expr {$hls::period * ([release::is_vivado_hls] ? 0.125 : 0.27)}]
    }
}

proc hls::place {args} { file join $hls::solution {*}$args }
