/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_MASQUERADE_H
#define CLIENT_MASQUERADE_H

struct args;

/*
 * How distcc was called (distcc(1)): "distcc gcc -c x.c" names the compiler,
 * "distcc -c x.c" means cc, and a link called gcc that leads to distcc is to
 * be taken for gcc.
 */

/* Whether the name that distcc was called by is a compiler's. */
int masquerade_is_on(const char *argv0);

/*
 * Takes argv as this program got it and gives the compiler's command. Calls
 * by name and by link are told apart by masquerade_is_on(argv[0]).
 */
void masquerade_command(char *const *argv, struct args *command);

/*
 * The first program called name in path (a PATH) that is distcc, or leads to
 * it. Yours to free; NULL if there is none.
 */
char *masquerade_find_link(const char *name, const char *path);

/*
 * In masquerade mode: the part of path (a PATH) behind the directory from
 * which argv0 was run, so that the same name then means the real compiler.
 * Yours to free; NULL if no such directory is in path, or nothing follows.
 */
char *masquerade_trim_path(const char *argv0, const char *path);

#endif
