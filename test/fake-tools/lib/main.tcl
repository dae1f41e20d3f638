# Starts the stand-in that the first argument names.
set lib [file dirname [file normalize [info script]]]
foreach part {release message options fault script fill component} { source [file join $lib $part.tcl] }

set tool [lindex $argv 0]
set words [lrange $argv 1 end]
if {![release::has $tool]} {
    puts stderr "$tool: command not found"
    exit 127
}
switch -- $tool {
    vivado { set family vivado }
    vivado_hls - vitis_hls { set family hls }
    default { set family unified }
}
if {$family ne "vivado"} { set folder hls } else { set folder vivado }
foreach part [lsort [glob [file join $lib $folder *.tcl]]] { source $part }
script::guard { ${family}::main $words }
