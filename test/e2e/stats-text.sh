#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The statistics of distcc 3.x, field by field, after some jobs.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=stats.sh
. "$top_srcdir/test/e2e/stats.sh"

ours_only
start_stats_daemon one --jobs 3
echo 'int x;' >good.c
echo 'int x' >bad.c
for file in good.c good.c bad.c; do
	compile $file
done
await_logged one 3 'COMPILE_'
await 20 page_has / '^dcc_num_compiles3 3$'
expect_status 200
expect_text '^Content-Type: text/plain$' "$scratch/head"
expect_no_text "$(printf '\r')" "$scratch/body"

sed 's/ .*//' "$scratch/body" >"$scratch/names"
cat >"$scratch/wanted" <<'END'
argv
<distccstats>
dcc_tcp_accept
dcc_rej_bad_req
dcc_rej_overload
dcc_compile_ok
dcc_compile_error
dcc_compile_timeout
dcc_cli_disconnect
dcc_other
dcc_longest_job
dcc_longest_job_compiler
dcc_longest_job_time_msecs
dcc_max_kids
dcc_avg_kids1
dcc_avg_kids2
dcc_avg_kids3
dcc_current_load
dcc_load1
dcc_load2
dcc_load3
dcc_num_compiles1
dcc_num_compiles2
dcc_num_compiles3
dcc_num_procstate_D
dcc_max_RSS
dcc_max_RSS_name
dcc_io_rate
dcc_free_space
dcc_free_mem
</distccstats>
END
expect_same "$scratch/wanted" "$scratch/names"
expect_text '^dcc_tcp_accept [34]$' "$scratch/body"
expect_text '^dcc_compile_ok 2$' "$scratch/body"
expect_text '^dcc_compile_error 1$' "$scratch/body"
expect_text '^dcc_longest_job \(good\|bad\)\.c$' "$scratch/body"
expect_text '^dcc_max_kids 3$' "$scratch/body"
expect_text '^dcc_load1 [0-9]*\.[0-9][0-9]$' "$scratch/body"
expect_text '^dcc_free_space [0-9]* MB$' "$scratch/body"

# The same page under its own name, also for a browser, which gets another
# one at "/".
fetch /distccstats Accept:text/html
expect_text '^dcc_compile_ok 2$' "$scratch/body"
fetch / 'Accept:text/html,*/*;q=0.1'
expect_text '^Content-Type: text/html; charset=utf-8$' "$scratch/head"
expect_text '^<!DOCTYPE html>$' "$scratch/body"
