/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What takes the place of http.c where there is no libmicrohttpd. */
#include "daemon/http.h"

#include <stddef.h>

#include "base/err.h"

struct http *
http_open(const struct http_service *service)
{
	(void)service;
	return NULL;
}

int
http_run(struct http *http, int64_t deadline)
{
	(void)http;
	(void)deadline;
	return ERR_SYS;
}

void
http_close(struct http *http)
{
	(void)http;
}
