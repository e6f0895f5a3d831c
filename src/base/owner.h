/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_OWNER_H
#define BASE_OWNER_H

/*
 * Whether the process at the other end of a connected Unix socket runs, or
 * ran when it made its end, as the user that this one runs as. No, where the
 * system does not say.
 */
int owner_is_us(int socket);

/*
 * Whether path is a directory, no link, that is ours and that nobody else can
 * write to. Returns 1; 0 with errno set if it is not.
 */
int owner_has_dir(const char *path);

#endif
