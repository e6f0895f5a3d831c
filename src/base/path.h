/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <sys/types.h>

/* The part behind the last '/', borrowed from path; never NULL. */
const char *path_base(const char *path);

/*
 * The suffix of the last component with its dot, borrowed from path; "" if
 * it has none. "a.b/c" has none; ".c" has ".c".
 */
const char *path_suffix(const char *path);

/* dir + "/" + name, without doubling a slash; yours to free. */
char *path_join(const char *dir, const char *name);

/* The directory part, "." if there is none; yours to free. */
char *path_dir(const char *path);

/* path with the suffix of its last component replaced; yours to free. */
char *path_with_suffix(const char *path, const char *suffix);

/* Whether two paths lead to the same file or directory that exists. */
int path_is_same(const char *a, const char *b);

/*
 * The first part of *list, a PATH ("a:b:c"; an empty part is "."), yours to
 * free; *list then begins with the next one. NULL if *list is NULL, which it
 * becomes behind the last part.
 */
char *path_list_next(const char **list);

/*
 * Looks for an executable regular file called name, which has no slash, in
 * list, a PATH. A directory for which skip
 * says non-zero is passed over; skip may be NULL. Returns its path, yours to
 * free, or NULL.
 */
char *path_find_program(const char *name, const char *list,
			int (*skip)(const char *dir, const char *name));

/* Makes dir and what is missing above it. Returns 0 or ERR_SYS. */
int path_make_dirs(const char *dir, mode_t mode);

/*
 * Removes path with all that is below it, never following a symbolic link.
 * What is already gone is no error. Returns 0 or ERR_SYS.
 */
int path_remove_tree(const char *path);

#endif
