# The hardware hand-off file, with what PYNQ reads from it.
namespace eval hwh {}

proc hwh::write_file {path} {
    set modules ""
    foreach cell [vivado::names cell] { append modules [module $cell] }
    # It starts with a byte order mark (VENDOR.md §1.1).
    write $path "\ufeff<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\" ?>
<EDKSYSTEM EDWVERSION=\"1.2\" TIMESTAMP=\"[now]\" VIVADOVERSION=\"$release::version\">
  <SYSTEMINFO ARCH=\"zynquplus\" DEVICE=\"[lindex [split [vivado::get project $::vivado::project part] -] 0]\" NAME=\"[bd::name]\"/>
  <MODULES>
$modules  </MODULES>
</EDKSYSTEM>
"
}

proc hwh::module {cell} {
    set vlnv [vivado::get cell $cell vlnv]
    set type [lindex [split $vlnv :] 2]
    set name [string range $cell 1 end]
    return "    <MODULE FULLNAME=\"$cell\" HWVERSION=\"[lindex [split $vlnv :] 3]\" INSTANCE=\"$name\" IPTYPE=\"PERIPHERAL\" MODTYPE=\"$type\" VLNV=\"$vlnv\">
[registers $cell]      <PARAMETERS>
[parameters $cell]      </PARAMETERS>
[memory_map $cell]    </MODULE>
"
}

proc hwh::registers {cell} {
    if {![ips::is_user $cell]} return
    set text ""
    foreach {name offset} [ips::registers $cell] {
        append text "            <REGISTER NAME=\"$name\">\n              <PROPERTY NAME=\"ADDRESS_OFFSET\" VALUE=\"[expr {$offset}]\"/>\n"
        append text "              <PROPERTY NAME=\"SIZE\" VALUE=\"32\"/>\n[fields $name]            </REGISTER>\n"
    }
    return "      <ADDRESSBLOCKS>\n        <ADDRESSBLOCK ACCESS=\"\" INTERFACE=\"s_axi_control\" NAME=\"Reg\" RANGE=\"65536\" USAGE=\"register\">\n          <REGISTERS>
$text          </REGISTERS>\n        </ADDRESSBLOCK>\n      </ADDRESSBLOCKS>\n"
}

proc hwh::fields {register} {
    if {$register ne "CTRL"} return
    set text "              <FIELDS>\n"
    foreach {name bit} {AP_START 0 AP_DONE 1 AP_IDLE 2 AP_READY 3 AUTO_RESTART 7} {
        append text "                <FIELD NAME=\"$name\"><PROPERTY NAME=\"BIT_OFFSET\" VALUE=\"$bit\"/><PROPERTY NAME=\"BIT_WIDTH\" VALUE=\"1\"/></FIELD>\n"
    }
    return "$text              </FIELDS>\n"
}

proc hwh::parameters {cell} {
    set text ""
    dict for {name value} $::vivado::object(cell,$cell) {
        if {[string match CONFIG.* $name]} { append text [parameter [string range $name 7 end] $value] }
    }
    if {![ips::is_user $cell] && [ips::ip_of $cell] eq "zynq_ultra_ps_e"} {
        append text [parameter PSU__CRL_APB__PL0_REF_CTRL__ACT_FREQMHZ [ips::parameter $cell PSU__CRL_APB__PL0_REF_CTRL__ACT_FREQMHZ]]
        append text [parameter PSU__CRL_APB__PL0_REF_CTRL__DIVISOR0 [expr {round(1499.9985 / [ips::parameter $cell PSU__CRL_APB__PL0_REF_CTRL__ACT_FREQMHZ])}]]
        append text [parameter PSU__CRL_APB__PL0_REF_CTRL__DIVISOR1 1]
    }
    return $text
}

proc hwh::parameter {name value} { return "        <PARAMETER NAME=\"$name\" VALUE=\"$value\"/>\n" }

proc hwh::memory_map {cell} {
    set text ""
    foreach entry $::vivado::mapped {
        lassign $entry space segment offset range
        if {![string match $cell/* $space] || $offset eq "excluded"} continue
        regexp {^/([^/]+)/(.*)/([^/]+)$} $segment -> instance interface block
        set high [format 0x%08X [expr {$offset + $range - 1}]]
        append text "        <MEMRANGE ADDRESSBLOCK=\"$block\" BASENAME=\"C_BASEADDR\" BASEVALUE=\"[format 0x%08X $offset]\" HIGHNAME=\"C_HIGHADDR\" HIGHVALUE=\"$high\" INSTANCE=\"$instance\" IS_DATA=\"TRUE\" MEMTYPE=\"REGISTER\" SLAVEBUSINTERFACE=\"$interface\"/>\n"
    }
    expr {$text eq "" ? "" : "      <MEMORYMAP>\n$text      </MEMORYMAP>\n"}
}
