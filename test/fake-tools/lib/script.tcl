# Runs a user's script in an interpreter that has Tcl and the declared commands, and nothing else.
namespace eval script {
    variable commands [dict create]
    variable interpreter ""
    # Said when the tool ends.
    variable last_words {}
}

# Declares a command of the tool: `handler` is called with its options as a dict.
proc command {name declaration handler} { dict set script::commands $name [list $declaration $handler] }

proc script::invoke {name args} {
    variable commands
    lassign [dict get $commands $name] declaration handler
    {*}$handler [options::parse $name $declaration $args]
}

proc script::run {file words} {
    variable commands
    variable interpreter [interp create]
    interp eval $interpreter { namespace eval ipx {} }
    foreach name [dict keys $commands] { interp alias $interpreter $name {} script::invoke $name }
    interp hide $interpreter puts
    interp alias $interpreter puts {} script::put
    interp alias $interpreter exit {} script::exit_command
    interp eval $interpreter { proc unknown {name args} { return -code error "invalid command name \"$name\"" } }
    interp eval $interpreter [list set argv $words]
    interp eval $interpreter [list set argc [llength $words]]
    interp eval $interpreter [list source $file]
}

proc script::put {args} {
    if {[llength $args] == 1} { return [emit [lindex $args 0]] }
    variable interpreter
    interp invokehidden $interpreter puts {*}$args
}

proc script::exit_command {{code 0}} { finish $code }

proc script::finish {code} {
    variable last_words
    {*}$last_words
    exit $code
}

# Ends the tool as it ends after an error of a script: with the trace and exit code 1.
proc script::guard {body} {
    if {[catch { uplevel 1 $body } text details]} {
        if {![string match "ERROR: *" $text]} { emit $text }
        trace $text [dict get $details -errorinfo]
        finish 1
    }
    finish 0
}

# Only the lines about the user's script: those about the stand-in end with `script::invoke`, and begin with its `source`.
proc script::trace {text information} {
    if {![string match "*interp eval *" $information]} return
    set lines [lrange [split $information "\n"] [llength [split $text "\n"]] end]
    set start [lsearch -glob $lines {*(procedure "script::invoke"*}]
    if {$start >= 0} { set lines [linsert [lrange $lines $start+2 end] 0 "    while executing"] }
    foreach line $lines {
        if {[string match {"interp eval *} $line]} return
        emit $line
    }
}
