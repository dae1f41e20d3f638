# Configuration files (VENDOR.md §2.3): each key is declared in hls/config-keys.txt.
namespace eval config {
    variable values [dict create]
}

proc config::keys {} {
    set keys {}
    foreach line [split [contents [file join $::lib hls config-keys.txt]] "\n"] {
        if {[regexp {^([^#\s]\S*)\s+(.*?)\s*$} $line -> key type]} { dict set keys $key $type }
    }
    return $keys
}

proc config::apply {file} {
    variable values
    if {![file exists $file]} { fail "HLS 200-1911" "Cannot open config file '$file'." }
    set keys [keys]
    set section ""
    set number 0
    foreach line [split [contents $file] "\n"] {
        incr number
        set line [string trim $line]
        if {$line eq "" || [string index $line 0] eq "#"} continue
        if {[regexp {^\[(\w+)\]$} $line -> section]} continue
        apply_entry $file $number $section $keys $line
    }
    if {$hls::period eq ""} { hls::set_period 10 }
}

proc config::apply_entry {file number section keys line} {
    variable values
    set where "'$line' from [file tail $file]($number)"
    if {![regexp {^([\w.]+)=(.*)$} $line -> key value]} { fail "HLS 200-1912" "Problem with config ini entry $where: not key=value" }
    note "HLS 200-1465" "Applying config ini $where"
    set general [expr {$key in {part platform freqhz}}]
    if {![dict exists $keys $key] || $general == ($section eq "hls")} {
        fail "HLS 200-1912" "Problem with config ini entry $where: unknown key"
    }
    if {![fits [dict get $keys $key] $value]} { fail "HLS 200-1912" "Problem with config ini entry $where: invalid value" }
    dict set values $key $value
    if {[catch { set_entry $key $value [file dirname $file] } text]} {
        fail "HLS 200-1912" "Problem with config ini entry $where: $text"
    }
}

proc config::fits {type value} {
    switch -- $type {
        text { return [expr {$value ne ""}] }
        bool { return [options::is_toggle $value] }
        int { return [string is integer -strict $value] }
        default { return [expr {$value in $type}] }
    }
}

# Paths are relative to the file's folder.
proc config::set_entry {key value folder} {
    switch -- $key {
        part { hls::set_device $value }
        clock { hls::set_period $value }
        clock_uncertainty { hls::set_uncertainty $value }
        syn.top { set hls::top $value }
        syn.file - tb.file {
            set file [file join $folder $value]
            hls::add_files [dict create {*}[expr {$key eq "tb.file" ? "-tb 1" : ""}] args [list [list $file]]]
        }
        package.ip.vendor - package.ip.library - package.ip.version { dict set hls::ip [string range [file extension $key] 1 end] $value }
    }
}

proc config::value {key otherwise} { option $config::values $key $otherwise }

# The values under a prefix as options of a command.
proc config::options {prefix names args} {
    variable values
    set given {}
    dict for {name option} $names {
        if {[dict exists $values $prefix.$name]} { dict set given $option [dict get $values $prefix.$name] }
    }
    if {![dict exists $given -format] && [llength $args]} { dict set given -format [lindex $args 0] }
    return $given
}
