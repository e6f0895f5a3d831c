/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_JOBDIR_H
#define DAEMON_JOBDIR_H

/*
 * The private tree of one job. It is the working directory of its worker
 * and of its compiler, so that the names of its files are relative.
 */
struct jobdir {
	char *path;		/* NULL: there is none */
	char *source;		/* NULL: the job has its own tree */
	char *object;
	int source_fd, stdout_fd, stderr_fd;	/* -1: not open */
};

#define JOBDIR_INIT { NULL, NULL, NULL, -1, -1, -1 }

/*
 * Makes the directory path, which jobdir takes over, enters it, and opens
 * the files. The source is called as the client's input, if that name is
 * harmless, with suffix; NULL: there is none. Returns 0 or ERR_SYS.
 */
int jobdir_open(struct jobdir *jobdir, char *path, const char *input,
		const char *suffix);

/*
 * To be called when the compiler has ended, and before what it printed is
 * read. Returns 0, ERR_SYS, or ERR_LIMIT if it was too much.
 */
int jobdir_end_messages(const struct jobdir *jobdir);

/* Opens the object. Returns the fd, ERR_MISSING or ERR_SYS. */
int jobdir_open_object(const struct jobdir *jobdir);

/*
 * By what accident a compiler may have failed, and not by a fault in the
 * source: what it said tells, or a disk that is full.
 */
enum jobdir_accident {
	JOBDIR_NO_ACCIDENT,
	JOBDIR_DISK,
	JOBDIR_MEMORY,		/* or the system ended it to get some back */
	JOBDIR_TIME,		/* it reached --job-cpu-time */
	JOBDIR_SIZE,		/* a file reached --job-output */
	JOBDIR_OTHER		/* a part of it crashed */
};

enum jobdir_accident jobdir_accident(const struct jobdir *jobdir);

/* Leaves the directory and removes it. */
void jobdir_close(struct jobdir *jobdir);

/* The part of an input's name that its files here may have; yours to free. */
char *jobdir_stem(const char *input);

#endif
