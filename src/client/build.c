/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/build.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

/* How far to look up; each step costs the client some microseconds. */
#define MAX_STEPS 24

/* What the kernel says of a process. */
struct process {
	char name[32];
	long parent;
	unsigned long long start;	/* a pid comes again, with another */
};

/*
 * Programs that run compilers, by their first 15 bytes, which is all that the
 * kernel keeps.
 */
static const char *const tools[] = {
	"bazel", "bmake", "cmake", "config.status", "configure",
	"dpkg-buildpacka", "gmake", "kati", "make", "meson", "ninja",
	"ninja-build", "remake", "rpmbuild", "samu", "scons", "tup", "waf",
	"xcodebuild",
};

/* What may stand between one of them and another. */
static const char *const shells[] = {
	"ash", "bash", "busybox", "dash", "env", "ksh", "mksh", "sh", "zsh",
};

static int
is_one_of(const char *name, const char *const *list, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (strcmp(list[i], name) == 0)
			return 1;
	}
	return 0;
}

int
build_is_tool(const char *name)
{
	return is_one_of(name, tools, sizeof tools / sizeof *tools);
}

static int
is_shell(const char *name)
{
	return is_one_of(name, shells, sizeof shells / sizeof *shells);
}

static int
look_up(long pid, struct process *process)
{
	char path[48], text[1024], *name, *end;
	ssize_t n;
	int fd;

	snprintf(path, sizeof path, "/proc/%ld/stat", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	n = read(fd, text, sizeof text - 1);
	close(fd);
	if (n <= 0)
		return 0;
	text[n] = '\0';
	name = strchr(text, '(');
	/* The name may have brackets of its own. */
	end = strrchr(text, ')');
	if (name == NULL || end == NULL)
		return 0;
	*end = '\0';
	snprintf(process->name, sizeof process->name, "%s", name + 1);
	return sscanf(end + 1, " %*c %ld %*s %*s %*s %*s %*s %*s %*s %*s %*s "
		      "%*s %*s %*s %*s %*s %*s %*s %*s %llu",
		      &process->parent, &process->start) == 2;
}

char *
build_name(void)
{
	struct buf name = BUF_INIT;
	struct process process;
	long pid = (long)getppid();
	int steps, found = 0;

	for (steps = 0; steps < MAX_STEPS && pid > 0; steps++) {
		if (!look_up(pid, &process))
			break;
		if (build_is_tool(process.name)) {
			buf_reset(&name);
			buf_addf(&name, "%s-%ld-%llu", process.name, pid,
				 process.start);
			found = 1;
		} else if (found && !is_shell(process.name)) {
			break;
		}
		pid = process.parent;
	}
	if (!found)
		buf_addf(&name, "group-%ld", (long)getpgrp());
	return buf_steal(&name);
}
