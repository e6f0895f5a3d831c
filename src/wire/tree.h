/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef WIRE_TREE_H
#define WIRE_TREE_H

#include <stddef.h>
#include <stdint.h>

struct args;
struct buf;
struct conn;

/*
 * The files of a request of version 3: DIST, CDIR, ARGC, ARGV..., NFIL, then
 * NAME and FILE or LINK for each (doc/protocol.txt, section 4).
 */
enum tree_kind {
	TREE_FILE,
	TREE_LINK
};

/* The last component of the name of an empty file that stands for the
 * directory that it is in. */
#define TREE_PLACEHOLDER "forcing_technique_271828"

/* One entry as it is sent. Everything is borrowed. */
struct tree_entry {
	enum tree_kind kind;
	const char *name;	/* absolute */
	const char *target;	/* of a link */
	const void *body;	/* of a file, in LZO's form; NULL if empty */
	size_t size;		/* of body */
};

/*
 * Sends a whole request of version 3. Returns 0, or what conn_flush does;
 * ERR_LIMIT, with nothing sent, if it is more than a server takes.
 */
int tree_send(struct conn *conn, const char *cwd, const struct args *args,
	      const struct tree_entry *entries, size_t count);

/*
 * The other side, after request_read_version said 3: reads CDIR into cwd,
 * which must pass tree_name_is_sane; args come next, by request_read_args;
 * then NFIL. Each returns 0, or what conn_read_string does.
 */
int tree_read_cwd(struct conn *conn, struct buf *cwd);
int tree_read_count(struct conn *conn, uint32_t *count);

/*
 * Reads an entry's NAME, which must be sane and not "/", and what it is. Of a link, the
 * target follows into target, not empty; of a file, *size is the length of
 * its body on the wire, for bulk_read.
 */
int tree_read_entry(struct conn *conn, struct buf *name, enum tree_kind *kind,
		    struct buf *target, uint32_t *size);

/*
 * Whether name is absolute, without ".", "..", and empty components, so that
 * it does not end in a slash; "/" alone is sane.
 */
int tree_name_is_sane(const char *name);

#endif
