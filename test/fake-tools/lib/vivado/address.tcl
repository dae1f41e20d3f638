# Address spaces and segments.
namespace eval address {
    variable apertures {
        M_AXI_HPM0_FPD {0xA0000000 0xAFFFFFFF} M_AXI_HPM1_FPD {0xB0000000 0xBFFFFFFF} M_AXI_HPM0_LPD {0x80000000 0x9FFFFFFF}
    }
}

# Master interfaces by the name of their address space.
proc address::spaces {} {
    bd::refresh
    set found {}
    foreach cell [vivado::names cell] {
        set ip [expr {[ips::is_user $cell] ? "user" : [ips::ip_of $cell]}]
        if {$ip in {smartconnect axi_interconnect}} continue
        foreach interface [ips::interfaces $cell] {
            lassign $interface name mode type
            if {$mode ne "Master" || $type ne "aximm"} continue
            set space [switch -- $ip { zynq_ultra_ps_e { string cat Data } axi_dma { string map {M_AXI Data} $name } default { string cat Data_$name } }]
            dict lappend found $cell/$space $cell/$name
        }
    }
    return $found
}

# Segments of a slave interface: a list of {name offset range}; the offset is empty where it can be chosen.
proc address::segments {interface} {
    set cell [file dirname $interface]
    set port [file tail $interface]
    if {[ips::is_user $cell]} { return [list [list $interface/Reg "" 0x10000]] }
    if {[ips::ip_of $cell] ne "zynq_ultra_ps_e"} { return [list [list $interface/Reg "" 0x10000]] }
    set number [dict get {S_AXI_HPC0_FPD 0 S_AXI_HPC1_FPD 1 S_AXI_HP0_FPD 2 S_AXI_HP1_FPD 3 S_AXI_HP2_FPD 4 S_AXI_HP3_FPD 5 S_AXI_LPD 6} $port]
    set short [string map {S_AXI_ "" _FPD ""} $port]
    set found {}
    foreach {name offset range} {DDR_LOW 0x0 0x80000000 LPS_OCM 0xFF000000 0x01000000 QSPI 0xC0000000 0x20000000} {
        lappend found [list $cell/SAXIGP$number/${short}_$name $offset $range]
    }
    if {[ips::on $cell PSU__DDR_HIGH_ADDRESS_GUI_ENABLE]} {
        lappend found [list $cell/SAXIGP$number/${short}_DDR_HIGH 0x800000000 0x80000000]
    }
    return $found
}

# Slave interfaces that a master interface reaches, through switches.
proc address::reach {master} {
    if {![info exists ::vivado::peer($master)]} { return {} }
    set slave $::vivado::peer($master)
    set cell [file dirname $slave]
    if {[ips::is_user $cell] || [ips::ip_of $cell] ni {smartconnect axi_interconnect}} { return [list $slave] }
    set found {}
    foreach interface [ips::interfaces $cell] {
        if {[lindex $interface 1] eq "Master"} { lappend found {*}[reach $cell/[lindex $interface 0]] }
    }
    return $found
}

# {space master segment offset range} for everything that can be mapped.
proc address::possible {} {
    set found {}
    dict for {space masters} [spaces] {
        foreach master $masters {
            foreach slave [reach $master] {
                foreach segment [segments $slave] { lappend found [list $space $master {*}$segment] }
            }
        }
    }
    return $found
}

proc address::is_mapped {space segment} { expr {[lsearch -index 0 [lmap entry $::vivado::mapped { expr {[lindex $entry 1] eq $segment ? $entry : [continue]} }] $space] >= 0} }

proc address::refresh {} {
    array unset ::vivado::object segment,*
    array unset ::vivado::object space,*
    foreach space [dict keys [spaces]] { vivado::put space $space {} }
    foreach entry [possible] { vivado::put segment [lindex $entry 2] {} }
    foreach entry $::vivado::mapped {
        lassign $entry space segment offset range
        vivado::put segment $space/[mapped_name $segment] [dict create offset $offset range $range of $segment space $space]
    }
}

proc address::mapped_name {segment} { regsub {^/([^/]+)/.*?([^/]+)$} $segment {SEG_\1_\2} }

proc address::get_spaces {given} { bd::need; refresh; of_cells space $given get_bd_addr_spaces }
proc address::get_segments {given} {
    bd::need
    refresh
    set of [option $given -of_objects]
    if {$of ne "" && [vivado::exists interface [lindex $of 0]]} { return [lmap entry [segments [lindex $of 0]] { lindex $entry 0 }] }
    of_cells segment $given get_bd_addr_segs
}
proc address::of_cells {kind given command} {
    if {[dict exists $given -of_objects]} {
        vivado::need_object $command [dict get $given -of_objects]
        dict set given args [list [lmap name [dict get $given -of_objects] { string cat $name /* }]]
    }
    vivado::find $kind $given $command /
}

proc address::assign {given} {
    bd::need
    set wanted [concat {*}[dict get $given args]]
    set space [option $given -target_address_space]
    if {[dict exists $given args] && [dict get $given args] ne {} && $wanted eq {}} { fail "Common 17-55" "'assign_bd_address' expects at least one object." }
    if {[dict exists $given -offset] && $wanted eq {}} { fail "BD 41-1051" "-offset needs a segment." }
    foreach entry [possible] {
        lassign $entry where master segment offset range
        if {($wanted ne {} && $segment ni $wanted) || ($space ne "" && $where ne $space)} continue
        if {[is_mapped $where $segment]} continue
        if {$offset eq ""} { set offset [expr {[dict exists $given -offset] ? [dict get $given -offset] : [free $master $range]}] }
        if {![reaches $master $offset]} {
            warn "BD 41-1743" "Cannot assign <$segment> into address space <$where>: its addresses have 32 bits."
            continue
        }
        map $where $master $segment $offset [option $given -range $range]
        set done 1
    }
    if {$wanted ne {} && ![info exists done]} { fail "BD 41-1051" "Segment '$wanted' cannot be reached from address space '$space', or is assigned already." }
}

# The DMA has 32 address bits unless it is given more; HLS gives 64.
proc address::reaches {master offset} {
    set cell [file dirname $master]
    if {[ips::is_user $cell] || [ips::ip_of $cell] ne "axi_dma"} { return 1 }
    expr {$offset < (1 << [ips::parameter $cell c_addr_width])}
}

# `create_bd_addr_seg -range R -offset O SPACE SEGMENT NAME`, the form of releases up to 2019.2.
proc address::create {given} {
    lassign [dict get $given args] space segment
    vivado::need_object create_bd_addr_seg $space
    assign [dict create -offset [dict get $given -offset] -range [dict get $given -range] -target_address_space $space args [list $segment]]
}

proc address::free {master range} {
    variable apertures
    set offset [lindex [dict get $apertures [file tail $master]] 0]
    set space [file dirname $master]/Data
    foreach entry $::vivado::mapped { if {[lindex $entry 0] eq $space && [lindex $entry 2] == $offset} { incr offset $range } }
    format 0x%X $offset
}

proc address::map {space master segment offset range} {
    variable apertures
    if {[string match /*/Data $space]} {
        lassign [dict get $apertures [file tail $master]] low high
        if {$offset < $low || $offset + $range - 1 > $high} {
            fail "BD 41-1075" "Cannot create address segment: the offset $offset is outside the aperture of $master."
        }
    }
    if {$offset % $range != 0 && $offset >= $range} { fail "BD 5-304" "The offset $offset is not aligned to the range $range." }
    foreach entry $::vivado::mapped {
        lassign $entry other known start size
        if {$other eq $space && $offset < $start + $size && $start < $offset + $range} {
            fail "BD 41-1075" "The segments $segment and $known overlap in $space."
        }
    }
    lappend ::vivado::mapped [list $space $segment $offset $range]
    emit "Slave segment '$segment' is being assigned into address space '$space' at <[format 0x%08X $offset] \[ [expr {$range / 1024}]K \]>."
    bd::changed
}

proc address::move {object property value} {
    set entry [list [vivado::get segment $object space] [vivado::get segment $object of] \
        [vivado::get segment $object offset] [vivado::get segment $object range]]
    set place [lsearch -exact $::vivado::mapped $entry]
    if {$place < 0} { fail "Common 17-107" "Cannot change read-only property '$property' of '$object'." }
    lset entry [expr {$property eq "offset" ? 2 : 3}] $value
    lset ::vivado::mapped $place $entry
}

proc address::exclude {given} {
    foreach segment [concat {*}[dict get $given args]] {
        set space [option $given -target_address_space]
        if {$space eq ""} { lassign [list [vivado::get segment $segment space] [vivado::get segment $segment of]] space segment }
        set ::vivado::mapped [lmap entry $::vivado::mapped { expr {[lrange $entry 0 1] eq [list $space $segment] ? [continue] : $entry} }]
        lappend ::vivado::mapped [list $space $segment excluded 0]
    }
}
