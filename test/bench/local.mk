# Ratios against a packaged distcc: test/bench/run, or make bench. No part of
# make check, since a busy machine would decide its outcome.
EXTRA_DIST += \
	%D%/bench.py \
	%D%/cpu.py \
	%D%/daemon \
	%D%/daemon.py \
	%D%/legacy/distcc_pump_c_extensions.py \
	%D%/legacy/start.py \
	%D%/pump \
	%D%/pump.py \
	%D%/relay.py \
	%D%/run \
	%D%/units.py

bench: all
	$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/test/bench/run

bench-daemon: all load
	$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/test/bench/daemon

bench-pump: all
	$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/test/bench/pump

.PHONY: bench bench-daemon bench-pump
