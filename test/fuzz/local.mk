# A target is one function over some bytes. libFuzzer drives it where
# configure was told so; elsewhere replay.c does, over the corpus, as a test.
FUZZ_BASE = libbase.a $(LIBIBERTY_LIBS)
FUZZ_WIRE = libwire.a libbase.a $(LZO_LIBS) $(LIBIBERTY_LIBS)
FUZZ_FARM = libfarm.a $(FUZZ_WIRE)
FUZZ_COMPILER = libcompiler.a $(FUZZ_BASE)
FUZZ_SCAN = libscan.a libcompiler.a $(FUZZ_BASE)
FUZZ_DAEMON = libdaemon.a libcompiler.a $(FUZZ_WIRE)

fuzz_targets =

fuzz_targets += test/fuzz/fuzz_token
test_fuzz_fuzz_token_SOURCES = %D%/fuzz_token.c %D%/target.h $(fuzz_main)
test_fuzz_fuzz_token_CPPFLAGS = $(AM_CPPFLAGS) \
	-DFUZZ_CORPUS='"$(srcdir)/%D%/corpus/token"'
test_fuzz_fuzz_token_LDFLAGS = $(AM_LDFLAGS) $(fuzz_link)
test_fuzz_fuzz_token_LDADD = $(FUZZ_WIRE)

fuzz_targets += test/fuzz/fuzz_request
test_fuzz_fuzz_request_SOURCES = %D%/fuzz_request.c %D%/target.h $(fuzz_main)
test_fuzz_fuzz_request_CPPFLAGS = $(AM_CPPFLAGS) \
	-DFUZZ_CORPUS='"$(srcdir)/%D%/corpus/request"'
test_fuzz_fuzz_request_LDFLAGS = $(AM_LDFLAGS) $(fuzz_link)
test_fuzz_fuzz_request_LDADD = $(FUZZ_WIRE)

fuzz_targets += test/fuzz/fuzz_reply
test_fuzz_fuzz_reply_SOURCES = %D%/fuzz_reply.c %D%/target.h $(fuzz_main)
test_fuzz_fuzz_reply_CPPFLAGS = $(AM_CPPFLAGS) \
	-DFUZZ_CORPUS='"$(srcdir)/%D%/corpus/reply"'
test_fuzz_fuzz_reply_LDFLAGS = $(AM_LDFLAGS) $(fuzz_link)
test_fuzz_fuzz_reply_LDADD = $(FUZZ_WIRE)

fuzz_targets += test/fuzz/fuzz_hosts
test_fuzz_fuzz_hosts_SOURCES = %D%/fuzz_hosts.c %D%/target.h $(fuzz_main)
test_fuzz_fuzz_hosts_CPPFLAGS = $(AM_CPPFLAGS) \
	-DFUZZ_CORPUS='"$(srcdir)/%D%/corpus/hosts"'
test_fuzz_fuzz_hosts_LDFLAGS = $(AM_LDFLAGS) $(fuzz_link)
test_fuzz_fuzz_hosts_LDADD = $(FUZZ_FARM)

fuzz_targets += test/fuzz/fuzz_cmdline
test_fuzz_fuzz_cmdline_SOURCES = %D%/fuzz_cmdline.c %D%/target.h $(fuzz_main)
test_fuzz_fuzz_cmdline_CPPFLAGS = $(AM_CPPFLAGS) \
	-DFUZZ_CORPUS='"$(srcdir)/%D%/corpus/cmdline"'
test_fuzz_fuzz_cmdline_LDFLAGS = $(AM_LDFLAGS) $(fuzz_link)
test_fuzz_fuzz_cmdline_LDADD = $(FUZZ_COMPILER)

fuzz_targets += test/fuzz/fuzz_fallthrough
test_fuzz_fuzz_fallthrough_SOURCES = %D%/fuzz_fallthrough.c %D%/target.h \
	$(fuzz_main)
test_fuzz_fuzz_fallthrough_CPPFLAGS = $(AM_CPPFLAGS) \
	-DFUZZ_CORPUS='"$(srcdir)/%D%/corpus/fallthrough"'
test_fuzz_fuzz_fallthrough_LDFLAGS = $(AM_LDFLAGS) $(fuzz_link)
test_fuzz_fuzz_fallthrough_LDADD = $(FUZZ_COMPILER)

fuzz_targets += test/fuzz/fuzz_proxy
test_fuzz_fuzz_proxy_SOURCES = %D%/fuzz_proxy.c %D%/target.h $(fuzz_main)
test_fuzz_fuzz_proxy_CPPFLAGS = $(AM_CPPFLAGS) \
	-DFUZZ_CORPUS='"$(srcdir)/%D%/corpus/proxy"'
test_fuzz_fuzz_proxy_LDFLAGS = $(AM_LDFLAGS) $(fuzz_link)
test_fuzz_fuzz_proxy_LDADD = $(FUZZ_DAEMON)

fuzz_targets += test/fuzz/fuzz_tree
test_fuzz_fuzz_tree_SOURCES = %D%/fuzz_tree.c %D%/target.h $(fuzz_main)
test_fuzz_fuzz_tree_CPPFLAGS = $(AM_CPPFLAGS) \
	-DFUZZ_CORPUS='"$(srcdir)/%D%/corpus/tree"'
test_fuzz_fuzz_tree_LDFLAGS = $(AM_LDFLAGS) $(fuzz_link)
test_fuzz_fuzz_tree_LDADD = $(FUZZ_DAEMON)

fuzz_targets += test/fuzz/fuzz_question
test_fuzz_fuzz_question_SOURCES = %D%/fuzz_question.c %D%/target.h $(fuzz_main)
test_fuzz_fuzz_question_CPPFLAGS = $(AM_CPPFLAGS) \
	-DFUZZ_CORPUS='"$(srcdir)/%D%/corpus/question"'
test_fuzz_fuzz_question_LDFLAGS = $(AM_LDFLAGS) $(fuzz_link)
test_fuzz_fuzz_question_LDADD = $(FUZZ_WIRE)

fuzz_targets += test/fuzz/fuzz_directives
test_fuzz_fuzz_directives_SOURCES = %D%/fuzz_directives.c %D%/target.h \
	$(fuzz_main)
test_fuzz_fuzz_directives_CPPFLAGS = $(AM_CPPFLAGS) \
	-DFUZZ_CORPUS='"$(srcdir)/%D%/corpus/directives"'
test_fuzz_fuzz_directives_LDFLAGS = $(AM_LDFLAGS) $(fuzz_link)
test_fuzz_fuzz_directives_LDADD = $(FUZZ_SCAN)

check_PROGRAMS += $(fuzz_targets)
if FUZZING
fuzz_main =
fuzz_link = -fsanitize=fuzzer
else
fuzz_main = %D%/replay.c
fuzz_link =
TESTS += $(fuzz_targets)
endif

EXTRA_DIST += %D%/replay.c \
	%D%/corpus/directives/arguments \
	%D%/corpus/directives/arithmetic \
	%D%/corpus/directives/assembler \
	%D%/corpus/directives/branches \
	%D%/corpus/directives/comments \
	%D%/corpus/directives/computed \
	%D%/corpus/directives/guard \
	%D%/corpus/directives/headers \
	%D%/corpus/directives/pasting \
	%D%/corpus/directives/pragmas \
	%D%/corpus/directives/raw-strings \
	%D%/corpus/directives/splices \
	%D%/corpus/directives/trigraphs \
	%D%/corpus/fallthrough/included \
	%D%/corpus/fallthrough/no-text \
	%D%/corpus/fallthrough/plain \
	%D%/corpus/proxy/binary-local \
	%D%/corpus/proxy/binary-tcp4 \
	%D%/corpus/proxy/binary-tcp6 \
	%D%/corpus/proxy/binary-too-long \
	%D%/corpus/proxy/binary-with-names \
	%D%/corpus/proxy/cut-short \
	%D%/corpus/proxy/none \
	%D%/corpus/proxy/port-too-large \
	%D%/corpus/proxy/tcp4 \
	%D%/corpus/proxy/tcp6 \
	%D%/corpus/proxy/unknown \
	%D%/corpus/tree/bomb \
	%D%/corpus/tree/cut-short \
	%D%/corpus/tree/deep \
	%D%/corpus/tree/dots \
	%D%/corpus/tree/memory-image \
	%D%/corpus/tree/plain \
	%D%/corpus/tree/system-directory \
	%D%/corpus/tree/telling \
	%D%/corpus/tree/through-a-link \
	%D%/corpus/tree/too-many \
	%D%/corpus/tree/twice \
	%D%/corpus/tree/twisted \
	%D%/corpus/token/largest \
	%D%/corpus/token/not-hex \
	%D%/corpus/token/other-name \
	%D%/corpus/token/plain \
	%D%/corpus/token/prefix \
	%D%/corpus/token/short \
	%D%/corpus/token/sign \
	%D%/corpus/token/upper-case \
	%D%/corpus/question/cut-short \
	%D%/corpus/question/environment-too-long \
	%D%/corpus/question/no-words \
	%D%/corpus/question/older \
	%D%/corpus/question/other-version \
	%D%/corpus/question/plain \
	%D%/corpus/request/cut-short \
	%D%/corpus/request/empty-source \
	%D%/corpus/request/empty-word \
	%D%/corpus/request/lzo \
	%D%/corpus/request/lzo-expands \
	%D%/corpus/request/lzo-no-end \
	%D%/corpus/request/lzo-trailing-byte \
	%D%/corpus/request/no-words \
	%D%/corpus/request/nul-in-word \
	%D%/corpus/request/plain \
	%D%/corpus/request/pump \
	%D%/corpus/request/source-of-4-gigabytes \
	%D%/corpus/request/too-many-words \
	%D%/corpus/request/word-of-a-gigabyte \
	%D%/corpus/reply/core-flag-alone \
	%D%/corpus/reply/cut-short \
	%D%/corpus/reply/failure \
	%D%/corpus/reply/lzo \
	%D%/corpus/reply/lzo-damaged \
	%D%/corpus/reply/lzo-expands \
	%D%/corpus/reply/object-of-4-gigabytes \
	%D%/corpus/reply/other-version \
	%D%/corpus/reply/pump \
	%D%/corpus/reply/pump-old \
	%D%/corpus/reply/refused \
	%D%/corpus/reply/status-too-wide \
	%D%/corpus/reply/success \
	%D%/corpus/reply/wrong-order \
	%D%/corpus/hosts/blanks \
	%D%/corpus/hosts/comments \
	%D%/corpus/hosts/empty \
	%D%/corpus/hosts/every-form \
	%D%/corpus/hosts/every-mistake \
	%D%/corpus/cmdline/argument-missing \
	%D%/corpus/cmdline/assembler \
	%D%/corpus/cmdline/compile \
	%D%/corpus/cmdline/cplusplus \
	%D%/corpus/cmdline/dashes \
	%D%/corpus/cmdline/empty-words \
	%D%/corpus/cmdline/link \
	%D%/corpus/cmdline/plugin \
	%D%/corpus/cmdline/response-file \
	%D%/corpus/cmdline/to-assembly \
	%D%/corpus/cmdline/two-inputs \
	%D%/corpus/cmdline/wrapper
