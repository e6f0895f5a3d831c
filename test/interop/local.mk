# Our programs with those of a packaged distcc 3, in all four pairings.
INTEROP_TESTS = \
	%D%/ours-ours.sh \
	%D%/ours-packaged.sh \
	%D%/packaged-ours.sh \
	%D%/packaged-packaged.sh

TESTS += $(INTEROP_TESTS)
EXTRA_DIST += $(INTEROP_TESTS) %D%/pairing.sh
