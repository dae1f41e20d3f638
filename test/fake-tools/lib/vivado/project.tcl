# Projects, files, the catalogue of boards and IPs.
namespace eval vivado {
    variable parts {xczu3eg-sbva484-1-i xczu3eg-sbva484-1-e xck26-sfvc784-2LV-c xc7z020clg400-1}
    # As far as FAKE_XILINX_BOARDS does not name others.
    variable boards {
        avnet.com:ultra96v2:part0:1.1 avnet.com:ultra96v2:part0:1.2 avnet-tria:ultra96v2:part0:1.3
        em.avnet.com:ultra96v2:part0:1.0 xilinx.com:kv260_som:part0:1.3 xilinx.com:kv260_som:part0:1.4
    }
}

proc vivado::create_project {given} {
    variable project
    variable parts
    lassign [dict get $given args] name folder
    if {$folder eq ""} { set folder . }
    set part [option $given -part [lindex $parts 0]]
    if {$part ni $parts} { fail "Coretcl 2-106" "Specified part could not be found." }
    if {[file exists [file join $folder $name.xpr]]} {
        if {![dict exists $given -force]} { fail "Coretcl 2-13" "Project '$name' exists. Use -force to overwrite it." }
        file delete -force $folder
    }
    foreach part_of_state {object net peer} { array unset ::vivado::$part_of_state }
    set ::vivado::mapped {}
    set project $name
    put project $name [dict create directory [file normalize $folder] part $part]
    put fileset sources_1 {}
    put fileset constrs_1 {}
    foreach run {synth_1 impl_1} { reset $run }
    fill_catalogue
    save
    return $name
}

proc vivado::fill_catalogue {} {
    variable boards
    foreach board [expr {[info exists ::env(FAKE_XILINX_BOARDS)] ? $::env(FAKE_XILINX_BOARDS) : $boards}] {
        put board $board [dict create part_name [part_of_board $board]]
    }
    foreach vlnv [ips::catalogue] { put ipdef $vlnv {design_tool_contexts {HDL IPI}} }
}

proc vivado::part_of_board {board} {
    switch -glob -- $board {
        *:kv260_som:* { return xck26-sfvc784-2LV-c }
        *:1.0 { return xczu3eg-sbva484-1-e }
        default { return xczu3eg-sbva484-1-i }
    }
}

proc vivado::set_board {board} {
    variable project
    if {![exists board $board]} {
        fail "Board 49-71" "The board_part definition was not found for $board. The project's board_part property was not set."
    }
    set part [get board $board part_name]
    if {[get project $project part] ne $part} {
        fail "Project 1-811" "The part of board '$board' is $part, but that of the project is [get project $project part]."
    }
}

proc vivado::project_file {} {
    variable project
    file join [get project $project directory] $project.xpr
}

# The project file holds the whole state.
proc vivado::save {} {
    variable project
    if {$project eq ""} return
    set state [list project $project mapped $::vivado::mapped]
    foreach name {object net peer} { lappend state $name [array get ::vivado::$name] }
    write [project_file] $state
}

proc vivado::open_project {given} {
    set file [lindex [dict get $given args] 0]
    if {![file exists $file]} { fail "Project 1-577" "Project file '$file' does not exist." }
    set state [contents $file]
    set ::vivado::project [dict get $state project]
    set ::vivado::mapped [dict get $state mapped]
    foreach name {object net peer} { array set ::vivado::$name [dict get $state $name] }
    change project $::vivado::project directory [file normalize [file dirname $file]]
    return $::vivado::project
}

proc vivado::close_project {given} { save; set ::vivado::project "" }

proc vivado::update_ip_catalog {given} {
    need_project
    variable project
    foreach name [names ipdef] { if {[get ipdef $name component] ne ""} { unset ::vivado::object(ipdef,$name) } }
    foreach folder [get project $project ip_repo_paths] {
        if {![file isdirectory $folder]} {
            warn "IP_Flow 19-2248" "Failed to load user IP repository '$folder'; Can't find the specified path."
            continue
        }
        foreach file [glob -nocomplain -directory $folder component.xml */component.xml] { load_component $file }
    }
}

proc vivado::load_component {file} {
    set text [contents $file]
    set vlnv {}
    foreach name {vendor library name version} {
        regexp "<spirit:$name>(\[^<]*)</spirit:$name>" $text -> value
        lappend vlnv $value
    }
    put ipdef [join $vlnv :] [dict create component [file normalize $file] design_tool_contexts {HDL IPI}]
    note "IP_Flow 19-1700" "Loaded user IP repository '[file dirname $file]'."
}

proc vivado::get_parts {given} { lmap name $::vivado::parts { expr {[string match [lindex [option $given args] 0] $name] ? $name : [continue]} } }
proc vivado::current_project {given} { need_project; return $::vivado::project }
proc vivado::current_fileset {given} { need_project; return sources_1 }

proc vivado::get_files {given} {
    need_project
    set found [find file $given get_files]
    if {$found ne {} || [dict get $given args] eq {}} { return $found }
    # A bare name stands for a file in any folder.
    dict set given args [lmap pattern [dict get $given args] { string cat */ $pattern }]
    find file [dict merge $given {-quiet 1}] get_files
}

proc vivado::add_files {given} {
    need_project
    foreach file [lindex [dict get $given args] 0] {
        if {![file exists $file]} { fail "Vivado 12-172" "File or Directory '$file' does not exist" }
        put file [file tail $file] [dict create path [file normalize $file]]
    }
}

proc vivado::update_compile_order {given} {
    need_project
    if {![exists fileset [option $given -fileset sources_1]]} { fail "Common 17-161" "Invalid fileset." }
}
