/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/discrepancy.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/log.h"
#include "base/path.h"
#include "client/settings.h"

/* The file's name, yours to free; NULL without a session. */
static char *
counter_path(const struct settings *settings)
{
	const char *socket = settings->include_server;
	char *dir, *path;

	if (socket == NULL || strcmp(path_base(socket), "socket") != 0 ||
	    strchr(socket, '/') == NULL)
		return NULL;
	dir = path_dir(socket);
	path = path_join(dir, "discrepancy_counter");
	free(dir);
	return path;
}

int
discrepancy_is_too_much(const struct settings *settings)
{
	char *path = counter_path(settings);
	struct stat st;
	int is = path != NULL && stat(path, &st) == 0 &&
		 st.st_size >= settings->max_discrepancy;

	free(path);
	return is;
}

void
discrepancy_count(const struct settings *settings)
{
	char *path = counter_path(settings);
	struct stat st;
	int fd = -1;

	if (path != NULL)
		fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
			  0666);
	/* Of several at a time, each has a size of its own or is not first. */
	if (fd >= 0 && write(fd, "@", 1) == 1 && fstat(fd, &st) == 0 &&
	    st.st_size == settings->max_discrepancy)
		log_warn("%d compiles failed elsewhere and succeeded here: "
			 "sources are preprocessed here from now on",
			 settings->max_discrepancy);
	if (fd >= 0)
		close(fd);
	free(path);
}
