/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/pump.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/file.h"
#include "base/path.h"
#include "base/search.h"
#include "base/tmp.h"
#include "compiler/depfile.h"
#include "compiler/elf.h"
#include "compiler/rooted.h"
#include "daemon/contents.h"
#include "daemon/job.h"
#include "daemon/prefixmap.h"
#include "daemon/rebuild.h"
#include "daemon/serve.h"
#include "daemon/sight.h"
#include "wire/limits.h"
#include "wire/reply.h"

/* A dependency file cannot be longer than this. */
#define MAX_DEPS (32u << 20)

void
pump_clear(struct pump *pump)
{
	buf_clear(&pump->cwd);
	root_clear(&pump->root);
	free(pump->work);
	free(pump->object);
	free(pump->depfile);
	pump->work = pump->object = pump->depfile = NULL;
}

/*
 * Whether dependency files, maps of prefixes and the like can carry path as
 * it is.
 */
static int
is_plain(const char *path)
{
	for (; *path != '\0'; path++) {
		if (!isalnum((unsigned char)*path) &&
		    strchr("/._+-~@", *path) == NULL)
			return 0;
	}
	return 1;
}

static int
make_root(struct job *job)
{
	struct pump *pump = &job->pump;
	const char *dir = job->dir.path;
	int r;

	r = root_open(&pump->root, path_join(dir, "root"));
	pump->object = path_join(dir, job->dir.object);
	pump->depfile = path_join(dir, "deps");
	pump->work = root_real_name(&pump->root, pump->cwd.data);
	return r;
}

/* Whether work is a directory below root, be it through links. */
static int
is_below(const char *work, const char *root)
{
	char *real = realpath(work, NULL), *top = realpath(root, NULL);
	const size_t len = top == NULL ? 0 : strlen(top);
	struct stat st;
	int is = real != NULL && len > 0 && strncmp(real, top, len) == 0 &&
		 real[len] == '/' && stat(real, &st) == 0 &&
		 S_ISDIR(st.st_mode);

	free(top);
	free(real);
	return is;
}

/*
 * The working directory is not among the client's files. It is made behind
 * them: the client may call it by a name that leads through one of its links.
 */
static int
make_cwd(struct job *job, struct rebuild *rebuild)
{
	struct pump *pump = &job->pump;
	const char *cwd = pump->cwd.data;
	int r = root_add_dir(&pump->root, cwd);

	if (r == ERR_DENIED && is_below(pump->work, pump->root.path))
		return 0;
	if (r == ERR_DENIED || r == ERR_LIMIT) {
		buf_addf(&rebuild->refusal, "the working directory %s cannot "
			 "be made", cwd);
		r = ERR_DENIED;
	}
	return r;
}

static int
refuse_tree(struct job *job, const struct rebuild *rebuild)
{
	return job_fail(job, &job_bad_source, "%s", rebuild->refusal.data);
}

/* The name that rooted_needs_line wants told did not come as a file. */
static int
lacks_line(const struct rebuild *rebuild)
{
	return rebuild->telling != NULL && !rebuild->has_told;
}

/*
 * Whether gcc here would call headers in dir by another name than the
 * client's: it takes the path without links if that is shorter, and here the
 * root makes paths longer.
 */
static int
changes_names(const struct job *job, const char *dir)
{
	const char *root = job->pump.root.path, *shown;
	char *path = dir[0] == '/' ? root_real_name(&job->pump.root, dir) :
				     path_join(job->pump.work, dir);
	char *real = realpath(path, NULL);
	const size_t len = strlen(root);
	int is_inside, changes = 0;

	if (real != NULL) {
		is_inside = strncmp(real, root, len) == 0 && real[len] == '/';
		shown = is_inside ? real + len : real;
		if (dir[0] != '/')
			changes = strlen(shown) < strlen(dir);
		else if (!is_inside)
			changes = strlen(shown) >= strlen(dir) &&
				  strcmp(shown, dir) != 0;
	}
	free(real);
	free(path);
	return changes;
}

static int
check_system_dirs(struct job *job)
{
	const struct cmdline *cmd = &job->verdict.cmd;
	const char *dir;
	size_t at = 0;

	for (dir = rooted_next_system_dir(cmd, &at); dir != NULL;
	     dir = rooted_next_system_dir(cmd, &at)) {
		if (changes_names(job, dir))
			return job_fail(job, &job_bad_source, "headers in %s "
					"would go by another name here", dir);
	}
	return 0;
}

int
pump_receive(struct job *job)
{
	const struct cmdline *cmd = &job->verdict.cmd;
	struct rebuild rebuild = {
		.conn = &job->conn,
		.root = &job->pump.root,
		.program = job->verdict.program,
		.telling = rooted_needs_line(cmd) ? cmdline_input(cmd) : NULL,
		.refusal = BUF_INIT,
	};
	int is_disk, r;

	r = make_root(job);
	if (r < 0)
		return job_fail_early(job, "cannot make files for the job");
	if (!is_plain(job->dir.path))
		buf_add_str(&rebuild.refusal, "the server's TMPDIR has "
			    "characters in its name that compilers treat "
			    "specially");
	r = rebuild_tree(&rebuild, &is_disk);
	if (r == 0) {
		r = make_cwd(job, &rebuild);
		is_disk = r == ERR_SYS;
	}
	root_close(&job->pump.root);
	if (is_disk)
		job_fail_early(job, "cannot write the client's files");
	else if (r == ERR_DENIED)
		r = refuse_tree(job, &rebuild);
	else if (r < 0)
		job_fail_conn(job, r, "read its files");
	else if (lacks_line(&rebuild))
		r = job_fail(job, &job_bad_source, "debug information would "
			     "be wrong for %s by this name", rebuild.telling);
	else
		r = check_system_dirs(job);
	buf_clear(&rebuild.refusal);
	return r;
}

static int
maps_macros(struct job *job)
{
	struct serve *serve = job->serve;

	if (serve->prefixmap == NULL)
		serve->prefixmap = prefixmap_new();
	return prefixmap_is_known(serve->prefixmap, job->verdict.program);
}

void
pump_make_command(struct job *job, struct args *argv)
{
	const struct rooted rooted = {
		.compiler = job->verdict.program,
		.root = job->pump.root.path,
		.object = job->pump.object,
		.depfile = job->pump.depfile,
		.maps_macros = maps_macros(job),
	};

	rooted_rewrite(&job->verdict.cmd, &rooted, argv);
}

/* The file at fd without root, in place; 0 or ERR_SYS. */
static int
clean_file(int fd, const char *root)
{
	const char *const words[] = { root, NULL };
	struct buf text = BUF_INIT, clean = BUF_INIT;
	off_t size = fd_size(fd);
	int r;

	/* Nearly always there is nothing to be done. */
	if (size <= 0)
		return size < 0 ? ERR_SYS : 0;
	if (strlen(root) <= SEARCH_MAX) {
		r = search_file(fd, words, NULL, NULL);
		if (r < 0)
			return r == ERR_MISSING ? 0 : r;
	}
	r = ERR_SYS;
	if (pread(fd, buf_grow(&text, (size_t)size), (size_t)size, 0) != size)
		goto out;
	buf_wrote(&text, (size_t)size);
	buf_add_without(&clean, &text, root);
	if (pwrite(fd, clean.data, clean.len, 0) == (ssize_t)clean.len)
		r = ftruncate(fd, (off_t)clean.len);
out:
	buf_clear(&text);
	buf_clear(&clean);
	return r;
}

int
pump_clean_messages(const struct job *job)
{
	const char *root = job->pump.root.path;
	int r = clean_file(job->dir.stdout_fd, root);

	return r < 0 ? r : clean_file(job->dir.stderr_fd, root);
}

/* The part of our paths that nothing else in the world contains. */
static const char *
unique_name(const struct job *job)
{
	return path_base(job->dir.path);
}

static const char *
judge_object(const struct job *job, int object_fd)
{
	const char *const words[] = { unique_name(job), NULL };
	int r;

	if (object_fd < 0)
		return NULL;
	r = search_file(object_fd, words, NULL, NULL);
	if (r != ERR_MISSING)
		return r < 0 ? "the output cannot be searched for the "
			       "server's paths" :
			       "the output would show the server's paths";
	if (elf_has_compressed(object_fd))
		return "compressed sections cannot be searched for the "
		       "server's paths";
	if (rooted_needs_line(&job->verdict.cmd) &&
	    fd_size(job->dir.stderr_fd) > 0)
		return "messages would lack the lines of the source";
	return NULL;
}

static int
look_at_deps(struct job *job, const char *text, struct seen *seen)
{
	const struct cmdline *cmd = &job->verdict.cmd;
	struct serve *serve = job->serve;
	struct args dirs = ARGS_INIT;
	const struct sight sight = {
		.root = job->pump.root.path,
		.cwd = job->pump.work,
		.is_all = rooted_names_system(cmd),
		.system_dirs = &dirs,
	};
	const char *dir;
	size_t at = 0;
	int renamed;

	for (dir = rooted_next_system_dir(cmd, &at); dir != NULL;
	     dir = rooted_next_system_dir(cmd, &at))
		args_push(&dirs, dir);
	if (serve->contents == NULL)
		serve->contents = contents_new();
	renamed = sight_look(&sight, text, serve->contents, seen);
	args_clear(&dirs);
	return renamed ? ERR_DENIED : 0;
}

static int
write_deps(const struct job *job, const char *text, int *fd)
{
	struct buf clean = BUF_INIT;
	int r = ERR_SYS;

	depfile_remove_root(text, job->pump.root.path, &clean);
	*fd = tmp_open(".");
	if (*fd >= 0)
		r = fd_write_all(*fd, clean.data, clean.len);
	if (r == 0 && strstr(clean.data, unique_name(job)) != NULL)
		r = ERR_DENIED;
	buf_clear(&clean);
	return r;
}

int
pump_finish(struct job *job, struct reply_files *files, struct seen *seen,
	    const char **why)
{
	struct buf text = BUF_INIT;
	int r;

	*why = judge_object(job, files->object_fd);
	if (*why != NULL)
		return ERR_DENIED;
	r = file_read(job->pump.depfile, MAX_DEPS, &text);
	if (r == 0) {
		files->seen = seen;
		r = write_deps(job, text.data, &files->deps_fd);
	}
	if (r == ERR_DENIED || r == ERR_LIMIT)
		*why = "the dependencies would show the server's paths";
	if (r == 0) {
		r = look_at_deps(job, text.data, seen);
		*why = "a system header would go by another name here";
	}
	buf_clear(&text);
	return r == ERR_LIMIT ? ERR_DENIED : r;
}
