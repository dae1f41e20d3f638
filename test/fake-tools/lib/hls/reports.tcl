# The reports of the steps, of our own writing in the real formats (VENDOR.md §1.1, 1.3, 1.5).
namespace eval hls {}

proc hls::csynth_reports {} {
    variable top
    # DSP was DSP48E in Vivado HLS.
    set values [list top $top part $hls::part period [format %.2f $hls::period] \
        uncertainty [format %.2f $hls::uncertainty] estimated [format %.3f [expr {$hls::period * 0.8}]] \
        dsp [expr {[release::is_vivado_hls] ? "DSP48E" : "DSP"}] {*}[device]]
    fill csynth.xml [place syn report ${top}_csynth.xml] $values
    fill csynth.rpt [place syn report ${top}_csynth.rpt] $values
    if {[release::within 2021.1 9999.9]} {
        fill csynth_all.xml [place syn report csynth.xml] $values
    } else {
        fill csynth.xml [place syn report csynth.xml] $values
    }
}

proc hls::device {} {
    if {[string match xck26* $hls::part] || [string match xczu5* $hls::part]} {
        return {lut_available 117120 ff_available 234240 bram_available 288 dsp_available 1248 uram_available 64}
    }
    return {lut_available 70560 ff_available 141120 bram_available 432 dsp_available 360 uram_available 0}
}

proc hls::cosim_reports {rtl status} {
    set template [expr {[release::within 2020.1 9999.9] ? "cosim_new.rpt" : "cosim_old.rpt"}]
    lassign [expr {$rtl eq "verilog" ? "NA $status" : "$status NA"}] vhdl verilog
    set values [list top $hls::top solution [file tail $hls::solution] vhdl [format %10s $vhdl] verilog [format %10s $verilog]]
    fill $template [place sim report ${hls::top}_cosim.rpt] $values
    fill lat.rpt [place sim report $rtl lat.rpt] {}
    fill transaction.rpt [place sim report $rtl result.transaction.rpt] {}
}

proc hls::export_reports {flow} {
    set values [list top $hls::top part $hls::part period [format %.3f $hls::period] {*}[device] \
        achieved [format %.3f [expr {$hls::period * 0.9}]] slack [format %.3f [expr {$hls::period * 0.1}]] \
        type [expr {$flow eq "syn" ? "synth" : "impl"}] \
        route [expr {$flow eq "syn" ? "NA" : [format %.3f [expr {$hls::period * 0.9}]]}]]
    foreach kind [expr {$flow eq "syn" ? "syn" : "syn impl"}] {
        fill export.xml [place impl report verilog export_$kind.xml] $values
    }
}
