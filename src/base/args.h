/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_ARGS_H
#define BASE_ARGS_H

#include <stddef.h>

/*
 * The words of a command. v[count] is NULL as soon as anything was pushed, so
 * that v can be given to exec; in a fresh struct v itself is NULL. The words
 * belong to the struct.
 */
struct args {
	char **v;
	size_t count;
	size_t room;
};

#define ARGS_INIT { NULL, 0, 0 }

/* Frees all words; args is then empty and reusable. */
void args_clear(struct args *args);

/* Appends a copy of word. */
void args_push(struct args *args, const char *word);

/* Appends word itself, which must come from malloc. */
void args_take(struct args *args, char *word);

/* Appends copies of all words of from. */
void args_append(struct args *args, const struct args *from);

/* Appends copies of the words of a NULL-terminated vector. */
void args_append_argv(struct args *args, char *const *argv);

/*
 * All words in one line, for a person: words with anything special are
 * quoted as a shell would want them. The result is yours to free.
 */
char *args_text(const struct args *args);

#endif
