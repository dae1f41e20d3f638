# Messages in the tools' own form, on the terminal and in the log file (VENDOR.md §1.6).
namespace eval message { variable log "" }

proc message::open_log {path} {
    variable log [open $path w]
    fconfigure $log -buffering line
}

proc emit {line} {
    puts stdout $line
    flush stdout
    if {$message::log ne ""} { puts $message::log $line }
}

proc say {severity code text} { emit "$severity: \[$code\] $text" }
proc note {code text} { say INFO $code $text }
proc warn {code text} { say WARNING $code $text }

# Prints the error and raises it, as a command of the tools does.
proc fail {code text} {
    say ERROR $code $text
    return -code error -errorcode TOOL "ERROR: \[$code\] $text"
}

proc now {} { clock format [clock seconds] -format "%a %b %d %H:%M:%S %Y" }
