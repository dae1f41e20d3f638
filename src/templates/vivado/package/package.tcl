# Packages the SystemVerilog as an IP, where HLS would export one:
#     vivado -mode batch -source vivado/package.tcl
# package_settings.tcl holds the names and files of this build.
set here [file normalize [file dirname [info script]]]
source [file join $here package_settings.tcl]

create_project -force package [file join $here package] -part $part
add_files -norecurse $sources
set_property top $top [current_fileset]
update_compile_order -fileset sources_1

file delete -force $ip_folder
ipx::package_project -root_dir $ip_folder -vendor xilinx.com -library hls -taxonomy /UserIP -import_files -force
set core [ipx::current_core]
foreach {property value} [list name $name display_name $name version 1.0] { set_property $property $value $core }

# Vivado infers interfaces from the names of ports: one that it missed would only show in the block design.
foreach interface $interfaces {
    if {[llength [ipx::get_bus_interfaces -quiet $interface -of_objects $core]] == 0} { error "Vivado found no interface $interface" }
    ipx::associate_bus_interfaces -busif $interface -clock ap_clk $core
}

# Vivado may have made the map of the registers, but it cannot know them; the driver looks for their names.
set map [ipx::get_memory_maps -quiet s_axi_control -of_objects $core]
if {[llength $map] == 0} {
    set map [ipx::add_memory_map s_axi_control $core]
    set_property slave_memory_map_ref s_axi_control [ipx::get_bus_interfaces s_axi_control -of_objects $core]
}
set block [lindex [ipx::get_address_blocks -quiet -of_objects $map] 0]
if {$block eq ""} { set block [ipx::add_address_block Reg $map] }
foreach {property value} {range 65536 width 32 usage register} { set_property $property $value $block }
foreach {register offset} $registers {
    set added [ipx::add_register $register $block]
    set_property address_offset $offset $added
    set_property size 32 $added
    if {$register ne "CTRL"} continue
    foreach {field bit} $control_bits {
        set part_of_register [ipx::add_field $field $added]
        set_property bit_offset $bit $part_of_register
        set_property bit_width 1 $part_of_register
    }
}

ipx::create_xgui_files $core
ipx::update_checksums $core
ipx::save_core $core
close_project
exit
