# The description of an exported IP, in the elements that Vivado reads.
namespace eval component {}

proc component::write {path name ip interface} {
    set buses [bus ap_clk clock slave]
    append buses [bus ap_rst_n reset slave]
    if {[dict get $interface registers] ne {}} {
        append buses [bus s_axi_control aximm slave] [bus interrupt interrupt master]
    }
    foreach bundle [dict get $interface m_axi] { append buses [bus m_axi_$bundle aximm master] }
    dict for {stream direction} [dict get $interface axis] {
        append buses [bus $stream axis [expr {$direction eq "in" ? "slave" : "master"}]]
    }
    fill component.xml $path [list vendor [dict get $ip vendor] library [dict get $ip library] name $name \
        ip_version [dict get $ip version] buses $buses registers [registers [dict get $interface registers]]]
}

proc component::bus {name type mode} {
    return "    <spirit:busInterface><spirit:name>$name</spirit:name><spirit:busType spirit:name=\"$type\"/><spirit:$mode/></spirit:busInterface>\n"
}

proc component::registers {registers} {
    set text ""
    foreach {name offset} $registers {
        append text "        <spirit:register><spirit:name>$name</spirit:name><spirit:addressOffset>[format 0x%02X $offset]</spirit:addressOffset></spirit:register>\n"
    }
    return $text
}
