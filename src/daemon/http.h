/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_HTTP_H
#define DAEMON_HTTP_H

#include <stdint.h>

#include "base/buf.h"

struct access;
struct listeners;

/*
 * A small HTTP server for clients that may be hostile: few connections at a
 * time, fewer from one address, little memory and little time for each, one
 * request a connection. It has no threads. Built without libmicrohttpd, it
 * cannot be opened; then options.c has --stats without effect.
 */
struct http;

/* Strings are borrowed; a header that was not sent is NULL. */
struct http_request {
	const char *method;
	const char *path;	/* without what stands behind a '?' */
	const char *accept;
	const char *host;
};

struct http_reply {
	unsigned status;
	const char *type;	/* of the body; not a copy */
	struct buf body;
};

struct http_service {
	const struct listeners *listeners;
	const struct access *access;	/* others are closed without a word */
	void (*answer)(void *context, const struct http_request *request,
		       struct http_reply *reply);
	void *context;
};

/* Starts to serve; service is borrowed. NULL if that is not possible. */
struct http *http_open(const struct http_service *service);

/* Serves until deadline (clock.h). Returns 0 or ERR_SYS. */
int http_run(struct http *http, int64_t deadline);

void http_close(struct http *http);

#endif
