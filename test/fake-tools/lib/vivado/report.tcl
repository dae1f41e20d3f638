# Vivado's reports, of our own writing in the real formats (VENDOR.md §1.6).
namespace eval report {}

proc report::header {command state {spelling full}} {
    set part [vivado::get project $::vivado::project part]
    regexp {^(\w+)-(\w+)-(\d\w*)-?(\w*)$} $part -> device package speed grade
    set name [switch -- $spelling {
        short { string cat $device-$package }
        joined { string cat $device$package-$speed }
        default { string cat $part }
    }]
    list command $command design [vivado::wrapper] device $name state $state bd [bd::name] cell [user_cell] ip [user_ip]
}

proc report::user_cell {} {
    foreach cell [vivado::names cell] { if {[ips::is_user $cell]} { return [string range $cell 1 end] } }
    return none
}
proc report::user_ip {} { expr {[user_cell] eq "none" ? "none" : [lindex [split [vivado::get cell /[user_cell] vlnv] :] 2]} }

proc report::need_design {} {
    if {$::vivado::open_design eq ""} {
        fail "Common 17-53" "User Exception: No open design. Please open an elaborated, synthesized or implemented design before executing this command."
    }
}

proc report::file_of {given command} {
    need_design
    if {![dict exists $given -file]} { fail "Common 17-163" "Missing value for option 'file'." }
    fault::begin report
    return [dict get $given -file]
}

proc report::utilization {path state} {
    set old [release::within 0000.0 2020.2]
    set values [header "report_utilization -file $path" $state [expr {$old ? "joined" : "full"}]]
    lappend values star [expr {$state eq "Synthesized" ? "*" : ""}] {*}[device]
    fill [expr {$old ? "utilization_old.rpt" : "utilization.rpt"}] $path $values
}

proc report::device {} {
    if {[string match xck26* [vivado::get project $::vivado::project part]]} {
        return {lut_available 117120 lutram_available 57600 ff_available 234240 f_available 58560 tiles_available 144 bram_available 288 dsp_available 1248}
    }
    return {lut_available 70560 lutram_available 28800 ff_available 141120 f_available 35280 tiles_available 216 bram_available 432 dsp_available 360}
}

proc report::utilization_command {given} {
    set path [file_of $given report_utilization]
    if {[fault::no_report report]} return
    if {[dict exists $given -hierarchical]} {
        return [fill utilization_hierarchical.rpt $path [header "report_utilization -hierarchical -file $path" "Fully Placed"]]
    }
    utilization $path "Fully Placed"
}

proc report::timing_command {given} {
    set path [file_of $given report_timing_summary]
    lassign [vivado::slacks] wns
    set period [expr {1000.0 / [ips::achieved [requested]]}]
    set bad [expr {$wns < 0}]
    fill timing.rpt $path [list {*}[header "report_timing_summary -file $path" Routed short] \
        wns_cell [format %11.3f $wns] tns_cell [format %12.3f [expr {$bad ? $wns * 10 : 0}]] failing_cell [format %22d [expr {$bad ? 12 : 0}]] \
        verdict [expr {$bad ? "Timing constraints are not met." : "All user specified timing constraints are met."}] \
        half [format %.3f [expr {$period / 2}]] period [format %.3f $period] frequency [format %.3f [expr {1000 / $period}]]]
}

proc report::requested {} {
    foreach cell [vivado::names cell] {
        if {![ips::is_user $cell] && [ips::ip_of $cell] eq "zynq_ultra_ps_e"} { return [ips::parameter $cell PSU__CRL_APB__PL0_REF_CTRL__FREQMHZ] }
    }
}

proc report::power_command {given} {
    set path [file_of $given report_power]
    fill power.rpt $path [header "report_power -file $path" routed]
}

proc report::drc_command {given} {
    set path [file_of $given report_drc]
    set rule [fault::value report drc]
    set edge "+--------+----------+---------------------+--------+"
    set lines [list $edge [format "| %-6s | %-8s | %-19s | %-6s |" Rule Severity Description [expr {[newer] ? "Checks" : "Violations"}]] $edge]
    if {$rule ne ""} { lappend lines [format "| %-6s | %-8s | %-19s | %-6s |" $rule Error "Black Box Instances" 1] }
    lappend lines $edge
    fill drc.rpt $path [list {*}[header "report_drc -file $path" "Fully Routed"] rules [join $lines "\n"] \
        found "[expr {[newer] ? "Checks" : "Violations"}] found" total [expr {$rule eq "" ? 0 : 1}]]
}
proc report::newer {} { release::within 2025.2 9999.9 }

proc report::route_command {given} {
    set path [file_of $given report_route_status]
    set open [fault::value report unrouted]
    if {$open eq ""} { set open 0 }
    set row [expr {$open ? "           # of unrouted nets................. :  [format %10d $open] :\n" : ""}]
    fill route_status.rpt $path [list routed [expr {28210 - $open}] unrouted_row $row errors 0]
}
