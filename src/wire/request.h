/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef WIRE_REQUEST_H
#define WIRE_REQUEST_H

#include <stdint.h>

struct args;
struct conn;

/*
 * DIST, ARGC, ARGV..., DOTI (doc/protocol.txt, section 4). One side's steps
 * stand beside the other's.
 */

/*
 * Sends a whole request: the command args and the preprocessed source, which
 * is the file at source_fd. Returns 0, or what bulk_put_file does.
 */
int request_send(struct conn *conn, unsigned version, const struct args *args,
		 int source_fd);

/*
 * Reads the version. Returns 0, ERR_VERSION with *version set if it is not
 * spoken here, or what conn_read_token does.
 */
int request_read_version(struct conn *conn, unsigned *version);

/*
 * Reads the command, at least one word. On any error args is left empty.
 * Returns 0, or what conn_read_string does.
 */
int request_read_args(struct conn *conn, struct args *args);

/*
 * Reads the source into the file at fd; -1 drops it, so that the peer can be
 * answered. Returns 0, or what bulk_read does.
 */
int request_read_source(struct conn *conn, unsigned version, int fd);

#endif
