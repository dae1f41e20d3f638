# The design's state and its objects. The state is one array, which the project file keeps between sessions.
#
# An object is its name; `object(kind,name)` holds its properties as a dict. Only commands that return objects make them, so
# that a plain string where an object is wanted is an error as in the real tool.
namespace eval vivado {
    variable object
    variable project ""
    # What is wired: `net(pin)` is the name of its net, `peer(pin)` the interface pin at the other end.
    variable net
    variable peer
    # Address segments: a list of {space segment offset range}.
    variable mapped {}
    variable open_design ""
}

proc vivado::put {kind name properties} { set ::vivado::object($kind,$name) $properties }
proc vivado::exists {kind name} { info exists ::vivado::object($kind,$name) }
proc vivado::names {kind} {
    lsort [lmap key [array names ::vivado::object $kind,*] { string range $key [string length $kind,] end }]
}
proc vivado::get {kind name property {otherwise ""}} { option $::vivado::object($kind,$name) $property $otherwise }
proc vivado::change {kind name property value} { dict set ::vivado::object($kind,$name) $property $value }

proc vivado::kind_of {name} {
    foreach kind {project fileset run cell pin interface space segment board ipdef file bd device core bus map block register field} {
        if {[exists $kind $name]} { return $kind }
    }
    fail "Common 17-53" "User Exception: '$name' is no object."
}

# Objects of a kind that match the patterns, or a warning.
proc vivado::find {kind given command {prefix ""}} {
    set patterns [dict get $given args]
    if {$patterns eq {}} { set patterns * } else { set patterns [lindex $patterns 0] }
    set found {}
    set nocase [expr {[dict exists $given -nocase] ? "-nocase" : "--"}]
    foreach pattern $patterns {
        if {$prefix ne "" && ![string match /* $pattern]} { set pattern $prefix$pattern }
        foreach name [names $kind] {
            set matches [expr {$nocase eq "--" ? [string match $pattern $name] : [string match -nocase $pattern $name]}]
            if {$matches && $name ni $found && [passes $kind $name [option $given -filter]]} { lappend found $name }
        }
    }
    if {$found eq {} && ![dict exists $given -quiet]} {
        warn "BD 5-235" "No objects matched '$command [dict get $given args]'"
    }
    return $found
}

# `PROPERTY == value && PROPERTY =~ pattern`.
proc vivado::passes {kind name filter} {
    foreach condition [split [string map {&& \u0001} $filter] \u0001] {
        if {![regexp {^\s*(\w+)\s*(==|!=|=~|!~)\s*"?(.*?)"?\s*$} $condition -> property operator value]} {
            fail "Common 17-161" "Invalid filter expression '$filter'."
        }
        set actual [property::read $kind $name $property]
        set equal [expr {$operator in {== !=} ? $actual eq $value : [string match $value $actual]}]
        if {$equal == ($operator in {!= !~})} { return 0 }
    }
    return 1
}

proc vivado::need_project {} {
    variable project
    if {$project eq ""} { fail "Common 17-53" "User Exception: No open project. Please create or open a project before executing this command." }
}

proc vivado::need_object {command objects} {
    if {[lindex $objects 0] eq ""} { fail "Common 17-55" "'$command' expects at least one object." }
}
