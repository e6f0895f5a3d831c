/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A compiler that does next to nothing: it makes the file behind -o, so that
 * what a daemon does around a compile can be measured, and counted. A number
 * in the file NAME.ms beside it, the program being NAME, makes it wait for so
 * many milliseconds first.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
wait_time(const char *program)
{
	char path[4096], text[16];
	const size_t len = strlen(program);
	ssize_t n;
	int fd;

	if (len + sizeof ".ms" > sizeof path)
		return 0;
	memcpy(path, program, len);
	memcpy(path + len, ".ms", sizeof ".ms");
	fd = open(path, O_RDONLY);
	if (fd < 0)
		return 0;
	n = read(fd, text, sizeof text - 1);
	close(fd);
	text[n > 0 ? n : 0] = '\0';
	return (int)strtol(text, NULL, 10);
}

int
main(int argc, char **argv)
{
	const char object[] = "object";
	int fd, i;

	poll(NULL, 0, wait_time(argv[0]));
	for (i = 1; i < argc - 1; i++) {
		if (strcmp(argv[i], "-o") != 0)
			continue;
		fd = open(argv[i + 1], O_WRONLY | O_CREAT | O_TRUNC, 0666);
		return fd < 0 || write(fd, object, sizeof object - 1) !=
				 (ssize_t)sizeof object - 1;
	}
	return 1;
}
