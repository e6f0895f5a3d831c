#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Signals that the caller ignores, compilers here ignore too; and only those.
# shellcheck source=lib.sh
. "${0%/*}/lib.sh"

ours_only
start_daemon one
export DISTCC_HOSTS="127.0.0.1:$port"
# More than a pipe holds, so that the writer sees that nobody reads.
awk 'BEGIN { for (i = 0; i < 20000; i++) printf "int name_%d;\n", i }' >big.c

mkdir links
ln -s "$DISTCC" "links/$CC"

# into_nothing COMMAND...: leaves its status in a file and what it said.
into_nothing() {
	{
		"$@" 2>"$scratch/err"
		echo $? >"$scratch/rc"
	} | true
	cat "$scratch/rc" "$scratch/err"
}
for how in - ''; do
	# shellcheck disable=SC2064  # now, not later
	trap "$how" PIPE
	into_nothing "$CC" -E big.c >alone
	into_nothing "$DISTCC" "$CC" -E big.c >behind
	expect_same alone behind
	into_nothing env _DISTCC_SAFEGUARD=1 PATH="$PWD/links:$PATH" \
		"links/$CC" -E big.c >nested
	expect_same alone nested
	expect_no_text '^0' alone
done
expect_text 'Broken pipe' behind

# A compiler that asks for its end is not spared, but where the caller is.
write_script "$scratch/bin/killed-$CC" <<-'END'
#!/bin/sh
kill -TERM $$
exit 3
END
trap - PIPE
run distcc "$scratch/bin/killed-$CC" -E big.c
expect_rc 143
(
	trap '' TERM
	exec "$DISTCC" "$scratch/bin/killed-$CC" -E big.c
)
rc=$?
expect_rc 3
