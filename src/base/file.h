/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>

#include "base/buf.h"

/*
 * Appends the file at path to buf, or at most max bytes of it. Returns 0,
 * ERR_LIMIT if it is longer, or ERR_SYS.
 */
int file_read(const char *path, size_t max, struct buf *buf);

/* Writes data as the whole content of path, mode 0666. 0 or ERR_SYS. */
int file_write(const char *path, const void *data, size_t size);

#endif
