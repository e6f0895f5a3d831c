# Which files a compile reads: what the scanner says, and compilers do.
SCAN_TESTS = \
	%D%/test_changes.py \
	%D%/test_headers.py \
	%D%/test_torture_clang.py \
	%D%/test_torture_gcc.py

TESTS += $(SCAN_TESTS)
EXTRA_DIST += $(SCAN_TESTS) \
	%D%/scanner.py \
	%D%/torture.py \
	%D%/torture_cases.py

check_PROGRAMS += %D%/scan-unit
test_scan_scan_unit_SOURCES = %D%/scan_unit.c
test_scan_scan_unit_LDADD = libscan.a libcompiler.a libbase.a \
	$(PTHREAD_LIBS) $(LIBIBERTY_LIBS)
