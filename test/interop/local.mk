# Our programs with those of a packaged distcc 3, in all four pairings, and
# with what else may be between them.
INTEROP_TESTS = \
	%D%/haproxy.sh \
	%D%/ours-ours.sh \
	%D%/ours-packaged.sh \
	%D%/packaged-ours.sh \
	%D%/packaged-packaged.sh \
	%D%/pump-ours-packaged.sh \
	%D%/pump-packaged-ours.sh \
	%D%/pump-packaged-packaged.sh

TESTS += $(INTEROP_TESTS)
EXTRA_DIST += $(INTEROP_TESTS) %D%/packaged.sh %D%/pairing.sh \
	%D%/pump-pairing.sh

# The evaluator of directives with the preprocessors that are here.
check_PROGRAMS += test/interop/reached
test_interop_reached_SOURCES = %D%/reached.c
test_interop_reached_LDADD = libscan.a libbase.a $(LIBIBERTY_LIBS)

TESTS += %D%/directives.py
EXTRA_DIST += %D%/directives.py %D%/directives.txt
