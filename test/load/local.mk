# A generator of load, and what stands on it. "make load" builds it; "make
# soak" is no part of make check, for it takes minutes.
check_PROGRAMS += %D%/load %D%/noop

test_load_load_SOURCES = \
	%D%/job.c %D%/job.h \
	%D%/load.c \
	%D%/tally.c %D%/tally.h
test_load_load_LDADD = libbase.a $(LIBIBERTY_LIBS)

# No sanitizer: what it costs is not the daemon's.
test_load_noop_SOURCES = %D%/noop.c
test_load_noop_CFLAGS = $(WARN_CFLAGS) -O2
test_load_noop_LDFLAGS =

LOAD_TESTS = \
	%D%/test_fair.py \
	%D%/test_few_files.py \
	%D%/test_load.py

TESTS += $(LOAD_TESTS)
EXTRA_DIST += $(LOAD_TESTS) \
	%D%/figures.py \
	%D%/generator.py \
	%D%/honest.py \
	%D%/hostile.py \
	%D%/soak.py \
	%D%/watching.py

load: %D%/load %D%/noop

soak: all load
	$(AM_TESTS_ENVIRONMENT) $(PYTHON) $(srcdir)/test/load/soak.py

.PHONY: load soak
