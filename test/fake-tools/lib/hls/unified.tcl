# The command lines of vitis-run and `v++ -c --mode hls` (VENDOR.md §2.1).
namespace eval unified {
    variable stages {--csim csim --cosim cosim --package package --impl impl}
    variable logs {csim hls_run_csim synthesis hls_compile cosim hls_run_cosim package hls_run_package impl hls_run_impl}
}

proc unified::main {words} {
    if {[lindex $words 0] in {--version -v}} { emit "\n[release::banner]\n"; script::finish 0 }
    set script::last_words unified::last_words
    if {$::tool eq "v++"} { compile $words } else { vitis_run $words }
}

proc unified::compile {words} {
    set given [read_words $words {-c flag --compile flag --mode value --config value --work_dir value --part value}]
    if {[option $given --mode] ne "hls"} { stop "v++ 60-1257" "only --mode hls is known here" }
    if {![dict exists $given -c] && ![dict exists $given --compile]} { stop "v++ 60-602" "-c is missing" }
    run_stage synthesis $given
}

proc unified::vitis_run {words} {
    variable stages
    set known {--mode value --config value --work_dir value --tcl value --part value}
    foreach stage [dict keys $stages] { lappend known $stage flag }
    set given [read_words $words $known]
    # 2023.1 insists on it; later releases take hls for granted.
    if {![dict exists $given --mode] && [release::within 2023.1 2023.1]} { stop "vitis-run 60-1257" "--mode is missing" }
    if {[option $given --mode hls] ne "hls"} { stop "vitis-run 60-1257" "unknown mode" }
    set chosen [lsearch -all -inline -exact [dict keys $given] --*]
    if {[dict exists $given --tcl]} {
        if {[dict exists $given --config]} { stop "vitis-run 60-1257" "--tcl and --config exclude each other" }
        emit "  **** HLS Build v$release::version 6295257"
        return [hls::run_script [dict get $given --tcl] {}]
    }
    set chosen [lmap name [dict keys $given] { expr {[dict exists $stages $name] ? [dict get $stages $name] : [continue]} }]
    if {[llength $chosen] != 1} { stop "vitis-run 60-1257" "one of [dict keys $stages] or --tcl is needed" }
    run_stage [lindex $chosen 0] $given
}

proc unified::read_words {words known} {
    set given {}
    while {[llength $words]} {
        set words [lassign $words word]
        if {[string match --hls.* $word]} { set words [lrange $words 1 end]; continue }
        if {![dict exists $known $word]} { stop "$::tool 60-1257" "unrecognised option '$word'" }
        if {[dict get $known $word] eq "flag"} { dict set given $word 1; continue }
        if {![llength $words]} { stop "$::tool 60-1257" "the required argument for option '$word' is missing" }
        set words [lassign $words value]
        dict set given $word $value
    }
    return $given
}

proc unified::stop {code text} { fail $code $text }

proc unified::run_stage {stage given} {
    variable logs
    if {![dict exists $given --config]} { stop "$::tool 60-1257" "--config is missing" }
    # The configuration file is read relative to its own folder.
    set work [option $given --work_dir hls]
    set log [file join $work logs [dict get $logs $stage].log]
    file mkdir [file dirname $log]
    if {[file exists $log]} { file rename -force $log [file rootname $log]_[pid].backup.log }
    message::open_log $log
    emit "  **** HLS Build v$release::version 6295257"
    note "HLS 200-2005" "Using work_dir [file normalize $work]"
    set hls::project $work
    set hls::solution [file join $work hls]
    write [file join $work vitis-comp.json] "{\"name\": \"[file tail $work]\", \"type\": \"HLS\"}\n"
    config::apply [dict get $given --config]
    stage_$stage
}

proc unified::stage_csim {} { hls::csim_design {} }
proc unified::stage_cosim {} {
    hls::cosim_design [config::options cosim {rtl -rtl}]
    if {![fault::no_report cosim]} {
        file copy -force [hls::place sim report ${hls::top}_cosim.rpt] [report_file hls_cosim]
    }
}

proc unified::stage_synthesis {} {
    hls::csynth_design {}
    if {![fault::no_report csynth]} {
        file copy -force [hls::place syn report ${hls::top}_csynth.rpt] [report_file hls_compile]
    }
}

proc unified::report_file {name} {
    set file [file join $hls::project reports $name.rpt]
    file mkdir [file dirname $file]
    return $file
}

proc unified::stage_package {} {
    hls::export_design [config::options package.output {format -format} rtl]
    set archive [file join $hls::project [config::value package.output.file $hls::top].zip]
    write $archive "stand-in for the archive of the IP $hls::top\n"
    note "HLS 200-802" "Generated output file $archive"
}

proc unified::stage_impl {} { hls::export_design [list -format rtl -flow [config::value vivado.flow syn]] }

proc unified::last_words {} {
    note "HLS 200-112" "Total CPU user time: 2 seconds. Total elapsed time: 9.931 seconds; peak allocated memory: 134.008 MB."
    note "$::tool 60-791" "Total elapsed time: 0h 0m 29s"
}
