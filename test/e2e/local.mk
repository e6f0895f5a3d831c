# One behaviour a file; what they stand on is lib.sh.
E2E_TESTS = \
	%D%/access-denied.sh \
	%D%/access-masks.sh \
	%D%/assembly.sh \
	%D%/backoff.sh \
	%D%/client-kill.sh \
	%D%/client-term.sh \
	%D%/compile.sh \
	%D%/compiler-crash.sh \
	%D%/compiler-environment.sh \
	%D%/compiler-hang.sh \
	%D%/compiler-list.sh \
	%D%/compiler-missing.sh \
	%D%/cplusplus.sh \
	%D%/daemon-inetd.sh \
	%D%/daemon-kill.sh \
	%D%/daemon-no-fork.sh \
	%D%/daemon-pid-file.sh \
	%D%/daemon-port.sh \
	%D%/daemon-start-errors.sh \
	%D%/daemon-term.sh \
	%D%/debug.sh \
	%D%/depfile-names.sh \
	%D%/depfile.sh \
	%D%/diagnostics.sh \
	%D%/empty.sh \
	%D%/exit-codes.sh \
	%D%/fallback-local.sh \
	%D%/fallback-off-error.sh \
	%D%/full-tmpdir-client.sh \
	%D%/full-tmpdir-daemon.sh \
	%D%/help.sh \
	%D%/hosts-bad-word.sh \
	%D%/hosts-sources.sh \
	%D%/hosts-unreadable.sh \
	%D%/implicit.sh \
	%D%/ipv6.sh \
	%D%/killed-clients.sh \
	%D%/large.sh \
	%D%/local-only.sh \
	%D%/lock-names.sh \
	%D%/log-file.sh \
	%D%/lzo.sh \
	%D%/masquerade.sh \
	%D%/misread-words.sh \
	%D%/monitor.sh \
	%D%/names.sh \
	%D%/next-host.sh \
	%D%/no-output.sh \
	%D%/output-denied.sh \
	%D%/output-forms.sh \
	%D%/output-kept.sh \
	%D%/output-mode.sh \
	%D%/parallel.sh \
	%D%/preprocessed.sh \
	%D%/recursion.sh \
	%D%/self.sh \
	%D%/show-hosts.sh \
	%D%/silent-peers.sh \
	%D%/skip-local-retry.sh \
	%D%/stdin-and-streams.sh \
	%D%/version.sh

TESTS += $(E2E_TESTS)
EXTRA_DIST += $(E2E_TESTS) %D%/daemon.sh %D%/lib.sh \
	test/lib/freeport.py \
	test/lib/fresh.py \
	test/lib/listen.py \
	test/lib/no-python.sh \
	test/lib/strays.py
