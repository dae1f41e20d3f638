# From the exported IP to the bitstream, in three sessions of Vivado so that each can be repeated alone:
#     vivado -mode batch -source vivado/build.tcl -tclargs block-design | synthesis | implementation
# settings.tcl holds the names and numbers of this build, board.tcl the board's block design (proc create_block_design).
set here [file normalize [file dirname [info script]]]
source [file join $here settings.tcl]
source [file join $here board.tcl]

set design accelerator
set wrapper accelerator_wrapper
set project_folder [file join $here project]
set reports [file join $here reports]
file mkdir $reports

# Writes a small JSON object of numbers.
proc write_numbers {path numbers} {
    set entries {}
    foreach {name value} $numbers { lappend entries "\"$name\": $value" }
    set file [open $path w]
    puts $file "{ [join $entries {, }] }"
    close $file
}

# Sets parameters of a cell. Vivado goes on after a parameter that does not exist (BD 41-1276); it then reads as nothing.
proc configure {cell parameters} {
    set_property -dict $parameters $cell
    foreach {name value} $parameters {
        if {[get_property $name $cell] eq ""} { error "$cell has no parameter $name" }
    }
}

# `wait_on_run` does not fail when the run does: PROGRESS and STATUS say it.
proc require_complete {run status} {
    set run [get_runs $run]
    set progress [get_property PROGRESS $run]
    set actual [get_property STATUS $run]
    if {$progress ne "100%" || $actual ne $status} {
        error "run $run ended at $progress with status '$actual' instead of '$status'; its log: [get_property DIRECTORY $run]/runme.log"
    }
}

# A run of an interrupted session has to be reset before it can be launched.
proc launch {run args} {
    global jobs
    if {[get_property PROGRESS [get_runs $run]] ne "0%"} { reset_run $run }
    launch_runs $run {*}$args -jobs $jobs
    wait_on_run $run
}

# The newest of the board's definitions, by the last field: the vendors' names in front sort otherwise.
proc newest_board_part {pattern} {
    set newest ""
    foreach candidate [get_board_parts -quiet -nocase $pattern] {
        set version [lindex [split $candidate :] end]
        if {$newest eq "" || [package vcompare $version [lindex [split $newest :] end]] > 0} { set newest $candidate }
    }
    return $newest
}

# Returns the board part, or nothing when the board files are not installed.
proc create_board_project {} {
    global part board_parts oldest_board_part project_folder ip_folder
    if {[info exists ::env(BITLOOM_BOARD_FILES)]} { set_param board.repoPaths [list $::env(BITLOOM_BOARD_FILES)] }
    set board_part [newest_board_part $board_parts]
    if {$board_part ne "" && [package vcompare [lindex [split $board_part :] end] $oldest_board_part] < 0} { set board_part "" }
    # Another part than that of the board is an error.
    if {$board_part ne ""} { set part [get_property PART_NAME [get_board_parts $board_part]] }
    create_project -force accelerator $project_folder -part $part
    if {$board_part ne ""} { set_property board_part $board_part [current_project] }
    set_property ip_repo_paths [list $ip_folder] [current_project]
    update_ip_catalog
    return $board_part
}

proc stage_block-design {} {
    global design wrapper
    set board_part [create_board_project]
    if {$board_part eq ""} {
        puts "Bitloom: the board files are not installed; the processor is set as boards/ says"
    } else {
        puts "Bitloom: the processor is set as the board files $board_part say"
    }
    create_bd_design $design
    create_block_design $board_part
    save_bd_design
    validate_bd_design
    save_bd_design
    make_wrapper -files [get_files $design.bd] -import -fileset sources_1 -top
    set_property top $wrapper [current_fileset]
    update_compile_order -fileset sources_1
    close_project
}

proc stage_synthesis {} {
    global project_folder reports wrapper
    open_project [file join $project_folder accelerator.xpr]
    launch synth_1
    require_complete synth_1 "synth_design Complete!"
    set folder [get_property DIRECTORY [get_runs synth_1]]
    file copy -force [file join $folder ${wrapper}_utilization_synth.rpt] [file join $reports utilization_synth.rpt]
    close_project
}

proc stage_implementation {} {
    global project_folder reports design wrapper here board_folder
    open_project [file join $project_folder accelerator.xpr]
    launch impl_1 -to_step write_bitstream
    require_complete impl_1 "write_bitstream Complete!"
    open_run impl_1
    report_utilization -file [file join $reports utilization.rpt]
    report_utilization -hierarchical -file [file join $reports utilization_hierarchical.rpt]
    report_timing_summary -max_paths 10 -file [file join $reports timing.rpt]
    report_power -file [file join $reports power.rpt]
    report_drc -file [file join $reports drc.rpt]
    report_route_status -file [file join $reports route_status.rpt]
    set folder [get_property DIRECTORY [get_runs impl_1]]
    file mkdir $board_folder
    file copy -force [file join $folder $wrapper.bit] [file join $board_folder $design.bit]
    file copy -force [hand_off_file] [file join $board_folder $design.hwh]
    write_hw_platform -fixed -include_bit -force [file join $here $design.xsa]
    close_project
}

# The tree of generated files is apart from that of the sources since 2020.2.
proc hand_off_file {} {
    global project_folder design
    foreach tree {gen srcs} {
        set file [file join $project_folder accelerator.$tree sources_1 bd $design hw_handoff $design.hwh]
        if {[file exists $file]} { return $file }
    }
    error "Vivado wrote no $design.hwh"
}

set stage [lindex $argv 0]
if {$stage ni {block-design synthesis implementation}} { error "unknown stage '$stage'" }
stage_$stage
exit
