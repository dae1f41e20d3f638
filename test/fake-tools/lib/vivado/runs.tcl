# Synthesis and implementation runs. Waiting for a run that fails raises no error (VENDOR.md §3).
namespace eval vivado {}

proc vivado::reset {run} { put run $run [dict create progress 0% status "Not started" needs_refresh 0 directory [run_folder $run]] }
proc vivado::run_folder {run} { variable project; file join [get project $project directory] $project.runs $run }
proc vivado::get_runs {given} { need_project; find run $given get_runs }
proc vivado::reset_run {given} {
    foreach run [lindex [dict get $given args] 0] { reset $run; file delete -force [run_folder $run] }
}

proc vivado::launch_runs {given} {
    need_project
    set to [option $given -to_step]
    foreach run [lindex [dict get $given args] 0] {
        if {![exists run $run]} { fail "Common 17-161" "Invalid option value '$run' specified for 'runs'." }
        if {[get run $run progress] ne "0%"} {
            fail "Vivado 12-1088" "Run '$run' needs to be reset before launching. The run can be reset using the Tcl command 'reset_run $run'."
        }
        if {$run eq "impl_1" && [get run synth_1 progress] eq "0%"} { launch synth_1 "" }
        launch $run $to
    }
}

proc vivado::launch {run to} {
    if {[get fileset sources_1 top] eq ""} { fail "Project 1-911" "The fileset sources_1 has no top module." }
    check::validated
    fault::begin [string map {synth_1 synth impl_1 impl} $run]
    put run $run [dict create progress 100% status "" needs_refresh 0 directory [run_folder $run]]
    if {$run eq "synth_1"} { launch_synthesis } else { launch_implementation $to }
    emit "\[[now]\] Launched $run..."
    save
}

proc vivado::fail_run {run progress status text} {
    change run $run progress $progress
    change run $run status $status
    run_log $run "ERROR: \[Common 17-69\] Command failed: $text"
}

proc vivado::run_log {run line} {
    write [file join [run_folder $run] runme.log] "\n*** Running vivado\n\n\n[release::banner]\n\n$line\nINFO: \[Common 17-206\] Exiting Vivado at [now]...\n"
}

proc vivado::launch_synthesis {} {
    if {[fault::value synth fail] ne ""} {
        return [fail_run synth_1 32% "synth_design ERROR" "Synthesis failed - please see the console or run log file for details"]
    }
    hwh::write_file [file join [bd::generated] hw_handoff [bd::name].hwh]
    change run synth_1 status "synth_design Complete!"
    run_log synth_1 "synth_design completed successfully"
    if {![fault::no_report synth]} { report::utilization [file join [run_folder synth_1] [wrapper]_utilization_synth.rpt] Synthesized }
}

proc vivado::wrapper {} { get fileset sources_1 top }

proc vivado::launch_implementation {to} {
    if {[get run synth_1 progress] ne "100%"} {
        return [fail_run impl_1 0% "Scripts Generated" "synth_1 has not finished"]
    }
    if {[fault::value impl fail] ne ""} {
        return [fail_run impl_1 53% "place_design ERROR" "Placer could not place all instances"]
    }
    if {$to eq ""} { set to route_design }
    if {$to ni {opt_design place_design phys_opt_design route_design write_bitstream}} { fail "Common 17-161" "Invalid option value '$to' specified for 'to_step'." }
    lassign [slacks] setup
    foreach {name value} [list stats.wns $setup stats.tns [expr {$setup < 0 ? $setup * 10 : 0.0}] stats.whs 0.010] { change run impl_1 $name $value }
    change run impl_1 status "$to Complete!"
    set line [expr {$setup < 0 ? "CRITICAL WARNING: \[Timing 38-282\] The design failed to meet the timing requirements." : "route_design completed successfully"}]
    if {$to eq "write_bitstream"} {
        if {[fault::value bitstream fail] ne ""} { return [fail_run impl_1 98% "write_bitstream ERROR" "DRC failed"] }
        if {[fault::no_report bitstream] == 0} { bitstream [file join [run_folder impl_1] [wrapper].bit] }
        append line "\nwrite_bitstream completed successfully"
    }
    run_log impl_1 $line
}

proc vivado::slacks {} {
    set wns [fault::value impl wns]
    list [expr {$wns eq "" ? 0.214 : $wns}]
}

# The header of a real bitstream, then a placeholder.
proc vivado::bitstream {path} {
    variable project
    file mkdir [file dirname $path]
    set file [open $path wb]
    puts -nonewline $file [binary format SH18S 9 0ff00ff00ff00ff000 1]
    set fields [list a "[wrapper];UserID=0XFFFFFFFF;Version=$release::version" b [regsub -- {^xc} [get project $project part] ""] \
        c [clock format [clock seconds] -format %Y/%m/%d] d [clock format [clock seconds] -format %H:%M:%S]]
    foreach {key text} $fields { puts -nonewline $file [binary format aSa* $key [expr {[string length $text] + 1}] "$text\0"] }
    set data [string repeat \xff 64]
    puts -nonewline $file [binary format aIa* e [string length $data] $data]
    close $file
}

proc vivado::wait_on_run {given} {
    foreach run [lindex [dict get $given args] 0] { if {![exists run $run]} { fail "Common 17-161" "There is no run '$run'." } }
    emit "\[[now]\] $run finished"
}

proc vivado::open_run {given} {
    set run [lindex [dict get $given args] 0]
    if {![exists run $run]} { fail "Common 17-161" "There is no run '$run'." }
    if {[get run $run progress] ne "100%"} { fail "Common 17-69" "Command failed: Run '$run' has not been completed." }
    variable open_design $run
}

proc vivado::write_hw_platform {given} {
    variable project
    set file [lindex [dict get $given args] 0]
    if {[file extension $file] ne ".xsa"} { fail "Common 17-161" "The file '$file' has to end in .xsa." }
    set bit [file join [run_folder impl_1] [wrapper].bit]
    if {[dict exists $given -include_bit] && ![file exists $bit]} { fail "Project 1-1918" "There is no bitstream: run write_bitstream first." }
    if {[file exists $file] && ![dict exists $given -force]} { fail "Common 17-176" "Overwrite of existing file isn't enabled. Please specify -force to overwrite file." }
    write $file "stand-in for the hardware platform of [wrapper]\n"
}
