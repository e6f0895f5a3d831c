/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCAN_SCAN_H
#define SCAN_SCAN_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/digest.h"
#include "scan/refusal.h"

struct args;

/*
 * Which files a compile reads: exactly those, found by doing what the
 * preprocessor does with directives, and nothing else of it. Remembers
 * files, directories and what compilers said; trusts none of that without
 * having asked the file system again for every unit.
 */
struct scan;

struct scan_settings {
	const char *cache_dir;	/* of compilers' answers (answers.h) or NULL */
	const char *tmp_dir;
	size_t memory;	/* bytes that it may remember; 0: a good default */
};

/* settings' strings are copied. */
struct scan *scan_new(const struct scan_settings *settings);
void scan_free(struct scan *scan);

/* A compile to be looked at. */
struct scan_unit {
	/* where it runs: the name that gcc would write into the object, which
	 * is PWD's where that is right; absolute */
	const char *cwd;
	const struct args *args;	/* response files expanded */
	const char *pathlist;	/* PATH, to find the compiler by */
	char *const *envp;	/* those of scan_variables */
};

/* What of the environment the answer depends on; ends with NULL. */
extern const char *const scan_variables[];

enum scan_kind {
	SCAN_FILE,
	SCAN_LINK,		/* a symbolic link on the way to others */
	SCAN_DIRECTORY,		/* has to be there, be it empty */
	SCAN_SYSTEM_DIR		/* of the compiler's own: not sent */
};

/* What a file has to do with the compile. */
enum scan_trait {
	SCAN_SYSTEM = 0x1,	/* below a SCAN_SYSTEM_DIR: not sent */
	/* gcc takes it for a system header: -MMD does not name it */
	SCAN_QUIET = 0x2,
	/* only __has_include did, and -MD does not name it: clang's does */
	SCAN_LOOKED_AT = 0x4,
	/* found by an absolute name: old servers need to be told its name */
	SCAN_ABSOLUTE = 0x8,
	SCAN_SOURCE = 0x10	/* the unit itself */
};

struct scan_input {
	enum scan_kind kind;
	unsigned traits;	/* of a SCAN_FILE */
	/*
	 * Absolute. Of a file, links are followed and it has neither "." nor
	 * ".."; all links on the way by which the compiler gets there are
	 * inputs of their own.
	 */
	char *path;
	char *target;		/* of a link, as it stands in it; else NULL */
	uint64_t size;		/* of a file */
	struct digest digest;	/* of its content: digest_add once */
};

/* What came of it. */
struct scan_result {
	enum refusal refusal;	/* REFUSAL_NONE: the inputs are right */
	struct buf culprit;	/* file, option or directive; for people */
	struct scan_input *inputs;	/* sorted by path, no two alike */
	size_t count;
	/*
	 * What a server of ours must have read (wire/seen.h): the digest of
	 * the paths of all files but those only looked at, in strcmp order,
	 * each taken up by digest_add with its NUL; the same without those
	 * that are SCAN_QUIET; the digests (as 32 digits) of the contents of
	 * those that are SCAN_SYSTEM, in the same order.
	 */
	struct digest all_paths, user_paths, system_contents;
	uint64_t bytes;		/* of all files: what cpp would read */
};

#define SCAN_RESULT_INIT { .refusal = REFUSAL_NONE, .culprit = BUF_INIT }

void scan_result_clear(struct scan_result *result);

/*
 * Works out the inputs of one unit into result, which is SCAN_RESULT_INIT or
 * cleared. May be called by several threads; they take turns.
 */
void scan_unit(struct scan *scan, const struct scan_unit *unit,
	       struct scan_result *result);

/*
 * Appends the content of a SCAN_FILE, which must still be what was scanned.
 * Returns 0, ERR_MISSING if it is not, or ERR_SYS.
 */
int scan_read(const struct scan_input *input, struct buf *content);

/*
 * A server of ours read other files for this very command, or found other
 * system headers, than we said: refuse it from now on, for as long as its
 * inputs are the same.
 */
void scan_distrust(struct scan *scan, const struct scan_unit *unit);

#endif
