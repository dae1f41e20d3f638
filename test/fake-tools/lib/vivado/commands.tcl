# Vivado's Tcl commands (VENDOR.md §3), with their options and the releases that have them.
namespace eval vivado {}

proc vivado::declare {} {
    declare_project
    declare_design
    declare_runs
    declare_packager
}

proc vivado::declare_project {} {
    command create_project {{-part text} {-force flag} {-in_memory flag} {args 0 2}} vivado::create_project
    command open_project {{-quiet flag} {args 1 1}} vivado::open_project
    command close_project {{-quiet flag} {args 0 0}} vivado::close_project
    command current_project {{-quiet flag} {args 0 1}} vivado::current_project
    command current_fileset {{-quiet flag} {args 0 0}} vivado::current_fileset
    command get_filesets {{-quiet flag} {args 0 1}} {vivado::listing fileset get_filesets}
    command get_board_parts {{-quiet flag} {-nocase flag} {-filter text} {-latest_file_version flag} {args 0 1}} {vivado::listing board get_board_parts}
    command get_ipdefs {{-quiet flag} {-all flag} {-nocase flag} {-filter text} {args 0 1}} {vivado::listing ipdef get_ipdefs}
    command get_parts {{-quiet flag} {-filter text} {args 0 1}} vivado::get_parts
    command get_files {{-quiet flag} {-filter text} {-of_objects text} {args 0 1}} vivado::get_files
    command add_files {{-norecurse flag} {-fileset text} {-quiet flag} {args 1 1}} vivado::add_files
    command update_compile_order {{-fileset text} {-quiet flag} {args 0 0}} vivado::update_compile_order
    command update_ip_catalog {{-rebuild flag} {-quiet flag} {args 0 0}} vivado::update_ip_catalog
    command set_property {{-dict text} {-quiet flag} {args 1 3}} property::set_command
    command get_property {{-quiet flag} {args 2 2}} property::get_command
    command set_param {{args 2 2}} vivado::set_param
    command version {{-short flag} {args 0 0}} vivado::version_command
    command set_msg_config {{-id text} {-new_severity text} {-severity text} {-limit int} {-suppress flag} {-string text} {args 0 0}} vivado::nothing
}

proc vivado::declare_design {} {
    command create_bd_design {{args 1 1}} bd::create
    command open_bd_design {{args 1 1}} bd::open
    command save_bd_design {{args 0 1}} bd::save
    command close_bd_design {{args 1 1}} vivado::nothing
    command current_bd_design {{args 0 1}} vivado::current_bd
    command regenerate_bd_layout {{args 0 0}} vivado::nothing
    command create_bd_cell {{-type {ip module hier}} {-vlnv text} {-reference text} {args 1 1}} bd::create_cell
    foreach {name handler} {get_bd_cells bd::get_cells get_bd_pins bd::get_pins get_bd_intf_pins bd::get_interfaces} {
        command $name {{-quiet flag} {-filter text} {-of_objects text} {-hierarchical flag} {args 0 1}} $handler
    }
    command connect_bd_net {{-net text} {args 1 999}} bd::connect_net
    command connect_bd_intf_net {{-intf_net text} {args 1 2}} bd::connect_interface
    command apply_bd_automation {{-rule text} {-config text} {-dict text} {args 1 1}} bd::automate
    command get_bd_addr_spaces {{-quiet flag} {-of_objects text} {args 0 1}} address::get_spaces
    command get_bd_addr_segs {{-quiet flag} {-of_objects text} {-filter text} {args 0 1}} address::get_segments
    command assign_bd_address {
        {-offset text 2020.1} {-range text 2020.1} {-target_address_space text} {-force flag 2020.1} {-quiet flag} {args 0 1}
    } address::assign
    command create_bd_addr_seg {{-offset text} {-range text} {args 3 3}} address::create
    command exclude_bd_addr_seg {{-target_address_space text 2020.1} {-quiet flag} {args 1 1}} address::exclude
    command validate_bd_design {{-force flag} {-quiet flag} {args 0 0}} check::validate
    command make_wrapper {{-files text} {-top flag} {-import flag} {-fileset text} {-force flag} {-testbench flag} {args 0 0}} bd::make_wrapper
    command generate_target {{-force flag} {args 2 2}} bd::generate_target
}

proc vivado::declare_runs {} {
    command get_runs {{-quiet flag} {-filter text} {args 0 1}} vivado::get_runs
    command reset_run {{-quiet flag} {args 1 1}} vivado::reset_run
    command launch_runs {{-jobs int} {-to_step text} {-scripts_only flag} {-quiet flag} {args 1 1}} vivado::launch_runs
    command wait_on_run {{-timeout int} {-quiet flag} {args 1 1}} vivado::wait_on_run
    if {[release::within 2021.2 9999.9]} { command wait_on_runs {{-timeout int} {-quiet flag} {args 1 1}} vivado::wait_on_run }
    command open_run {{-name text} {-quiet flag} {args 1 1}} vivado::open_run
    command report_utilization {{-file text} {-hierarchical flag} {-hierarchical_depth int} {-hierarchical_percentages flag} {-quiet flag} {args 0 0}} report::utilization_command
    command report_timing_summary {{-file text} {-max_paths int} {-report_unconstrained flag} {-warn_on_violation flag} {-quiet flag} {args 0 0}} report::timing_command
    command report_power {{-file text} {-quiet flag} {args 0 0}} report::power_command
    command report_drc {{-file text} {-quiet flag} {args 0 0}} report::drc_command
    command report_route_status {{-file text} {-quiet flag} {args 0 0}} report::route_command
    command write_hw_platform {{-fixed flag} {-include_bit flag} {-force flag} {-file text} {-minimal flag} {args 1 1}} vivado::write_hw_platform
}

proc vivado::listing {kind command given} { need_project_for $kind; find $kind $given $command }

# Boards are known before there is a project.
proc vivado::need_project_for {kind} {
    if {$kind eq "board" && [names board] eq {}} { fill_catalogue }
    if {$kind ni {board ipdef}} { need_project }
}
proc vivado::nothing {given} {}
proc vivado::current_bd {given} { bd::need; bd::name }
proc vivado::version_command {given} {
    if {[dict exists $given -short]} { return $release::version }
    release::banner
}
proc vivado::set_param {given} {
    set name [lindex [dict get $given args] 0]
    if {$name ni {general.maxThreads board.repoPaths synth.maxThreads messaging.defaultLimit}} { fail "Common 17-155" "Unknown parameter '$name'." }
}

# The packager of IPs: its commands are said to Vivado by name only (`help ipx::*`), so these are the ones that scripts use.
proc vivado::declare_packager {} {
    command ipx::package_project {
        {-root_dir text} {-vendor text} {-library text} {-taxonomy text} {-import_files flag} {-force flag} {-quiet flag} {args 0 1}
    } ipx::package
    command ipx::current_core {{-quiet flag} {args 0 1}} ipx::current
    command ipx::get_bus_interfaces {{-quiet flag} {-of_objects text} {args 0 1}} {ipx::parts bus}
    command ipx::get_memory_maps {{-quiet flag} {-of_objects text} {args 0 1}} {ipx::parts map}
    command ipx::get_address_blocks {{-quiet flag} {-of_objects text} {args 0 1}} {ipx::parts block}
    command ipx::associate_bus_interfaces {{-busif text} {-clock text} {-reset text} {args 1 1}} ipx::associate
    foreach {name kind} {add_memory_map map add_address_block block add_register register add_field field} {
        command ipx::$name {{-quiet flag} {args 2 2}} [list ipx::add $kind]
    }
    foreach name {create_xgui_files update_checksums check_integrity} { command ipx::$name {{-quiet flag} {args 1 1}} ipx::nothing }
    command ipx::save_core {{args 1 1}} ipx::save
}
