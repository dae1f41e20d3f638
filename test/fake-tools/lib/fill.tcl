# Writes files from the report templates of this folder, with @NAME@ replaced.
proc fill {template path values} {
    set map [dict create @VERSION@ $release::version @DATE@ [now]]
    dict for {name value} $values { dict set map @[string toupper $name]@ $value }
    set text [string map $map [contents [file join $::lib reports $template]]]
    if {[regexp {@[A-Z_]+@} $text name]} { error "template $template: nothing for $name" }
    write $path $text
}

proc write {path text} {
    file mkdir [file dirname $path]
    set file [open $path w]
    fconfigure $file -encoding utf-8
    puts -nonewline $file $text
    close $file
}

proc contents {path} {
    set file [open $path]
    fconfigure $file -encoding utf-8
    set text [read $file]
    close $file
    return $text
}
