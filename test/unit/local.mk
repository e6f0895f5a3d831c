# A unit test links only the rooms that its own room may look into.
UNIT_BASE = libbase.a $(CHECK_LIBS) $(LIBIBERTY_LIBS)
UNIT_WIRE = libwire.a libbase.a $(CHECK_LIBS) $(LZO_LIBS) $(LIBIBERTY_LIBS)
UNIT_COMPILER = libcompiler.a libbase.a $(CHECK_LIBS) $(LIBIBERTY_LIBS)
UNIT_SCAN = libscan.a libcompiler.a libbase.a $(CHECK_LIBS) $(PTHREAD_LIBS) \
	$(LIBIBERTY_LIBS)
UNIT_AGENT = libagent.a libscan.a libcompiler.a libwire.a libbase.a \
	$(CHECK_LIBS) $(PTHREAD_LIBS) $(LZO_LIBS) $(LIBIBERTY_LIBS)
UNIT_FARM = libfarm.a libwire.a libbase.a $(CHECK_LIBS) $(LZO_LIBS) \
	$(LIBIBERTY_LIBS)
UNIT_CLIENT = libclient.a libfarm.a libcompiler.a libwire.a libbase.a \
	$(CHECK_LIBS) $(LZO_LIBS) $(LIBIBERTY_LIBS)
UNIT_DAEMON = libdaemon.a libcompiler.a libwire.a libbase.a $(CHECK_LIBS) \
	$(MICROHTTPD_LIBS) $(POPT_LIBS) $(LZO_LIBS) $(LIBIBERTY_LIBS)

unit_tests =

unit_tests += test/unit/test_args
test_unit_test_args_LDADD = $(UNIT_BASE)
test_unit_test_args_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_buf
test_unit_test_buf_LDADD = $(UNIT_BASE)
test_unit_test_buf_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_digest
test_unit_test_digest_LDADD = $(UNIT_BASE)
test_unit_test_digest_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_search
test_unit_test_search_LDADD = $(UNIT_BASE)
test_unit_test_search_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_self
test_unit_test_self_LDADD = $(UNIT_BASE)
test_unit_test_self_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_inspect
test_unit_test_inspect_LDADD = $(UNIT_CLIENT)
test_unit_test_inspect_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_marks
test_unit_test_marks_LDADD = $(UNIT_CLIENT)
test_unit_test_marks_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_clock
test_unit_test_clock_LDADD = $(UNIT_BASE)
test_unit_test_clock_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_err
test_unit_test_err_LDADD = $(UNIT_BASE)
test_unit_test_err_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_fd
test_unit_test_fd_LDADD = $(UNIT_BASE)
test_unit_test_fd_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_file
test_unit_test_file_LDADD = $(UNIT_BASE)
test_unit_test_file_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_json
test_unit_test_json_LDADD = $(UNIT_BASE)
test_unit_test_json_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_lock
test_unit_test_lock_LDADD = $(UNIT_BASE)
test_unit_test_lock_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_mask
test_unit_test_mask_LDADD = $(UNIT_BASE)
test_unit_test_mask_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_log
test_unit_test_log_LDADD = $(UNIT_BASE)
test_unit_test_log_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_net
test_unit_test_net_LDADD = $(UNIT_BASE)
test_unit_test_net_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_path
test_unit_test_path_LDADD = $(UNIT_BASE)
test_unit_test_path_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_proc
test_unit_test_proc_LDADD = $(UNIT_BASE)
test_unit_test_proc_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_sig
test_unit_test_sig_LDADD = $(UNIT_BASE)
test_unit_test_sig_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_tick
test_unit_test_tick_LDADD = $(UNIT_BASE)
test_unit_test_tick_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_tmp
test_unit_test_tmp_LDADD = $(UNIT_BASE)
test_unit_test_tmp_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_tmp_messages
test_unit_test_tmp_messages_LDADD = $(UNIT_BASE)
test_unit_test_tmp_messages_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_access
test_unit_test_access_LDADD = $(UNIT_DAEMON)
test_unit_test_access_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_board
test_unit_test_board_LDADD = $(UNIT_DAEMON)
test_unit_test_board_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_lobby
test_unit_test_lobby_LDADD = $(UNIT_DAEMON)
test_unit_test_lobby_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_post
test_unit_test_post_LDADD = $(UNIT_DAEMON)
test_unit_test_post_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_share
test_unit_test_share_LDADD = $(UNIT_DAEMON)
test_unit_test_share_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_cmdlist
test_unit_test_cmdlist_LDADD = $(UNIT_DAEMON)
test_unit_test_cmdlist_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_config
test_unit_test_config_LDADD = $(UNIT_DAEMON)
test_unit_test_config_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_joblog
test_unit_test_joblog_LDADD = $(UNIT_DAEMON)
test_unit_test_joblog_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_notify
test_unit_test_notify_LDADD = $(UNIT_DAEMON)
test_unit_test_notify_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_machine
test_unit_test_machine_LDADD = $(UNIT_DAEMON)
test_unit_test_machine_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_options
test_unit_test_options_LDADD = $(UNIT_DAEMON)
test_unit_test_options_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_policy
test_unit_test_policy_LDADD = $(UNIT_DAEMON)
test_unit_test_policy_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_proxy
test_unit_test_proxy_LDADD = $(UNIT_DAEMON)
test_unit_test_proxy_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_workdir
test_unit_test_workdir_LDADD = $(UNIT_DAEMON)
test_unit_test_workdir_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

EXTRA_DIST += %D%/unit.h %D%/peer.h

unit_tests += test/unit/test_token
test_unit_test_token_LDADD = $(UNIT_WIRE)
test_unit_test_token_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_conn
test_unit_test_conn_LDADD = $(UNIT_WIRE)
test_unit_test_conn_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_conn_out
test_unit_test_conn_out_LDADD = $(UNIT_WIRE)
test_unit_test_conn_out_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_bulk
test_unit_test_bulk_LDADD = $(UNIT_WIRE)
test_unit_test_bulk_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_request
test_unit_test_request_LDADD = $(UNIT_WIRE)
test_unit_test_request_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_tree
test_unit_test_tree_LDADD = $(UNIT_WIRE)
test_unit_test_tree_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_depfile
test_unit_test_depfile_LDADD = $(UNIT_COMPILER)
test_unit_test_depfile_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_rooted
test_unit_test_rooted_LDADD = $(UNIT_COMPILER)
test_unit_test_rooted_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_root
test_unit_test_root_LDADD = $(UNIT_DAEMON)
test_unit_test_root_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_sight
test_unit_test_sight_LDADD = $(UNIT_DAEMON)
test_unit_test_sight_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_sysdir
test_unit_test_sysdir_LDADD = $(UNIT_DAEMON)
test_unit_test_sysdir_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_bulk_memory
test_unit_test_bulk_memory_LDADD = $(UNIT_WIRE)
test_unit_test_bulk_memory_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_reply
test_unit_test_reply_LDADD = $(UNIT_WIRE)
test_unit_test_reply_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_hosts
test_unit_test_hosts_LDADD = $(UNIT_FARM)
test_unit_test_hosts_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_slot
test_unit_test_slot_LDADD = $(UNIT_FARM)
test_unit_test_slot_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_line
test_unit_test_line_LDADD = $(UNIT_FARM)
test_unit_test_line_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_watch
test_unit_test_watch_LDADD = $(UNIT_FARM)
test_unit_test_watch_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_waiting
test_unit_test_waiting_LDADD = $(UNIT_FARM)
test_unit_test_waiting_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_backoff
test_unit_test_backoff_LDADD = $(UNIT_FARM)
test_unit_test_backoff_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_choose
test_unit_test_choose_LDADD = $(UNIT_FARM)
test_unit_test_choose_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_unlike
test_unit_test_unlike_LDADD = $(UNIT_FARM)
test_unit_test_unlike_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_remote
test_unit_test_remote_LDADD = $(UNIT_FARM)
test_unit_test_remote_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_remote_tree
test_unit_test_remote_tree_LDADD = $(UNIT_FARM)
test_unit_test_remote_tree_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_masquerade
test_unit_test_masquerade_LDADD = $(UNIT_CLIENT)
test_unit_test_masquerade_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_record
test_unit_test_record_LDADD = $(UNIT_CLIENT)
test_unit_test_record_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_tally
test_unit_test_tally_LDADD = $(UNIT_CLIENT)
test_unit_test_tally_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_journal
test_unit_test_journal_LDADD = $(UNIT_CLIENT)
test_unit_test_journal_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_output
test_unit_test_output_LDADD = $(UNIT_CLIENT)
test_unit_test_output_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_exitcode
test_unit_test_exitcode_LDADD = $(UNIT_CLIENT)
test_unit_test_exitcode_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_state
test_unit_test_state_LDADD = $(UNIT_CLIENT)
test_unit_test_state_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_settings
test_unit_test_settings_LDADD = $(UNIT_CLIENT)
test_unit_test_settings_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_way
test_unit_test_way_LDADD = $(UNIT_CLIENT)
test_unit_test_way_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

EXTRA_DIST += %D%/unit.h

unit_tests += test/unit/test_cmdline
test_unit_test_cmdline_LDADD = $(UNIT_COMPILER)
test_unit_test_cmdline_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_identity
test_unit_test_identity_LDADD = $(UNIT_COMPILER)
test_unit_test_identity_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_lang
test_unit_test_lang_LDADD = $(UNIT_COMPILER)
test_unit_test_lang_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_answers
test_unit_test_answers_LDADD = $(UNIT_COMPILER)
test_unit_test_answers_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_environment
test_unit_test_environment_LDADD = $(UNIT_COMPILER)
test_unit_test_environment_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_sanitizer
test_unit_test_sanitizer_LDADD = $(UNIT_COMPILER)
test_unit_test_sanitizer_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_naming
test_unit_test_naming_LDADD = $(UNIT_COMPILER)
test_unit_test_naming_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_native
test_unit_test_native_LDADD = $(UNIT_COMPILER)
test_unit_test_native_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_probe
test_unit_test_probe_LDADD = $(UNIT_COMPILER)
test_unit_test_probe_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_elf
test_unit_test_elf_LDADD = $(UNIT_COMPILER)
test_unit_test_elf_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_fallthrough
test_unit_test_fallthrough_LDADD = $(UNIT_COMPILER)
test_unit_test_fallthrough_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_crew
test_unit_test_crew_LDADD = $(UNIT_DAEMON)
test_unit_test_crew_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_directives
test_unit_test_directives_LDADD = $(UNIT_COMPILER)
test_unit_test_directives_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_usercode
test_unit_test_usercode_LDADD = $(UNIT_COMPILER)
test_unit_test_usercode_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_source
test_unit_test_source_LDADD = $(UNIT_CLIENT)
test_unit_test_source_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_option
test_unit_test_option_LDADD = $(UNIT_COMPILER)
test_unit_test_option_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_reason
test_unit_test_reason_LDADD = $(UNIT_COMPILER)
test_unit_test_reason_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_response
test_unit_test_response_LDADD = $(UNIT_COMPILER)
test_unit_test_response_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_rewrite
test_unit_test_rewrite_LDADD = $(UNIT_COMPILER)
test_unit_test_rewrite_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_scan_command
test_unit_test_scan_command_LDADD = $(UNIT_SCAN)
test_unit_test_scan_command_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_scan_unit
test_unit_test_scan_unit_LDADD = $(UNIT_SCAN)
test_unit_test_scan_unit_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_scan_walk
test_unit_test_scan_walk_LDADD = $(UNIT_SCAN)
test_unit_test_scan_walk_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_scan_evaluate
test_unit_test_scan_evaluate_LDADD = $(UNIT_SCAN)
test_unit_test_scan_evaluate_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_scan_record
test_unit_test_scan_record_LDADD = $(UNIT_SCAN)
test_unit_test_scan_record_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_scan_symbol
test_unit_test_scan_symbol_LDADD = $(UNIT_SCAN)
test_unit_test_scan_symbol_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_utf8
test_unit_test_utf8_LDADD = $(UNIT_BASE)
test_unit_test_utf8_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_census
test_unit_test_census_LDADD = $(UNIT_DAEMON)
test_unit_test_census_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_escape
test_unit_test_escape_LDADD = $(UNIT_DAEMON)
test_unit_test_escape_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_history
test_unit_test_history_LDADD = $(UNIT_DAEMON)
test_unit_test_history_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_metrics
test_unit_test_metrics_LDADD = $(UNIT_DAEMON)
test_unit_test_metrics_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_page
test_unit_test_page_LDADD = $(UNIT_DAEMON)
test_unit_test_page_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_snapshot
test_unit_test_snapshot_LDADD = $(UNIT_DAEMON)
test_unit_test_snapshot_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_stats
test_unit_test_stats_LDADD = $(UNIT_DAEMON)
test_unit_test_stats_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_statusjson
test_unit_test_statusjson_LDADD = $(UNIT_DAEMON)
test_unit_test_statusjson_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_textpage
test_unit_test_textpage_LDADD = $(UNIT_DAEMON)
test_unit_test_textpage_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_webpage
test_unit_test_webpage_LDADD = $(UNIT_DAEMON)
test_unit_test_webpage_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_pass
test_unit_test_pass_LDADD = $(UNIT_BASE)
test_unit_test_pass_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_agent
test_unit_test_agent_LDADD = $(UNIT_WIRE)
test_unit_test_agent_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_agent_store
test_unit_test_agent_store_LDADD = $(UNIT_AGENT)
test_unit_test_agent_store_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_agent_plan
test_unit_test_agent_plan_SOURCES = %D%/test_agent_plan.c
test_unit_test_agent_plan_LDADD = $(UNIT_AGENT)
test_unit_test_agent_plan_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

unit_tests += test/unit/test_agent_mirror
test_unit_test_agent_mirror_SOURCES = %D%/test_agent_mirror.c
test_unit_test_agent_mirror_LDADD = $(UNIT_AGENT)
test_unit_test_agent_mirror_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)

EXTRA_DIST += %D%/inputs.h

EXTRA_DIST += %D%/busy.h %D%/remote.h

EXTRA_DIST += %D%/words.h %D%/by_option.h %D%/by_reason.h %D%/compilers.h

EXTRA_DIST += %D%/unit.h

EXTRA_DIST += %D%/unit.h

if HAVE_CHECK
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)
endif
