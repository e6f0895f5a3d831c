/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/cgroup.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/buf.h"
#include "daemon/procfile.h"

#define MILLION 1000000

/* Where the groups of one controller are, and which of them is ours. */
struct place {
	char *mount;
	char *group;	/* below mount: "/a/b", or "" for mount itself */
	int version;
};

/* Whether a list, "cpu,cpuacct", has a word. */
static int
has_word(const char *list, size_t len, const char *word)
{
	const size_t size = strlen(word);
	const char *end = list + len;

	for (; list < end; list += strcspn(list, ",:") + 1) {
		if (strncmp(list, word, size) == 0 &&
		    (list[size] == ',' || list[size] == ':'))
			return 1;
	}
	return 0;
}

/*
 * The group that a line, "ID:CONTROLLERS:/GROUP", says we are in, if it is
 * about controller; version 2 has no controllers in its line. What is outside
 * of what this container sees begins with "/..": then the mount is all.
 */
static char *
group_in(const char *line, const char *controller)
{
	const char *list = strchr(line, ':');
	const char *path = list == NULL ? NULL : strchr(list + 1, ':');
	size_t len;

	if (path == NULL)
		return NULL;
	list++;
	if (controller == NULL ? list != path :
	    !has_word(list, (size_t)(path - list), controller))
		return NULL;
	path++;
	len = strcspn(path, "\n");
	while (len > 0 && path[len - 1] == '/')
		len--;
	if (*path != '/' || strncmp(path, "/..", 3) == 0)
		len = 0;
	return xstrndup(path, len);
}

static char *
find_group(const char *text, const char *controller)
{
	char *group;

	while (*text != '\0') {
		group = group_in(text, controller);
		if (group != NULL)
			return group;
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return NULL;
}

/* Beside version 1, version 2 is in a corner of its own. */
static char *
mount_of_version_2(const char *root)
{
	char *mount = concat(root, "/sys/fs/cgroup/unified", (char *)NULL);

	if (access(mount, F_OK) == 0)
		return mount;
	free(mount);
	return concat(root, "/sys/fs/cgroup", (char *)NULL);
}

/* A controller is in version 1 or in version 2, never in both. */
static int
find_place(struct place *place, const char *root, const char *controller)
{
	struct buf text = BUF_INIT;

	if (procfile_read(root, "/proc/self/cgroup", &text) < 0)
		return 0;
	place->version = 1;
	place->group = find_group(text.data, controller);
	if (place->group != NULL) {
		place->mount = concat(root, "/sys/fs/cgroup/", controller,
				      (char *)NULL);
	} else {
		place->version = 2;
		place->group = find_group(text.data, NULL);
		place->mount = mount_of_version_2(root);
	}
	buf_clear(&text);
	if (place->group != NULL)
		return 1;
	free(place->mount);
	return 0;
}

/*
 * Goes through our group and those above it, with the least that limit_of
 * says of any of them; a negative number is no limit. A container may see its
 * own group as the mount, by another name than it has outside; so groups that
 * are not there have no limit, and the mount is looked at in any case.
 */
static int64_t
least_limit(const char *root, const char *controller,
	    int64_t (*limit_of)(const char *dir, int version))
{
	struct place place;
	int64_t limit, least = -1;
	char *dir;

	if (!find_place(&place, root, controller))
		return least;
	for (;;) {
		dir = concat(place.mount, place.group, (char *)NULL);
		limit = limit_of(dir, place.version);
		free(dir);
		if (limit >= 0 && (least < 0 || limit < least))
			least = limit;
		if (place.group[0] == '\0')
			break;
		*strrchr(place.group, '/') = '\0';
	}
	free(place.mount);
	free(place.group);
	return least;
}

/*
 * In millionths of a processor. Version 2 has both numbers in one file, and
 * "max" for no quota.
 */
static int64_t
micro_cpus_of(const char *dir, int version)
{
	struct buf text = BUF_INIT;
	int64_t quota = -1, period = -1;
	char *end;

	if (version == 1) {
		quota = procfile_number(dir, "/cpu.cfs_quota_us");
		period = procfile_number(dir, "/cpu.cfs_period_us");
	} else if (procfile_read(dir, "/cpu.max", &text) == 0) {
		quota = procfile_parse(text.data, &end);
		period = procfile_parse(end, &end);
	}
	buf_clear(&text);
	if (quota <= 0 || quota > INT64_MAX / MILLION || period <= 0)
		return -1;
	return quota * MILLION / period;
}

double
cgroup_cpus(const char *root)
{
	const int64_t micro = least_limit(root, "cpu", micro_cpus_of);

	return micro <= 0 ? 0 : (double)micro / MILLION;
}

static int64_t
memory_of(const char *dir, int version)
{
	return procfile_number(dir, version == 1 ? "/memory.limit_in_bytes" :
						   "/memory.max");
}

int64_t
cgroup_memory(const char *root)
{
	return least_limit(root, "memory", memory_of);
}

static int64_t
free_memory_of(const char *dir, int version)
{
	const int64_t limit = memory_of(dir, version);
	const int64_t used = procfile_number(dir, version == 1 ?
					     "/memory.usage_in_bytes" :
					     "/memory.current");
	const int64_t cache = procfile_field(dir, "/memory.stat", version == 1 ?
					     "total_inactive_file" :
					     "inactive_file");
	int64_t busy;

	if (limit < 0 || used < 0)
		return -1;
	busy = cache < 0 ? used : used > cache ? used - cache : 0;
	return limit > busy ? limit - busy : 0;
}

int64_t
cgroup_free_memory(const char *root)
{
	return least_limit(root, "memory", free_memory_of);
}
