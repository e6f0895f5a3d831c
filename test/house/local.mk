# The rules of the house, as far as a machine can check them.
HOUSE_TESTS = \
	%D%/calls.sh \
	%D%/manuals.sh \
	%D%/reasons.sh \
	%D%/rooms.sh \
	%D%/scripts.sh \
	%D%/sizes.sh

TESTS += $(HOUSE_TESTS)
EXTRA_DIST += $(HOUSE_TESTS)
