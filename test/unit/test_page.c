/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/page.h"

#include "daemon/http.h"
#include "daemon/metrics.h"
#include "daemon/statusjson.h"
#include "daemon/textpage.h"
#include "daemon/webpage.h"
#include "unit.h"

#define BROWSER "text/html,application/xhtml+xml;q=0.9"

static const struct {
	struct http_request request;
	unsigned status;
	void (*write)(struct buf *out, const struct snapshot *snapshot);
} cases[] = {
	{ { "GET", "/", NULL, NULL }, 200, textpage_write },
	{ { "GET", "/", "*/*", "1.2.3.4:3633" }, 200, textpage_write },
	{ { "GET", "/", BROWSER, "[::1]:3633" }, 200, webpage_write },
	{ { "HEAD", "/", BROWSER, "localhost" }, 200, webpage_write },
	{ { "GET", "/index.html", NULL, "LOCALHOST:1" }, 200, webpage_write },
	{ { "GET", "/distccstats", BROWSER, "build-7:3633" }, 200,
	  textpage_write },
	{ { "GET", "/metrics", BROWSER, "Build-7.example.com" }, 200,
	  metrics_write },
	{ { "GET", "/status.json", BROWSER, NULL }, 200, statusjson_write },
	{ { "GET", "", NULL, NULL }, 404, NULL },
	{ { "GET", "/metrics/", NULL, NULL }, 404, NULL },
	{ { "GET", "/../etc/passwd", NULL, NULL }, 404, NULL },
	{ { "POST", "/", NULL, NULL }, 405, NULL },
	{ { "get", "/", NULL, NULL }, 405, NULL },
	{ { "OPTIONS", "*", NULL, NULL }, 405, NULL },
	/* names that anybody can give this machine's address */
	{ { "GET", "/", NULL, "example.com" }, 421, NULL },
	{ { "GET", "/", NULL, "localhost.example.com" }, 421, NULL },
	{ { "GET", "/", NULL, "build-70:3633" }, 421, NULL },
	{ { "GET", "/", NULL, "build" }, 421, NULL },
	{ { "GET", "/", NULL, "1.2.3.4.example.com" }, 421, NULL },
};

START_TEST(requests_find_their_page)
{
	struct page page;

	page_find(&cases[_i].request, "build-7", &page);
	ck_assert_uint_eq(page.status, cases[_i].status);
	ck_assert(page.write == cases[_i].write);
	ck_assert((page.text == NULL) == (page.write != NULL) ||
		  page.status == 200);
	ck_assert_ptr_nonnull(page.type);
}
END_TEST

static void
add_tests(TCase *tcase)
{
	tcase_add_loop_test(tcase, requests_find_their_page, 0,
			    COUNT_OF(cases));
}

int
main(void)
{
	return unit_run("page", add_tests);
}
