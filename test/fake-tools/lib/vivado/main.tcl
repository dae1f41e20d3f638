# The command line of vivado.
namespace eval vivado {}

proc vivado::main {words} {
    set given {}
    while {[llength $words]} {
        set words [lassign $words word]
        switch -- $word {
            -version { version_text; script::finish 0 }
            -notrace - -nolog - -nojournal - -verbose { dict set given $word 1 }
            -mode - -source - -log - -journal - -tempDir {
                if {![llength $words]} { fail "Common 17-163" "Missing value for option '[string range $word 1 end]', please type 'vivado -help' for usage info." }
                set words [lassign $words value]
                dict set given $word $value
            }
            -tclargs { dict set given $word $words; break }
            default { fail "Common 17-170" "Unknown option '$word', please type 'vivado -help' for usage info." }
        }
    }
    if {[option $given -mode] ne "batch" || ![dict exists $given -source]} { fail "Common 17-161" "the stand-in needs -mode batch and -source" }
    session $given
}

proc vivado::version_text {} {
    set version [lindex [split [string range [release::banner] 7 end] "\n"] 0]
    if {[release::within 2024.1 9999.9]} { emit "$version\nTool Version Limit: 2024.11" } else { emit $version }
    emit "SW Build 1234567 on Mon Jan  1 10:00:00 MST 2024"
}

proc vivado::session {given} {
    if {![dict exists $given -nolog]} { message::open_log [option $given -log vivado.log] }
    if {![dict exists $given -nojournal]} { write [option $given -journal vivado.jou] "# Vivado v$release::version\n" }
    set script::last_words vivado::last_words
    emit "\n[release::banner]\n"
    set file [dict get $given -source]
    if {![file exists $file]} { fail "Common 17-53" "User Exception: '$file' does not exist." }
    emit "source $file"
    declare
    script::run $file [option $given -tclargs]
}

proc vivado::last_words {} {
    save
    note "Common 17-206" "Exiting Vivado at [now]..."
}
