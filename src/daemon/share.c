/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/share.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <libiberty.h>

#include "daemon/access.h"

/* What is no IP address, a local socket, is all one client. */
static void
identify(const struct sockaddr *addr, struct share *share)
{
	struct sockaddr_in6 in6;

	memset(share, 0, sizeof *share);
	(void)access_widen(addr, share->address);
	if (addr->sa_family == AF_INET6) {
		memcpy(&in6, addr, sizeof in6);
		share->scope = in6.sin6_scope_id;
	}
}

struct share *
shares_take(struct shares *shares, const struct sockaddr *addr)
{
	struct share wanted, *share;
	size_t i;

	identify(addr, &wanted);
	for (i = 0; i < shares->count; i++) {
		share = shares->v[i];
		if (memcmp(share->address, wanted.address,
			   sizeof wanted.address) == 0 &&
		    share->scope == wanted.scope) {
			share->used++;
			return share;
		}
	}
	share = xmalloc(sizeof *share);
	*share = wanted;
	share->used = 1;
	shares->v = xrealloc(shares->v,
			     (shares->count + 1) * sizeof(struct share *));
	shares->v[shares->count++] = share;
	return share;
}

void
shares_give_back(struct shares *shares, struct share *share)
{
	size_t i;

	if (--share->used > 0)
		return;
	for (i = 0; shares->v[i] != share; i++)
		continue;
	shares->v[i] = shares->v[--shares->count];
	free(share);
}

void
shares_clear(struct shares *shares)
{
	free(shares->v);
	shares->v = NULL;
	shares->count = 0;
}
