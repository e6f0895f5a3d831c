#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The exit codes that scripts rely on.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
echo 'int x;' >x.c
dead=$dead_port

run "$DISTCC"
expect_rc 101
expect_text --help "$scratch/err"

DISTCC_FALLBACK=0 DISTCC_HOSTS="127.0.0.1:$dead" run distcc "$CC" -c x.c
expect_rc 103
expect_no_file x.o

# The host was blamed just now, so there is none left.
DISTCC_FALLBACK=0 DISTCC_HOSTS="127.0.0.1:$dead" run distcc "$CC" -c x.c
expect_rc 116

DISTCC_FALLBACK=0 DISTCC_HOSTS="" run distcc "$CC" -c x.c
expect_rc 116

for bad in 0 -1 soon; do
	DISTCC_IO_TIMEOUT=$bad DISTCC_HOSTS="127.0.0.1:$dead" \
		run distcc "$CC" -c x.c
	expect_rc 101
	expect_text DISTCC_IO_TIMEOUT "$scratch/err"
done

DISTCC_HOSTS=localhost run distcc no-such-compiler -c x.c
expect_rc 110
expect_text no-such-compiler "$scratch/err"

# A compiler's own code and signal pass through.
write_script "$scratch/bin/odd" <<EOF
#!/bin/sh
exit 42
EOF
DISTCC_HOSTS=localhost run distcc "$scratch/bin/odd" -c x.c
expect_rc 42
write_script "$scratch/bin/odd" <<EOF
#!/bin/sh
kill -SEGV \$\$
EOF
DISTCC_HOSTS=localhost run distcc "$scratch/bin/odd" -c x.c
expect_rc 139
