/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_OPTIONS_H
#define CLIENT_OPTIONS_H

struct settings;

/*
 * Does what distcc's own options ask for, if argv, as main() got it, has one
 * as its first word, or no word at all. Returns 1 and sets *exit_code, or 0:
 * argv is a compiler's command.
 */
int options_run(const struct settings *settings, char *const *argv,
		int *exit_code);

#endif
