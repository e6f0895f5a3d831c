# How shell and Python tests are run, and what all of them are told.
TEST_EXTENSIONS = .sh .py
SH_LOG_COMPILER = $(SHELL)
if HAVE_PYTHON
PY_LOG_COMPILER = $(PYTHON)
else
PY_LOG_COMPILER = $(SHELL) $(srcdir)/test/lib/no-python.sh
endif
AM_TESTS_ENVIRONMENT = \
	top_srcdir='$(abs_top_srcdir)'; export top_srcdir; \
	top_builddir='$(abs_top_builddir)'; export top_builddir; \
	PYTHON='$(PYTHON)'; export PYTHON; \
	PYTHONDONTWRITEBYTECODE=1; export PYTHONDONTWRITEBYTECODE;

# The client's side of a talk with distcc-agent, for shell tests.
check_PROGRAMS += test/lib/pumpask
test_lib_pumpask_LDADD = libclient.a libfarm.a libcompiler.a libwire.a \
	libbase.a $(LZO_LIBS) $(LIBIBERTY_LIBS)

include test/house/local.mk
include test/wire/local.mk
include test/scan/local.mk
include test/e2e/local.mk
include test/interop/local.mk
include test/bench/local.mk
include test/load/local.mk
