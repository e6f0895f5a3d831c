#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The page for persons, in a browser: with JavaScript and without, on a wide
# screen and a narrow one, with names in it that want to be more than names.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=stats.sh
. "$top_srcdir/test/e2e/stats.sh"

ours_only
for program in chromium chromedriver; do
	command -v $program >/dev/null || skip "there is no $program"
done
start_stats_daemon one
name="\"><img src=x onerror=alert(1)><b id='x'>&lt;<script>alert(2).c"
echo 'int x;' >"$name"
echo 'int x;' >plain.c
compile plain.c
expect_rc 0
compile "$name"
expect_rc 0
await 20 page_has / '^dcc_compile_ok 2$'
mkdir "$scratch/browser"
DISTCC_FALLBACK=0 DISTCC_HOSTS="127.0.0.1:$port" run \
	timeout -k 10 200 "$PYTHON" "$top_srcdir/test/lib/statspage.py" \
	"$scratch/browser" "$stats_port" "$name" \
	"$DISTCC" "$CC" -c plain.c -o again.o
[ -z "${KEEP_PICTURE-}" ] ||
	cp "$scratch/browser/scripts-False/phone.png" "$KEEP_PICTURE"
expect_rc 0
