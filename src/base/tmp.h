/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_TMP_H
#define BASE_TMP_H

#include <sys/types.h>

/*
 * Temporary files. Wherever the system can, a file has no name at all, so
 * that nothing is left behind even by SIGKILL. Those that need a name are on
 * a list: tmp_remove_all, which is safe in a signal handler, removes them.
 */

/*
 * Opens a file without a name in dir, for reading and writing, close-on-exec.
 * Returns the fd or ERR_SYS.
 */
int tmp_open(const char *dir);

/*
 * Opens a file for what programs print through this very fd: in memory,
 * where the system has that, and then for at most max bytes; else as
 * tmp_open does. Its size means nothing before tmp_end_messages. SIGXFSZ must
 * be ignored, as max may be beyond this process's limit, which then holds.
 * Returns the fd or ERR_SYS.
 */
int tmp_open_messages(const char *dir, off_t max);

/* Cuts the file off where its writers stopped. Returns 0 or ERR_SYS. */
int tmp_end_messages(int fd);

/*
 * Makes a file with a name that ends in suffix, for programs that want one.
 * Returns the fd, with *name set, or ERR_SYS. tmp_remove_name removes the
 * file, which may have become another one, and frees the name.
 */
int tmp_open_named(const char *dir, const char *suffix, char **name);
void tmp_remove_name(char **name);

/* How a file gets to its name. */
enum tmp_way {
	/* what is there is replaced, be it a link */
	TMP_REPLACE,
	/* what is there gets the content, and keeps its mode, owner, links */
	TMP_OVERWRITE,
	/* a device or the like: it is written to from the beginning */
	TMP_DIRECT
};

/*
 * A file on its way to a name. It is written through fd; but for TMP_DIRECT,
 * nothing is seen at its target before tmp_file_commit.
 */
struct tmp_file {
	int fd;		/* -1: nothing is open */
	char *target;
	char *name;	/* what it is called until then; NULL: nameless */
	enum tmp_way way;
};

#define TMP_FILE_INIT { -1, NULL, NULL, TMP_REPLACE }

/*
 * Opens a file that shall become target, in the directory of target, with
 * the mode that open(target) would give it; or for TMP_DIRECT, opens target.
 * Returns 0 or ERR_SYS.
 */
int tmp_file_open(struct tmp_file *file, const char *target,
		  enum tmp_way way);

/*
 * A path by which another process of ours that inherits the fd can open the
 * file for writing; with_fd is set to the fd to inherit, or -1 if the path
 * needs none. Yours to free.
 */
char *tmp_file_path(const struct tmp_file *file, int *with_fd);

/*
 * Puts the file at its target: in one step where the system can and the way
 * is not TMP_OVERWRITE. A target that cannot be written whole is removed.
 * Then, and after an error (ERR_SYS), file is as tmp_file_discard leaves it.
 */
int tmp_file_commit(struct tmp_file *file);

/* Closes and forgets the file; its target stays as it was. */
void tmp_file_discard(struct tmp_file *file);

/* Removes what is on the list. For exit and for signal handlers. */
void tmp_remove_all(void);

#endif
