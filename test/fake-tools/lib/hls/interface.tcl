# The ports of the top function, as the INTERFACE pragmas of the design files say them.
namespace eval interface {}

# A dict: m_axi {bundle...}, axis {name direction ...}, registers {name offset ...} (empty without s_axilite).
proc interface::read {} {
    set pragmas [pragmas]
    set memories {}
    set streams {}
    set arguments {}
    foreach pragma $pragmas {
        set port [dict get $pragma port]
        switch -- [dict get $pragma mode] {
            m_axi {
                lappend memories [option $pragma bundle gmem]
                lappend arguments $port 64
            }
            axis { lappend streams [renamed $port] [direction $port] }
            s_axilite { if {$port ne "return" && ![dict exists $arguments $port]} { dict set arguments $port 32 } }
        }
    }
    set controlled [lsearch -glob $pragmas *s_axilite*]
    set registers [expr {$controlled < 0 ? {} : [registers $arguments]}]
    return [list m_axi [lsort -unique $memories] axis $streams registers $registers]
}

proc interface::texts {} { lmap file $hls::design { expr {[file isfile $file] ? [contents $file] : ""} } }

proc interface::has_function {name} { regexp "\\m$name\\s*\\(" [join [texts] "\n"] }

proc interface::pragmas {} {
    set found {}
    foreach line [split [join [texts] "\n"] "\n"] {
        if {![regexp -nocase {^\s*#pragma\s+HLS\s+INTERFACE\s+(.*)$} $line -> words]} continue
        set pragma [dict create mode "" port ""]
        foreach word [regsub -all {\s*=\s*} $words =] {
            if {[regexp {^(\w+)=(.+)$} $word -> name value]} { dict set pragma [string tolower $name] $value
            } elseif {[dict get $pragma mode] eq ""} { dict set pragma mode $word }
        }
        lappend found $pragma
    }
    return $found
}

# Names that are words of Verilog get a suffix (VENDOR.md §3, 4).
proc interface::renamed {name} { expr {$name in {in out inout input output reg wire} ? "${name}_r" : $name} }

proc interface::direction {port} { expr {[regexp {out} $port] ? "out" : "in"} }

# 64 bits take two registers, and each argument is followed by a reserved word (VENDOR.md §4).
proc interface::registers {arguments} {
    set registers {CTRL 0 GIER 4 IP_IER 8 IP_ISR 12}
    set offset 16
    dict for {name bits} $arguments {
        if {[release::is_vivado_hls] || $bits == 32} {
            lappend registers [renamed $name] $offset
            incr offset 8
        } else {
            lappend registers ${name}_1 $offset ${name}_2 [expr {$offset + 4}]
            incr offset 12
        }
    }
    return $registers
}
