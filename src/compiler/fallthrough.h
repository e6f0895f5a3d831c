/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMPILER_FALLTHROUGH_H
#define COMPILER_FALLTHROUGH_H

#include <stddef.h>

struct cmdline;

/*
 * gcc's -Wimplicit-fallthrough (GCC manual, "Warning Options") heeds comments
 * like "fall through" in front of a case label. What is preprocessed has no
 * comments, and so it gives warnings that the source itself does not give.
 * Here these comments are found in the source, and a place is found for each
 * of them in what was made of it: at the end of a line, where nothing moves.
 *
 * What is not sure has no place: there, a compile of the source must tell.
 */
struct fallthrough {
	size_t line;		/* of the label, from 1 on */
	const char *text;	/* the comment; borrowed from the source */
	size_t len;
	size_t at;	/* where it goes; FALLTHROUGH_NOWHERE: it does not */
};

#define FALLTHROUGH_NOWHERE ((size_t)-1)

struct fallthroughs {
	struct fallthrough *v;	/* in the order of their lines */
	size_t count;
};

#define FALLTHROUGHS_INIT { NULL, 0 }

/* Whether the command may warn of it, and heed comments. */
int fallthrough_matters(const struct cmdline *cmd);

/*
 * Appends to found the comments of a C or C++ source that has size bytes; none
 * if it has #line directives, which hide where its lines come out.
 */
void fallthrough_find(struct fallthroughs *found, const char *source,
		      size_t size);

/* Sets the places in text, the same source preprocessed. */
void fallthrough_place(struct fallthroughs *found, const char *text,
		       size_t size);

void fallthrough_clear(struct fallthroughs *found);

#endif
