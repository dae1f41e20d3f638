# The block design: cells, pins and wires.
namespace eval bd {}

proc bd::need {} {
    vivado::need_project
    if {[vivado::names bd] eq {}} { fail "BD 5-104" "A block design must be open to run this command. Please create/open a block design." }
}

proc bd::name {} { lindex [vivado::names bd] 0 }
# Below the project's folder; the generated files have a tree of their own since 2020.2 (VENDOR.md §3).
proc bd::folder {tree} {
    set project $::vivado::project
    file join [vivado::get project $project directory] $project.$tree sources_1 bd [name]
}
proc bd::generated {} { folder [expr {[release::within 2020.2 9999.9] ? "gen" : "srcs"}] }

proc bd::create {given} {
    vivado::need_project
    set name [lindex [dict get $given args] 0]
    vivado::put bd $name {validated 0}
    vivado::put file [file join [folder srcs] $name.bd] {}
    return $name
}

proc bd::save {given} {
    need
    write [file join [folder srcs] [name].bd] "{\"design\": {\"design_info\": {\"name\": \"[name]\", \"tool_version\": \"$release::version\"}}}\n"
}

proc bd::open {given} { vivado::need_object open_bd_design [lindex [dict get $given args] 0] }

proc bd::create_cell {given} {
    need
    if {[option $given -type] ne "ip"} { fail "Common 17-161" "only cells of type ip are known here" }
    set wanted [option $given -vlnv]
    set found [lmap vlnv [vivado::names ipdef] { expr {$vlnv eq $wanted || [string match $wanted:* $vlnv] ? $vlnv : [continue]} }]
    if {$found eq {}} { fail "BD 5-216" "VLNV <$wanted> is not supported for the current part." }
    set cell /[lindex [dict get $given args] 0]
    if {[vivado::exists cell $cell]} { fail "BD 41-1111" "Cell '$cell' exists." }
    vivado::put cell $cell [dict create vlnv [lindex $found end]]
    bd::changed
    return $cell
}

# Pins and interfaces follow from the cells' settings, so they are made when they are asked for.
proc bd::refresh {} {
    foreach kind {pin interface} { array unset ::vivado::object $kind,* }
    foreach cell [vivado::names cell] {
        foreach pin [ips::pins $cell] {
            vivado::put pin $cell/[lindex $pin 0] [dict create kind [lindex $pin 1] CONFIG.FREQ_HZ [frequency $cell [lindex $pin 0]]]
        }
        foreach interface [ips::interfaces $cell] {
            lassign $interface name mode type clock
            vivado::put interface $cell/$name [dict create mode $mode type $type clock $cell/$clock vlnv xilinx.com:interface:${type}_rtl:1.0]
        }
    }
}

proc bd::frequency {cell pin} {
    if {![regexp {^pl_clk(\d)$} $pin -> n]} return
    expr {round([ips::parameter $cell PSU__CRL_APB__PL${n}_REF_CTRL__ACT_FREQMHZ] * 1e6)}
}

proc bd::get_cells {given} { need; vivado::find cell $given get_bd_cells / }
proc bd::get_pins {given} { objects pin $given get_bd_pins }
proc bd::get_interfaces {given} { objects interface $given get_bd_intf_pins }

proc bd::objects {kind given command} {
    need
    refresh
    if {![dict exists $given -of_objects]} { return [vivado::find $kind $given $command /] }
    set of [dict get $given -of_objects]
    vivado::need_object $command $of
    dict set given args [list [lmap cell $of { string cat $cell /* }]]
    vivado::find $kind $given $command /
}

proc bd::changed {} { vivado::change bd [name] validated 0 }

proc bd::connect_net {given} {
    need
    refresh
    set pins [concat {*}[dict get $given args]]
    if {[llength $pins] < 2} { fail "BD 5-4" "connect_bd_net needs at least two pins." }
    foreach pin $pins { if {![vivado::exists pin $pin]} { fail "BD 5-5" "'$pin' is no pin." } }
    set known [lsort -unique [lmap pin $pins { expr {[info exists ::vivado::net($pin)] ? $::vivado::net($pin) : [continue]} }]]
    set sources [lmap pin $pins { expr {[string match *-out [vivado::get pin $pin kind]] ? $pin : [continue]} }]
    set net [expr {$known eq {} ? [lindex $pins 0] : [lindex $known 0]}]
    foreach pin $pins { set ::vivado::net($pin) $net }
    if {[llength [sources_of $net]] > 1} { fail "BD 41-1753" "The net has more than one source: [sources_of $net]." }
    changed
}

proc bd::pins_of {net} { lmap pin [array names ::vivado::net] { expr {$::vivado::net($pin) eq $net ? $pin : [continue]} } }
proc bd::sources_of {net} {
    lmap pin [pins_of $net] { expr {[vivado::exists pin $pin] && [string match *-out [vivado::get pin $pin kind]] ? $pin : [continue]} }
}

proc bd::connect_interface {given} {
    need
    refresh
    set pins [concat {*}[dict get $given args]]
    if {[llength $pins] != 2} { fail "BD 5-106" "Arguments to the connect_bd_intf_net command cannot be empty." }
    lassign $pins a b
    foreach pin $pins {
        if {![vivado::exists interface $pin]} { fail "BD 5-5" "'$pin' is no interface pin." }
        if {[info exists ::vivado::peer($pin)]} { fail "BD 41-1753" "'$pin' is connected already." }
    }
    foreach property {type mode} { set ${property}s [list [vivado::get interface $a $property] [vivado::get interface $b $property]] }
    if {[lindex $types 0] ne [lindex $types 1]} { fail "BD 41-171" "The modes of '$a' and '$b' are incompatible: $types." }
    if {[lsort $modes] ne {Master Slave}} { fail "BD 41-171" "The modes of '$a' and '$b' are incompatible: $modes." }
    set ::vivado::peer($a) $b
    set ::vivado::peer($b) $a
    changed
}

proc bd::automate {given} {
    need
    set cell [lindex [dict get $given args] 0]
    vivado::need_object apply_bd_automation $cell
    if {[option $given -rule] ne "xilinx.com:bd_rule:zynq_ultra_ps_e"} { fail "BD 41-1811" "There is no such rule." }
    if {[ips::ip_of $cell] ne "zynq_ultra_ps_e"} { fail "BD 41-1811" "The rule does not fit '$cell'." }
    if {![dict exists [option $given -config] apply_board_preset]} return
    set board [vivado::get project $::vivado::project board_part]
    if {$board eq ""} { fail "BD 41-1811" "There is no preset: the project has no board part." }
    # VENDOR.md §3: the preset turns on HPM1_FPD too.
    foreach {name value} {M_AXI_GP0 1 M_AXI_GP1 1 M_AXI_GP2 0 IRQ0 1} {
        vivado::change cell $cell CONFIG.PSU__USE__$name $value
    }
    vivado::change cell $cell CONFIG.PSU__PRESET_APPLIED 1
    if {[string match *ultra96v2* $board]} {
        vivado::change cell $cell CONFIG.PSU__DDRC__MEMORY_TYPE "LPDDR 4"
    } else {
        vivado::change cell $cell CONFIG.PSU__DDR_HIGH_ADDRESS_GUI_ENABLE 1
    }
}

proc bd::make_wrapper {given} {
    need
    vivado::need_object make_wrapper [option $given -files]
    if {![file exists [file join [folder srcs] [name].bd]]} { fail "BD 41-1356" "The block design has not been saved." }
    set module [name]_wrapper
    set path [file join [generated] hdl $module.v]
    write $path "module $module;\nendmodule\n"
    if {[dict exists $given -import]} {
        vivado::put file $module.v [dict create path $path]
        if {[dict exists $given -top]} { vivado::change fileset sources_1 top $module }
    }
    return $path
}

proc bd::generate_target {given} {
    vivado::need_object generate_target [lindex [dict get $given args] 1]
    check::validated
}
