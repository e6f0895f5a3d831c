/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/http.h"

#include <errno.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>

#include <libiberty.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/net.h"
#include "daemon/access.h"
#include "daemon/listen.h"

/* Of all, of one address, and for each connection. */
#define MAX_CLIENTS 64
#define MAX_OF_ADDRESS 16
#define MAX_MEMORY (16 * 1024)
#define IDLE_S 10
#define WHOLE_MS 30000

/* A connection, on a list from which it is taken when it takes too long. */
struct client {
	struct client *next;
	int fd;
	int64_t deadline;
};

struct http {
	const struct http_service *service;
	struct MHD_Daemon *daemons[LISTEN_MAX];	/* one for each socket */
	int count;
	struct client *clients;
};

static enum MHD_Result
is_allowed(void *context, const struct sockaddr *from, socklen_t size)
{
	const struct http *http = context;
	struct sockaddr_storage addr;

	if (size > sizeof addr)
		return MHD_NO;
	memset(&addr, 0, sizeof addr);
	memcpy(&addr, from, size);
	net_unmap(&addr);
	return access_allows(http->service->access,
			     (const struct sockaddr *)&addr) ? MHD_YES :
							       MHD_NO;
}

static void
add_client(struct http *http, struct MHD_Connection *connection,
	   struct client **client)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection,
					MHD_CONNECTION_INFO_CONNECTION_FD);

	if (info == NULL)
		return;
	*client = xmalloc(sizeof **client);
	(*client)->fd = info->connect_fd;
	(*client)->deadline = clock_after(WHOLE_MS);
	(*client)->next = http->clients;
	http->clients = *client;
}

static void
remove_client(struct http *http, struct client *client)
{
	struct client **at = &http->clients;

	while (*at != NULL && *at != client)
		at = &(*at)->next;
	if (*at != NULL)
		*at = client->next;
	free(client);
}

static void
note_connection(void *context, struct MHD_Connection *connection,
		void **client, enum MHD_ConnectionNotificationCode what)
{
	if (what == MHD_CONNECTION_NOTIFY_STARTED)
		add_client(context, connection, (struct client **)client);
	else
		remove_client(context, *client);
}

/* The library's time is for each byte; who trickles them has to end too. */
static void
end_late_clients(struct http *http)
{
	const struct client *client;

	for (client = http->clients; client != NULL; client = client->next) {
		if (clock_left(client->deadline) == 0)
			shutdown(client->fd, SHUT_RDWR);
	}
}

static void
add_headers(struct MHD_Response *response, const struct http_reply *reply)
{
	static const struct {
		const char *name, *value;
	} headers[] = {
		{ MHD_HTTP_HEADER_CONNECTION, "close" },
		{ MHD_HTTP_HEADER_CACHE_CONTROL, "no-store" },
		{ "Content-Security-Policy",
		  "default-src 'none'; style-src 'unsafe-inline'; "
		  "img-src data:; base-uri 'none'; form-action 'none'; "
		  "frame-ancestors 'none'" },
		{ "X-Content-Type-Options", "nosniff" },
		{ "Referrer-Policy", "no-referrer" },
	};
	size_t i;

	for (i = 0; i < sizeof headers / sizeof *headers; i++)
		MHD_add_response_header(response, headers[i].name,
					headers[i].value);
	MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
				reply->type);
	/* What "/" is depends on it. */
	MHD_add_response_header(response, MHD_HTTP_HEADER_VARY,
				MHD_HTTP_HEADER_ACCEPT);
	if (reply->status == MHD_HTTP_METHOD_NOT_ALLOWED)
		MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW,
					"GET, HEAD");
}

/* A whole request is here, or the head of one that has a body. */
static enum MHD_Result
handle(void *context, struct MHD_Connection *connection, const char *path,
       const char *method, const char *version, const char *body,
       size_t *body_size, void **state)
{
	const struct http *http = context;
	struct http_request request = {
		.method = method,
		.path = path,
		.accept = MHD_lookup_connection_value(
			connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT),
		.host = MHD_lookup_connection_value(
			connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST),
	};
	struct http_reply reply = { MHD_HTTP_OK, "text/plain", BUF_INIT };
	struct MHD_Response *response;
	enum MHD_Result result;
	size_t size;

	(void)version;
	(void)body;
	(void)body_size;
	(void)state;
	http->service->answer(http->service->context, &request, &reply);
	size = reply.body.len;
	response = MHD_create_response_from_buffer(size,
						   buf_steal(&reply.body),
						   MHD_RESPMEM_MUST_FREE);
	if (response == NULL)
		return MHD_NO;
	add_headers(response, &reply);
	result = MHD_queue_response(connection, reply.status, response);
	MHD_destroy_response(response);
	return result;
}

static struct MHD_Daemon *
start_on(struct http *http, int fd, unsigned max_clients)
{
	return MHD_start_daemon(
		MHD_NO_FLAG, 0, is_allowed, http, handle, http,
		MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_CONNECTION_LIMIT, max_clients,
		MHD_OPTION_PER_IP_CONNECTION_LIMIT, MAX_OF_ADDRESS,
		MHD_OPTION_CONNECTION_TIMEOUT, IDLE_S,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MAX_MEMORY,
		MHD_OPTION_NOTIFY_CONNECTION, note_connection, http,
		MHD_OPTION_END);
}

struct http *
http_open(const struct http_service *service)
{
	struct http *http = xcalloc(1, sizeof *http);
	const int sockets = service->listeners->count;
	unsigned max_clients;
	int i;

	http->service = service;
	max_clients = MAX_CLIENTS / (unsigned)(sockets > 0 ? sockets : 1);
	for (i = 0; i < sockets; i++) {
		http->daemons[i] = start_on(http, service->listeners->fds[i],
					    max_clients);
		if (http->daemons[i] == NULL) {
			http_close(http);
			return NULL;
		}
		http->count++;
	}
	return http;
}

/* How long to wait, at most until deadline. */
static struct timeval
time_until(const struct http *http, int64_t deadline)
{
	MHD_UNSIGNED_LONG_LONG wanted;
	int ms = clock_left(deadline);
	int i;

	for (i = 0; i < http->count; i++) {
		if (MHD_get_timeout(http->daemons[i], &wanted) == MHD_YES &&
		    wanted < (MHD_UNSIGNED_LONG_LONG)ms)
			ms = (int)wanted;
	}
	return (struct timeval){ .tv_sec = ms / 1000,
				 .tv_usec = ms % 1000 * 1000 };
}

static int
run_once(struct http *http, int64_t deadline)
{
	struct timeval time;
	fd_set in, out, odd;
	MHD_socket max = -1;
	int i;

	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_ZERO(&odd);
	for (i = 0; i < http->count; i++)
		MHD_get_fdset2(http->daemons[i], &in, &out, &odd, &max,
			       FD_SETSIZE);
	time = time_until(http, deadline);
	if (select(max + 1, &in, &out, &odd, &time) < 0) {
		if (errno != EINTR)
			return ERR_SYS;
		return 0;
	}
	for (i = 0; i < http->count; i++)
		MHD_run_from_select(http->daemons[i], &in, &out, &odd);
	return 0;
}

int
http_run(struct http *http, int64_t deadline)
{
	int r;

	end_late_clients(http);
	do
		r = run_once(http, deadline);
	while (r == 0 && clock_left(deadline) > 0);
	return r;
}

void
http_close(struct http *http)
{
	while (http->count > 0)
		MHD_stop_daemon(http->daemons[--http->count]);
	free(http);
}
