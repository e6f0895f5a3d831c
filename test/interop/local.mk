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
EXTRA_DIST += $(INTEROP_TESTS) %D%/pairing.sh \
	%D%/pump-pairing.sh
