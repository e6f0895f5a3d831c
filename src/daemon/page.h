/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_PAGE_H
#define DAEMON_PAGE_H

struct buf;
struct http_request;
struct snapshot;

/* What a request is to be answered with. */
struct page {
	unsigned status;	/* of HTTP */
	const char *type;
	/* writes the page; or NULL, and it is text */
	void (*write)(struct buf *out, const struct snapshot *snapshot);
	const char *text;
};

/*
 * Finds the page for a request to the machine that calls itself host. "/" is
 * the page for persons if the client asks for HTML, as browsers do, and else
 * that of distcc 3.x.
 */
void page_find(const struct http_request *request, const char *host,
	       struct page *page);

#endif
