# The packager of IPs. Objects are named by their way from the core: CORE/INTERFACE, CORE/MAP/BLOCK/REGISTER/FIELD.
namespace eval ipx { variable core "" }

proc ipx::nothing {given} {}

proc ipx::package {given} {
    vivado::need_project
    fault::begin package
    variable core
    set top [vivado::get fileset sources_1 top]
    if {$top eq ""} { fail "IP_Flow 19-3833" "The project has no top module to package." }
    if {![vivado::exists file $top.v]} { fail "filemgmt 56-195" "The top file '$top.sv' is SystemVerilog, which cannot be the top of an IP in a block design." }
    set folder [option $given -root_dir .]
    if {[file exists [file join $folder component.xml]] && ![dict exists $given -force]} { fail "IP_Flow 19-3461" "'$folder' has an IP. Use -force." }
    set core $top
    vivado::put core $core [dict create root $folder name $top version 1.0 vendor [option $given -vendor user] library [option $given -library user]]
    infer [contents [vivado::get file $top.v path]]
    note "IP_Flow 19-5654" "Module '$top' uses SystemVerilog sources with a Verilog top file. These SystemVerilog files will not be analysed by the packager."
}

# Interfaces are what the names of ports say; `s_axi_control_AWADDR` as an input makes a slave.
proc ipx::infer {text} {
    variable core
    foreach {_ direction name suffix} [regexp -all -inline {(input|output) wire (?:\[[^]]*\] )?(\w+)_(AWADDR|ARADDR|TDATA)\y} $text] {
        set stream [expr {$suffix eq "TDATA"}]
        set mode [expr {$direction eq "input" ? "slave" : "master"}]
        vivado::put bus $core/$name [dict create type [expr {$stream ? "axis" : "aximm"}] mode $mode]
    }
    foreach {name type mode} {ap_clk clock slave ap_rst_n reset slave interrupt interrupt master} {
        if {[regexp "(input|output) wire $name\\y" $text]} { vivado::put bus $core/$name [dict create type $type mode $mode] }
    }
}

proc ipx::current {given} {
    variable core
    if {$core eq ""} { fail "IP_Flow 19-1" "There is no current core." }
    return $core
}

proc ipx::parts {kind given} {
    set of [option $given -of_objects [current {}]]
    set pattern [lindex [dict get $given args] 0]
    dict set given args [list $of/[expr {$pattern eq "" ? "*" : $pattern}]]
    vivado::find $kind $given ipx::get
}

proc ipx::associate {given} {
    set core [lindex [dict get $given args] 0]
    foreach name [list [option $given -busif] [option $given -clock]] {
        if {![vivado::exists bus $core/$name]} { fail "IP_Flow 19-3157" "Bus interface '$name' does not exist." }
    }
}

proc ipx::add {kind given} {
    lassign [dict get $given args] name parent
    set above [dict get {map core block map register block field register} $kind]
    if {![vivado::exists $above $parent]} { fail "Common 17-53" "User Exception: '$parent' is no $above." }
    vivado::put $kind $parent/$name {}
    return $parent/$name
}

proc ipx::save {given} {
    set core [lindex [dict get $given args] 0]
    set buses ""
    foreach bus [vivado::names bus] {
        append buses [component::bus [file tail $bus] [vivado::get bus $bus type] [vivado::get bus $bus mode]]
    }
    set map [vivado::get bus $core/s_axi_control slave_memory_map_ref]
    if {$map eq "" || ![vivado::exists map $core/$map]} { fail "IP_Flow 19-730" "Bus interface 's_axi_control' has no memory map." }
    set registers {}
    foreach register [vivado::names register] {
        if {[vivado::get register $register size] != 32} { fail "IP_Flow 19-731" "Register '[file tail $register]' has no size." }
        lappend registers [file tail $register] [vivado::get register $register address_offset]
    }
    fill component.xml [file join [vivado::get core $core root] component.xml] [list vendor [vivado::get core $core vendor] \
        library [vivado::get core $core library] name [vivado::get core $core name] ip_version [vivado::get core $core version] \
        buses $buses registers [component::registers $registers]]
}
