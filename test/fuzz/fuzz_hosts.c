/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include <libiberty.h>

#include "farm/hosts.h"
#include "target.h"

static void
check_host(const struct host *host)
{
	char *lock_name = hosts_lock_name(host);

	REQUIRE(*host->word != '\0' && *host->name != '\0');
	REQUIRE(host->name[0] != '-');
	/* It becomes part of a file's name. */
	REQUIRE(strchr(lock_name, '/') == NULL);
	REQUIRE(host->slots >= 1);
	REQUIRE(host->kind != HOST_TCP ||
		(host->port >= 1 && host->port <= 65535));
	REQUIRE(host->kind == HOST_SSH ||
		(host->user == NULL && host->command == NULL));
	REQUIRE(host->user == NULL || *host->user != '-');
	REQUIRE(!host->cpp || host->lzo);
	free(lock_name);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hosts hosts = HOSTS_INIT;
	char *list = xstrndup((const char *)data, size);
	size_t i;

	hosts_parse(&hosts, list);
	for (i = 0; i < hosts.count; i++)
		check_host(&hosts.v[i]);
	REQUIRE(hosts.local_slots >= 1 && hosts.local_cpp_slots >= 1);
	hosts_shuffle(&hosts, (unsigned)size);
	hosts_clear(&hosts);
	free(list);
	return 0;
}
