# Ratios against a packaged distcc: test/bench/run, or make bench. No part of
# make check, since a busy machine would decide its outcome.
EXTRA_DIST += \
	%D%/bench.py \
	%D%/cpu.py \
	%D%/daemon \
	%D%/daemon.py \
	%D%/relay.py \
	%D%/run

bench: all
	$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/test/bench/run

bench-daemon: all load
	$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/test/bench/daemon

.PHONY: bench bench-daemon
