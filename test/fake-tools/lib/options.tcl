# Reads the words of a command against its declaration; whatever is not declared is an error.
#
# A declaration is a list of `{-name type ?from? ?until?}`, with the releases that have the option, and `{args least most}`.
# Types: flag, text, int, number, toggle (a value may follow) or `{one of several words}`.
namespace eval options {}

proc options::parse {command declaration words} {
    set given [dict create args {}]
    while {[llength $words]} {
        set words [lassign $words word]
        if {![regexp {^-[A-Za-z]} $word]} { dict lappend given args $word; continue }
        regexp {^([^=]*)(?:=(.*))?$} $word -> name value
        set type [type $command $declaration $name]
        if {$type eq "flag" || ($type eq "toggle" && ![is_toggle [lindex $words 0]] && $value eq "")} {
            dict set given $name 1
            continue
        }
        if {![string match *=* $word]} {
            if {![llength $words]} { missing_value $command $name }
            set words [lassign $words value]
        }
        check $command $name $type $value
        dict set given $name $value
    }
    count $command $declaration [llength [dict get $given args]]
    return $given
}

proc options::is_toggle {word} { regexp {^(0|1|true|false)$} $word }

proc options::type {command declaration name} {
    foreach entry $declaration {
        lassign $entry known type from until
        if {$known ne $name} continue
        if {$from eq "" || [release::within $from [expr {$until eq "" ? "9999.9" : $until}]]} { return $type }
    }
    if {$::family eq "vivado"} {
        fail "Common 17-170" "Unknown option '$name', please type '$command -help' for usage info."
    }
    if {$command eq "config_array_partition"} { fail "HLS 200-642" "The option '$name' is not supported." }
    fail "HLS 200-101" "'$command': Unknown option '$name'."
}

proc options::missing_value {command name} {
    if {$::family eq "vivado"} {
        fail "Common 17-163" "Missing value for option '[string range $name 1 end]', please type '$command -help' for usage info."
    }
    fail "HLS 200-101" "'$command': Option '$name' requires an argument."
}

proc options::check {command name type value} {
    set good [switch -- $type {
        text { expr 1 }
        toggle { is_toggle $value }
        int { string is integer -strict $value }
        number { string is double -strict $value }
        default { expr {$value in $type} }
    }]
    if {$good} return
    if {$::family eq "vivado"} { fail "Common 17-161" "Invalid option value '$value' specified for '[string range $name 1 end]'." }
    fail "HLS 200-101" "'$command': Invalid value '$value' for option '$name'."
}

proc options::count {command declaration number} {
    lassign [lsearch -inline -index 0 $declaration args] _ least most
    if {$least eq ""} { lassign {0 0} least most }
    if {$number > $most} {
        if {$::family ne "vivado"} { fail "HLS 200-101" "'$command': Too many arguments." }
        fail "Common 17-165" "Too many positional options when parsing, please type '$command -help' for usage info."
    }
    if {$number < $least} {
        if {$::family ne "vivado"} { fail "HLS 200-101" "'$command': Missing required argument." }
        fail "Common 17-157" "Missing a required positional option, please type '$command -help' for usage info."
    }
}

proc option {given name {otherwise ""}} {
    expr {[dict exists $given $name] ? [dict get $given $name] : $otherwise}
}
