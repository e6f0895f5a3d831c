/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/rewrap.h"

#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fd.h"
#include "compiler/cmdline.h"
#include "compiler/depfile.h"
#include "wire/limits.h"

/* Reads all of it. Returns 0, or ERR_LIMIT: it is empty, or too long. */
static int
read_text(int fd, struct buf *text)
{
	off_t size = fd_size(fd);
	ssize_t n;

	if (size <= 0 || size > LIMIT_MESSAGES)
		return ERR_LIMIT;
	n = pread(fd, buf_grow(text, (size_t)size), (size_t)size, 0);
	if (n != size)
		return ERR_LIMIT;
	buf_wrote(text, (size_t)n);
	return 0;
}

static int
write_text(int fd, const struct buf *text)
{
	if (ftruncate(fd, 0) < 0 || lseek(fd, 0, SEEK_SET) < 0)
		return ERR_SYS;
	return fd_write_all(fd, text->data, text->len);
}

int
rewrap_deps(const struct cmdline *cmd, int fd)
{
	struct depfile depfile = DEPFILE_INIT;
	struct buf text = BUF_INIT, out = BUF_INIT;
	int r = 0;

	if (read_text(fd, &text) == 0 &&
	    depfile_parse(&depfile, text.data) == 0) {
		depfile_write(&depfile, cmd->family == FAMILY_CLANG ?
					DEPFILE_CLANG : DEPFILE_GCC, &out);
		r = write_text(fd, &out);
	}
	depfile_clear(&depfile);
	buf_clear(&out);
	buf_clear(&text);
	return r;
}
