/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_WORDING_H
#define CLIENT_WORDING_H

struct cmdline;
struct settings;

/*
 * Whether what a server's compiler said, in its plain words (LC_ALL=C) and
 * to a file, of the very files that the compiler here would have read, is to
 * the byte what the one here would say: that may know other languages, and
 * speaks to terminals in colours.
 */
int wording_is_same(const struct settings *settings,
		    const struct cmdline *cmd);

#endif
