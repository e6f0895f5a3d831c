/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/page.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "daemon/http.h"
#include "daemon/metrics.h"
#include "daemon/statusjson.h"
#include "daemon/textpage.h"
#include "daemon/webpage.h"

static const struct {
	const char *path, *type;
	void (*write)(struct buf *out, const struct snapshot *snapshot);
} pages[] = {
	{ "/index.html", "text/html; charset=utf-8", webpage_write },
	{ "/distccstats", "text/plain", textpage_write },
	{ "/metrics", METRICS_TYPE, metrics_write },
	{ "/status.json", "application/json", statusjson_write },
};

/* "1.2.3.4", "1.2.3.4:5", "[::1]:5": no name that somebody could register. */
static int
is_address(const char *host)
{
	return host[0] == '[' || host[strspn(host, "0123456789.:")] == '\0';
}

/* How long the first label of a name is. */
static size_t
label_length(const char *name)
{
	return strcspn(name, ".:");
}

/*
 * A web page from elsewhere can give its own name this machine's address,
 * and have a browser ask us by that name. So names have to be ours: their
 * first label, since machines are rarely sure of their domain.
 */
static int
is_ours(const char *host, const char *own)
{
	const size_t len = label_length(host);

	if (len == 9 && strncasecmp(host, "localhost", len) == 0)
		return host[len] != '.';
	return len > 0 && len == label_length(own) &&
	       strncasecmp(host, own, len) == 0;
}

static void
set_text(struct page *page, unsigned status, const char *text)
{
	page->status = status;
	page->type = "text/plain";
	page->write = NULL;
	page->text = text;
}

static const char *
path_of(const struct http_request *request)
{
	if (strcmp(request->path, "/") != 0)
		return request->path;
	return request->accept != NULL &&
	       strstr(request->accept, "text/html") != NULL ? "/index.html" :
							      "/distccstats";
}

void
page_find(const struct http_request *request, const char *host,
	  struct page *page)
{
	const char *path = path_of(request);
	size_t i;

	if (strcmp(request->method, "GET") != 0 &&
	    strcmp(request->method, "HEAD") != 0) {
		set_text(page, 405, "This can only be read.\n");
		return;
	}
	if (request->host != NULL && !is_address(request->host) &&
	    !is_ours(request->host, host)) {
		set_text(page, 421, "This machine is not called so; "
			 "ask by its own name or its address.\n");
		return;
	}
	set_text(page, 404, "There are /, /metrics, /status.json, "
		 "/index.html and /distccstats.\n");
	for (i = 0; i < sizeof pages / sizeof *pages; i++) {
		if (strcmp(path, pages[i].path) != 0)
			continue;
		page->status = 200;
		page->type = pages[i].type;
		page->write = pages[i].write;
	}
}
