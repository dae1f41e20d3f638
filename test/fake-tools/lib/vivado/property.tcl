# Properties by kind of object; a property that the kind does not have is an error.
namespace eval property {
    variable known {
        project {board_part part ip_repo_paths name directory target_language simulator_language default_lib}
        fileset {top name}
        run {progress status strategy stats.wns stats.tns stats.whs needs_refresh directory name part}
        interface {mode vlnv name path}
        pin {dir type name path}
        cell {name vlnv path}
        space {name path}
        segment {name path offset range}
        board {name part_name board_name vendor_name}
        device {name}
        ipdef {name vlnv version design_tool_contexts}
        file {name synth_checkpoint_mode file_type}
        bd {name}
        core {name display_name version vendor library taxonomy}
        bus {name slave_memory_map_ref} map {name} block {name range width usage base_address}
        register {name address_offset size access} field {name bit_offset bit_width access}
    }
    variable writable {
        project {board_part part ip_repo_paths target_language simulator_language default_lib}
        fileset {top} run {strategy} segment {offset range} file {synth_checkpoint_mode file_type}
        core {name display_name version} bus {slave_memory_map_ref} block {range width usage base_address}
        register {address_offset size access} field {bit_offset bit_width access}
    }
}

proc property::set_command {given} {
    if {[dict exists $given -dict]} {
        set pairs [dict get $given -dict]
        set objects [lindex [dict get $given args] 0]
    } else {
        lassign [dict get $given args] name value objects
        set pairs [list $name $value]
    }
    vivado::need_object set_property $objects
    foreach object $objects {
        set kind [vivado::kind_of $object]
        foreach {name value} $pairs { write $kind $object $name $value }
    }
}

proc property::write {kind object name value} {
    variable writable
    if {[regexp -nocase {^CONFIG\.(.+)$} $name -> parameter]} { return [write_config $kind $object $parameter $value] }
    set name [string tolower $name]
    if {$kind eq "run" && [regexp {^steps\.\w+\.(is_enabled|args\.\w+|tcl\.(pre|post))$} $name]} return
    if {![dict exists $writable $kind] || $name ni [dict get $writable $kind]} {
        fail "Common 17-107" "Cannot change read-only or unknown property '$name' of '$object'."
    }
    switch -- $kind,$name {
        project,board_part { vivado::set_board $value }
        segment,offset - segment,range { return [address::move $object $name $value] }
        fileset,top {
            if {![vivado::exists file $value.v] && ![vivado::exists file $value.sv]} { fail "Common 17-161" "Invalid option value '$value': there is no such module." }
        }
    }
    vivado::change $kind $object $name $value
}

proc property::write_config {kind object parameter value} {
    if {$kind ne "cell"} { fail "Common 17-107" "'$object' has no parameter '$parameter' that can be set." }
    set type [ips::parameter_type $object $parameter]
    if {$type eq ""} {
        # The real tool goes on after this, and the setting is lost.
        return [say "CRITICAL WARNING" "BD 41-1276" "Cannot set the parameter $parameter on $object. Parameter does not exist"]
    }
    if {$type eq "readonly"} { fail "BD 41-737" "Cannot set the parameter $parameter on $object. It is read-only." }
    if {![fits $type $value]} { fail "IP_Flow 19-3461" "Value '$value' is out of the range for parameter '$parameter' for IP '$object'." }
    vivado::change cell $object CONFIG.$parameter $value
}

proc property::fits {type value} {
    switch -- $type {
        number { string is double -strict $value }
        int { string is integer -strict $value }
        text { expr {$value ne ""} }
        default { expr {$value in $type} }
    }
}

proc property::get_command {given} {
    lassign [dict get $given args] name object
    vivado::need_object get_property $object
    if {[llength $object] > 1} { fail "Common 17-53" "get_property takes one object." }
    read [vivado::kind_of $object] $object $name
}

proc property::read {kind object name} {
    variable known
    if {[regexp -nocase {^CONFIG\.(.+)$} $name -> parameter]} {
        # A parameter that does not exist reads as nothing.
        if {$kind ne "cell"} { return [vivado::get $kind $object CONFIG.[string toupper $parameter]] }
        return [ips::parameter $object $parameter]
    }
    set name [string tolower $name]
    if {$name ni [dict get $known $kind]} { fail "Common 17-57" "Property '$name' not found on '$object'." }
    switch -- $name {
        name { return [file tail $object] }
        path - vlnv { return [vivado::get $kind $object $name $object] }
        default { return [vivado::get $kind $object $name] }
    }
}
