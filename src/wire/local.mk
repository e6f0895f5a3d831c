noinst_LIBRARIES += libwire.a
libwire_a_SOURCES = \
	%D%/agent.c %D%/agent.h \
	%D%/agent_plan.c \
	%D%/agent_socket.c %D%/agent_socket.h \
	%D%/bulk.c %D%/bulk.h \
	%D%/conn.c %D%/conn.h \
	%D%/limits.h \
	%D%/pack.c %D%/pack.h \
	%D%/reply.c %D%/reply.h \
	%D%/request.c %D%/request.h \
	%D%/seen.c %D%/seen.h \
	%D%/token.c %D%/token.h \
	%D%/tree.c %D%/tree.h \
	%D%/version.c %D%/version.h
