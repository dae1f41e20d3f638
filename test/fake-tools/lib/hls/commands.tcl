# The Tcl commands of the HLS tools (VENDOR.md §2.2), with the releases that have each option.
namespace eval hls {}

proc hls::declare {} {
    command open_project {{-reset flag} {-upgrade flag} {args 1 1}} hls::open_project
    command close_project {} hls::ignore
    if {[release::within 2024.2 9999.9]} {
        command open_component {{-reset flag} {-flow_target {vivado vitis}} {args 1 1}} hls::open_component
        command close_component {} hls::ignore
    }
    set solution {{-reset flag} {args 1 1}}
    if {![release::is_vivado_hls]} { lappend solution {-flow_target {vivado vitis}} }
    command open_solution $solution hls::open_solution
    command close_solution {} hls::ignore
    command set_top {{args 1 1}} hls::set_top
    command add_files {{-tb flag} {-cflags text} {-csimflags text} {-blackbox text} {args 1 1}} hls::add_files
    command set_part {{args 1 1}} hls::set_part
    command create_clock {{-period text} {-name text} {args 0 0}} hls::create_clock
    command set_clock_uncertainty {{args 1 2}} hls::set_clock_uncertainty
    declare_steps
    declare_settings
}

proc hls::declare_steps {} {
    command csim_design {
        {-O flag 0000.0 2024.1} {-argv text} {-clean flag} {-ldflags text 0000.0 2024.2} {-mflags text} {-setup flag}
        {-profile flag 2020.2 2023.2} {-profile_tripcount flag 2025.2} {args 0 0}
    } hls::csim_design
    command csynth_design {{-dump_cfg flag} {-dump_post_cfg flag} {-synthesis_check flag} {args 0 0}} hls::csynth_design
    command cosim_design {
        {-rtl {verilog vhdl}} {-trace_level {none all port port_hier}} {-tool {auto vcs modelsim riviera isim xsim ncsim xceligen}}
        {-O flag 0000.0 2024.1} {-argv text} {-setup flag} {-ldflags text 0000.0 2024.2} {-mflags text} {-wave_debug flag}
        {-random_stall flag} {-user_stall text 2022.2} {-enable_dataflow_profiling toggle} {-enable_fifo_sizing toggle 2021.1}
        {-disable_deadlock_detection flag 2020.1} {-disable_dependency_check flag 2020.1}
        {-enable_tasks_with_m_axi flag 2023.1} {-stable_axilite_update flag 2022.1} {-reduce_diskspace flag} {args 0 0}
    } hls::cosim_design
    command export_design {
        {-rtl {verilog vhdl}} {-format {ip_catalog xo syn_dcp sysgen}} {-version text} {-vendor text} {-library text}
        {-ipname text} {-description text} {-display_name text} {-taxonomy text} {-output text 2020.2}
        {-flow {none syn impl}} {args 0 0}
    } hls::export_design
}

proc hls::declare_settings {} {
    foreach {name declaration} {
        config_compile {{-pipeline_style {stp flp frp}} {-pipeline_loops int} {-name_max_length int} {-enable_auto_rewind toggle}
            {-no_signed_zeros toggle} {-unsafe_math_optimizations toggle} {-pragma_strict_mode toggle 2020.2}
            {-pipeline_flush_in_task {always never ii1} 2022.2}}
        config_dataflow {{-default_channel {fifo pingpong}} {-fifo_depth int} {-strict_mode {error warning off}}
            {-start_fifo_depth int} {-scalar_fifo_depth int} {-task_level_fifo_depth int}
            {-override_user_fifo_depth int} {-strict_stable_sync toggle 2020.1}}
        config_interface {{-m_axi_addr64 toggle} {-m_axi_offset {off direct slave}} {-m_axi_max_widen_bitwidth int 2020.1}
            {-m_axi_max_read_burst_length int 2020.1} {-m_axi_max_write_burst_length int 2020.1}
            {-m_axi_num_read_outstanding int 2020.1} {-m_axi_num_write_outstanding int 2020.1} {-m_axi_latency int 2020.1}
            {-m_axi_alignment_byte_size int 2020.1} {-m_axi_conservative_mode toggle 2021.1} {-s_axilite_data64 toggle 2020.1}
            {-register_io {off scalar_in scalar_out scalar_all}} {-clock_enable toggle}}
        config_rtl {{-reset {none control state all}} {-reset_level {low high}} {-reset_async toggle}
            {-module_auto_prefix toggle} {-module_prefix text} {-register_reset_num int}}
        config_schedule {{-effort {low medium high} 0000.0 2020.1} {-enable_dsp_full_reg toggle} {-verbose flag}}
        config_unroll {{-tripcount_threshold int}}
        config_export {{-format {ip_catalog xo syn_dcp sysgen}} {-rtl {verilog vhdl}} {-version text} {-vendor text}
            {-library text} {-ipname text} {-display_name text} {-description text} {-taxonomy text} {-output text 2020.2}}
        config_array_partition {{-complete_threshold int} {-throughput_driven {off auto}} {-maximum_size int 0000.0 2019.2}}
    } { command $name [concat $declaration {{args 0 0}}] hls::ignore }
    command config_op {{-impl {fabric dsp all}} {-latency int} {-precision text} {args 1 1}} hls::ignore
    if {![release::is_vivado_hls]} { command config_storage {{-impl text} {-latency int} {args 1 1}} hls::ignore }
    if {[release::within 2024.2 9999.9]} {
        command config_sim {{-O flag} {-clang_version {14 16}} {-argv text} {-ldflags text} {-mflags text}
            {-profile_tripcount flag} {args 0 0}} hls::ignore
    }
    if {[release::within 0000.0 2020.1]} { command config_sdx {{-target {none sds xocc}} {args 0 0}} hls::ignore }
}

proc hls::ignore {given} {}
