# tiny with vivado_hls -f, vitis_hls -f or vitis-run --mode hls --tcl.
# The environment variable BITLOOM_STEPS chooses among the steps: csim csynth cosim export (default: csim csynth).
set steps [list csim csynth]
if {[info exists ::env(BITLOOM_STEPS)]} { set steps $::env(BITLOOM_STEPS) }

# All paths are relative: the tools take lists of files, which a blank in a path would break.
cd [file dirname [file normalize [info script]]]

# csim alone has a project of its own; csynth begins anew, and cosim and export go on with what it left.
set project [expr {$steps eq "csim" ? "tiny_csim" : "tiny_hls"}]
set reset [expr {[lsearch $steps csim] >= 0 || [lsearch $steps csynth] >= 0 ? "-reset" : ""}]

# Vivado HLS has clang 3.1, which knows no C++14 by that name.
set vivado_hls [string match vivado_hls* [file tail [info nameofexecutable]]]
set flags [expr {$vivado_hls ? "-std=c++0x" : "-std=c++14"}]

open_project {*}$reset $project
set_top tiny
add_files src/tiny.cpp -cflags $flags
add_files src/stages/encoded.cpp -cflags $flags
add_files src/stages/first.cpp -cflags $flags
add_files src/stages/bent.cpp -cflags $flags
add_files src/stages/second.cpp -cflags $flags
add_files src/stages/joined.cpp -cflags $flags
add_files src/stages/pooled.cpp -cflags $flags
add_files src/stages/scores.cpp -cflags $flags
add_files -tb tb/testbench.cpp -cflags $flags

# No -flow_target: vivado is the default, and Vivado HLS does not know it.
open_solution {*}$reset solution1
set_part {xczu3eg-sbva484-1-i}
create_clock -period 4 -name default

# The kernels multiply nothing, but HLS itself does, for the iterations of nested loops. Vivado HLS has no such setting.
if {!$vivado_hls} { config_op mul -impl fabric }

# The testbench runs four folders below.
set vectors "../../../../data/input.bin ../../../../data/expected.bin"
if {[lsearch $steps csim] >= 0} { csim_design -argv $vectors }
if {[lsearch $steps csynth] >= 0} { csynth_design }
if {[lsearch $steps cosim] >= 0} { cosim_design -rtl verilog -trace_level none -argv $vectors }
if {[lsearch $steps export] >= 0} { export_design -rtl verilog -format ip_catalog -version 1.0 }
exit
