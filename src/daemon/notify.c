/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/notify.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/fd.h"
#include "daemon/settings.h"

/*
 * The address of the manager's socket: a path, or with '@' in front a name
 * that is in no directory. Returns its size, or 0 if it is neither.
 */
static socklen_t
address_of(const char *name, struct sockaddr_un *address)
{
	size_t len = name == NULL ? 0 : strlen(name);

	memset(address, 0, sizeof *address);
	address->sun_family = AF_UNIX;
	if (len < 2 || len >= sizeof address->sun_path ||
	    (*name != '/' && *name != '@'))
		return 0;
	memcpy(address->sun_path, name, len);
	if (*name == '@')
		address->sun_path[0] = '\0';
	return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len);
}

static void
send_state(const struct sockaddr_un *address, socklen_t size,
	   const struct buf *state)
{
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

	if (fd < 0)
		return;
	/* Whom the manager does not hear, it has its own ways to deal with. */
	if (fd_set_cloexec(fd) == 0 && fd_set_nonblock(fd) == 0)
		(void)sendto(fd, state->data, state->len, 0,
			     (const struct sockaddr *)address, size);
	close(fd);
}

void
notify_send(const struct settings *settings, const char *fmt, ...)
{
	struct buf state = BUF_INIT;
	struct sockaddr_un address;
	socklen_t size = address_of(settings->notify_socket, &address);
	int saved = errno;
	va_list ap;

	if (size == 0)
		return;
	va_start(ap, fmt);
	buf_addv(&state, fmt, ap);
	va_end(ap);
	send_state(&address, size, &state);
	buf_clear(&state);
	errno = saved;
}

void
notify_reloading(const struct settings *settings)
{
	notify_send(settings, "RELOADING=1\nMONOTONIC_USEC=%lld",
		    (long long)clock_us());
}

int
notify_interval_ms(const struct settings *settings)
{
	/* Half of what the manager waits, as it advises itself. */
	const int64_t ms = settings->watchdog_us / 2000;

	if (settings->notify_socket == NULL || settings->watchdog_us == 0)
		return -1;
	return ms < 1 ? 1 : ms > INT_MAX ? INT_MAX : (int)ms;
}
