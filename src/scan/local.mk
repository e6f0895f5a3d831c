noinst_LIBRARIES += libscan.a
libscan_a_SOURCES = \
	%D%/refusal.c %D%/refusal.h
