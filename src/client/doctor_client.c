/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/doctor_client.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/path.h"
#include "base/proc.h"
#include "base/tmp.h"
#include "client/doctor_agent.h"
#include "client/hostlist.h"
#include "client/local.h"
#include "client/masquerade.h"
#include "client/settings.h"
#include "compiler/identity.h"

/* A job's files are seldom larger. */
#define FREE_MIN (64 << 20)

/* Code, constants and data, without a header that may be missing. */
static const char unit[] =
	"struct pair { int a; long b; };\n"
	"long doctor_table[4] = { 1, 2, 3, 4 };\n"
	"static const char text[] = \"a constant of some length\";\n"
	"const char *doctor_text(void);\n"
	"const char *doctor_text(void) { return text; }\n"
	"long doctor_sum(const struct pair *pairs, int count);\n"
	"long doctor_sum(const struct pair *pairs, int count)\n"
	"{\n"
	"\tlong sum = 0;\n"
	"\tint i;\n"
	"\tfor (i = 0; i < count; i++)\n"
	"\t\tsum += pairs[i].a * pairs[i].b / 7 + doctor_table[i % 4];\n"
	"\treturn sum;\n"
	"}\n";

static void
__attribute__((format(printf, 2, 3)))
add_line(struct args *lines, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_addv(&text, fmt, ap);
	va_end(ap);
	args_take(lines, buf_steal(&text));
}

static void
find_compiler(struct doctor_client *client, const struct settings *settings,
	      const char *name)
{
	static const char *const usual[] = { "gcc", "cc", "clang" };
	size_t i;

	client->name = name != NULL ? name : usual[0];
	if (name != NULL && strchr(name, '/') != NULL)
		client->path = access(name, X_OK) == 0 ? xstrdup(name) : NULL;
	else if (name != NULL)
		client->path = path_find_program(name, settings->path,
						 identity_is_wrapper);
	for (i = 0; name == NULL && client->path == NULL &&
		    i < sizeof usual / sizeof *usual; i++) {
		client->path = path_find_program(usual[i], settings->path,
						 identity_is_wrapper);
		if (client->path != NULL)
			client->name = usual[i];
	}
	if (client->path != NULL)
		client->real = realpath(client->path, NULL);
	else
		add_line(&client->problems, "there is no compiler called %s "
			 "in PATH", client->name);
}

static void
look_for_links(struct doctor_client *client, const struct settings *settings)
{
	char *first;

	if (client->path == NULL || strchr(client->name, '/') != NULL)
		return;
	client->link = masquerade_find_link(client->name, settings->path);
	first = path_find_program(client->name, settings->path, NULL);
	client->link_is_first = client->link != NULL && first != NULL &&
				strcmp(first, client->link) == 0;
	if (client->link != NULL && !client->link_is_first)
		add_line(&client->notes, "%s stands behind %s in PATH, and is "
			 "never found", client->link, first);
	free(first);
}

static void
check_dir(struct doctor_client *client, struct doctor_dir *dir,
	  const char *what, const char *path)
{
	struct statvfs fs;
	int fd;

	*dir = (struct doctor_dir){ .what = what, .free_bytes = -1 };
	if (path == NULL) {
		dir->error = ENOENT;
		add_line(&client->problems, "%s: there is no home directory",
			 what);
		return;
	}
	dir->path = xstrdup(path);
	fd = tmp_open(path);
	if (fd < 0 || fd_write_all(fd, unit, sizeof unit) < 0) {
		dir->error = errno;
		add_line(&client->problems, "%s: cannot write in %s: %s", what,
			 path, strerror(dir->error));
	}
	if (fd >= 0)
		close(fd);
	if (statvfs(path, &fs) < 0)
		return;
	dir->free_bytes = (int64_t)fs.f_bavail * (int64_t)fs.f_frsize;
	if (dir->error == 0 && dir->free_bytes < FREE_MIN)
		add_line(&client->problems, "%s: only %lld KiB are free in %s",
			 what, (long long)dir->free_bytes / 1024, path);
}

static void
check_dirs(struct doctor_client *client, const struct settings *settings)
{
	/* A job would make them now; what fails here is said below. */
	if (settings->dir != NULL) {
		(void)path_make_dirs(settings->lock_dir, 0777);
		(void)path_make_dirs(settings->state_dir, 0777);
	}
	check_dir(client, &client->dirs[0], "DISTCC_DIR", settings->dir);
	check_dir(client, &client->dirs[1], "locks", settings->lock_dir);
	check_dir(client, &client->dirs[2], "states", settings->state_dir);
	check_dir(client, &client->dirs[3], "TMPDIR", settings->tmp_dir);
	if (settings->bad_tmp_dir != NULL)
		add_line(&client->notes, "TMPDIR is %s, which cannot be used; "
			 "%s serves", settings->bad_tmp_dir,
			 settings->tmp_dir);
}

/*
 * Runs a command of the compiler. Returns the first line that it printed,
 * yours to free, or NULL if it could not be run; *code is how it ended.
 */
static char *
ask(const struct settings *settings, const struct args *args, int *code)
{
	char text[512] = "";
	struct local_sink sink = { -1, -1, -1 };
	ssize_t n = -1;
	int status;

	*code = -1;
	sink.stdout_fd = tmp_open(settings->tmp_dir);
	if (sink.stdout_fd < 0)
		return NULL;
	sink.stderr_fd = sink.stdout_fd;
	if (local_preprocess(settings, args, &sink, NULL, &status) == 0) {
		*code = proc_exit_code(status);
		n = pread(sink.stdout_fd, text, sizeof text - 1, 0);
	}
	close(sink.stdout_fd);
	if (n < 0)
		return NULL;
	text[n] = '\0';
	text[strcspn(text, "\n")] = '\0';
	return xstrdup(text);
}

static void
ask_version(struct doctor_client *client, const struct settings *settings)
{
	struct args args = ARGS_INIT;
	int code;

	args_push(&args, client->path);
	args_push(&args, "--version");
	client->version = ask(settings, &args, &code);
	if (code != 0)
		add_line(&client->problems, "%s --version fails", client->path);
	args_clear(&args);
}

/* Writes the test unit. Returns 0 or ERR_SYS. */
static int
write_unit(struct doctor_client *client, const struct settings *settings)
{
	int fd = tmp_open_named(settings->tmp_dir, ".c",
				&client->source_name);
	int r;

	if (fd < 0)
		return fd;
	r = fd_write_all(fd, unit, strlen(unit));
	close(fd);
	return r;
}

/* Compiles the test unit here, to compare with, and parses the command. */
static void
compile(struct doctor_client *client, const struct settings *settings)
{
	struct args args = ARGS_INIT;
	char *object = NULL, *said;
	int fd, code;

	fd = tmp_open_named(settings->tmp_dir, ".o", &object);
	if (fd < 0 || write_unit(client, settings) < 0)
		goto out;	/* What is wrong with TMPDIR was said. */
	args_push(&args, client->name);
	args_push(&args, "-O2");
	args_push(&args, "-c");
	args_push(&args, client->source_name);
	args_push(&args, "-o");
	args_push(&args, object);
	said = ask(settings, &args, &code);
	if (code == 0)
		client->object_fd = open(object, O_RDONLY | O_CLOEXEC);
	if (client->object_fd < 0)
		add_line(&client->problems, "%s does not compile here%s%s",
			 client->path, said != NULL && *said != '\0' ? ": " :
								       "",
			 said != NULL ? said : "");
	free(said);
	cmdline_parse(&client->cmd, args.v,
		      identity_family(client->name, settings->path));
	if (client->cmd.reason != REASON_NONE)
		add_line(&client->problems, "compiles by %s stay here: %s",
			 client->name, reason_text(client->cmd.reason));
out:
	if (fd >= 0)
		close(fd);
	if (object != NULL)
		tmp_remove_name(&object);
	args_clear(&args);
}

/* Without it jobs go another way, so that this is no problem. */
static void
ask_agent(struct doctor_client *client, const struct settings *settings)
{
	struct buf text = BUF_INIT;

	if (settings->include_server != NULL)
		add_line(&client->notes, "INCLUDE_SERVER_PORT is set: an "
			 "include server is asked, and no agent");
	else if (doctor_agent_ask(settings, &text) == 0)
		client->agent = buf_steal(&text);
	else
		add_line(&client->notes, "sources are preprocessed here, "
			 "even for hosts that take them; there is no agent: "
			 "%s", text.data);
	buf_clear(&text);
}

void
doctor_client_check(struct doctor_client *client,
		    const struct settings *settings, const char *name)
{
	*client = (struct doctor_client){
		.hosts = HOSTS_INIT, .problems = ARGS_INIT, .notes = ARGS_INIT,
		.object_fd = -1, .cmd = CMDLINE_INIT,
	};
	find_compiler(client, settings, name);
	look_for_links(client, settings);
	check_dirs(client, settings);
	if (client->path != NULL) {
		ask_version(client, settings);
		compile(client, settings);
	}
	/* What is wrong with the list stands in its complaints. */
	(void)hostlist_read_from(settings, &client->hosts,
				 &client->hosts_source);
	if (hosts_any_cpp(&client->hosts))
		ask_agent(client, settings);
}

void
doctor_client_clear(struct doctor_client *client)
{
	size_t i;

	free(client->path);
	free(client->real);
	free(client->version);
	free(client->link);
	free(client->hosts_source);
	free(client->agent);
	for (i = 0; i < DOCTOR_DIRS; i++)
		free(client->dirs[i].path);
	hosts_clear(&client->hosts);
	args_clear(&client->problems);
	args_clear(&client->notes);
	if (client->source_name != NULL)
		tmp_remove_name(&client->source_name);
	if (client->object_fd >= 0)
		close(client->object_fd);
	cmdline_clear(&client->cmd);
}
