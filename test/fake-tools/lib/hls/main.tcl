# The command lines of vitis_hls and vivado_hls.
namespace eval hls {}

proc hls::main {words} {
    switch -glob -- [lindex $words 0] {
        -version - --version { emit [release::banner]; script::finish 0 }
        -f {}
        default { fail "HLS 200-101" "Unknown command line '$words'." }
    }
    lassign $words _ file mark
    if {$file eq ""} { fail "HLS 200-101" "Missing script file." }
    if {$mark ni {"" -tclargs}} { fail "HLS 200-101" "Unknown option '$mark'." }
    # The deprecated executable writes no log (VENDOR.md §2.1).
    if {![release::deprecated]} { message::open_log $::tool.log }
    set script::last_words hls::last_words
    emit "\n[release::banner]\n"
    if {[release::deprecated]} { warn "HLS 200-2053" "The vitis_hls executable is deprecated." }
    note "HLS 200-10" "Running '$::tool'"
    run_script $file [lrange $words 3 end]
}

proc hls::run_script {file words} {
    declare
    if {![file exists $file]} { fail "HLS 200-10" "Cannot open script file '$file'." }
    emit "source $file"
    script::run $file $words
}

proc hls::last_words {} {
    note "HLS 200-112" "Total CPU user time: 3 seconds. Total elapsed time: 9.9 seconds; peak allocated memory: 134.008 MB."
    note "Common 17-206" "Exiting $::tool at [now]..."
}
