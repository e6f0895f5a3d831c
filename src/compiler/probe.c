/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "compiler/probe.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/args.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/path.h"
#include "base/tmp.h"
#include "compiler/answers.h"
#include "compiler/ask.h"
#include "compiler/elf.h"
#include "compiler/identity.h"
#include "compiler/option.h"

static int
starts_as_script(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char head[2] = "";
	int is;

	if (fd < 0)
		return 0;
	is = read(fd, head, 2) == 2 && memcmp(head, "#!", 2) == 0;
	close(fd);
	return is;
}

void
probe_open(struct probe *probe, const char *name, const char *pathlist,
	   const char *cache_dir, const char *tmp_dir)
{
	struct stat st;

	probe->cache_dir = cache_dir;
	probe->tmp_dir = tmp_dir;
	if (strchr(name, '/') != NULL)
		probe->path = xstrdup(name);
	else
		probe->path = path_find_program(name, pathlist,
						identity_is_hidden);
	if (probe->path != NULL)
		probe->real = realpath(probe->path, NULL);
	if (probe->real == NULL || stat(probe->real, &st) < 0) {
		probe_clear(probe);
		return;
	}
	probe->is_script = starts_as_script(probe->real);
	buf_addf(&probe->who, "%s\n%s\n%llu %lld %lld.%09ld\n",
		 path_base(name), probe->real, (unsigned long long)st.st_ino,
		 (long long)st.st_size, (long long)st.st_mtim.tv_sec,
		 (long)st.st_mtim.tv_nsec);
}

void
probe_clear(struct probe *probe)
{
	free(probe->path);
	free(probe->real);
	buf_clear(&probe->who);
	*probe = (struct probe)PROBE_INIT;
}

/* Whether the answer from start on tells something about the compiler. */
static int
is_worth_keeping(const struct buf *answer, size_t start, int64_t began)
{
	return answer->len > start ||
	       clock_us() - began < (int64_t)ASK_MS * 1000;
}

int
probe_answer(const struct probe *probe, const char *question,
	     void (*find)(const struct probe *probe, const void *arg,
			  struct buf *answer),
	     const void *arg, struct buf *answer)
{
	const char *dir = probe->cache_dir;
	const size_t start = answer->len;
	int64_t began = clock_us();
	char *full;

	if (probe->path == NULL)
		return ERR_MISSING;
	full = concat(probe->who.data, question, (char *)NULL);
	if (dir == NULL || probe->afresh ||
	    answers_find(dir, full, answer) < 0) {
		find(probe, arg, answer);
		/*
		 * Nobody needs it but for the time that it saves. Another
		 * process may have had more luck meanwhile.
		 */
		if (dir != NULL && is_worth_keeping(answer, start, began) &&
		    (answer->len > start ||
		     (!probe->afresh &&
		      answers_find(dir, full, answer) < 0)))
			(void)answers_keep(dir, full, answer->data + start);
	}
	free(full);
	return answer->len > start ? 0 : ERR_MISSING;
}

/* Appends text if it looks like a target, and nothing else. */
static void
add_target(const char *text, struct buf *answer)
{
	size_t len = strcspn(text, "\n");

	if (text[len] == '\n' && text[len + 1] == '\0' &&
	    identity_is_triple(text, len))
		buf_add(answer, text, len);
}

static void
find_target(const struct probe *probe, const void *arg, struct buf *answer)
{
	/* clang knows the first as well, but does not always tell all. */
	static const char *const words[] = { "-print-target-triple",
					     "-dumpmachine", NULL };
	int is_clang = identity_family(path_base(probe->real), "") ==
		       FAMILY_CLANG;
	const char *const *word = is_clang ? words : words + 1;
	struct ask ask = ASK_INIT;
	struct args args = ARGS_INIT;
	struct buf text = BUF_INIT;

	(void)arg;
	for (; answer->len == 0 && *word != NULL; word++) {
		args_push(&args, probe->path);
		args_push(&args, *word);
		ask.path = probe->path;
		ask.args = &args;
		if (ask_compiler(&ask, &text) == 0)
			add_target(text.data, answer);
		buf_reset(&text);
		args_clear(&args);
	}
	buf_clear(&text);
}

char *
probe_target(const struct probe *probe)
{
	struct buf answer = BUF_INIT;

	if (probe_answer(probe, "target", find_target, NULL, &answer) == 0)
		return buf_steal(&answer);
	buf_clear(&answer);
	return NULL;
}

static void
find_version(const struct probe *probe, const void *arg, struct buf *answer)
{
	struct ask ask = ASK_INIT;
	struct args args = ARGS_INIT;
	struct buf text = BUF_INIT;

	(void)arg;
	args_push(&args, probe->path);
	args_push(&args, "-dumpversion");
	ask.path = probe->path;
	ask.args = &args;
	if (ask_compiler(&ask, &text) == 0)
		buf_add(answer, text.data, strspn(text.data, "0123456789"));
	args_clear(&args);
	buf_clear(&text);
}

int
probe_version(const struct probe *probe)
{
	struct buf answer = BUF_INIT;
	long version = 0;

	if (probe_answer(probe, "version", find_version, NULL, &answer) == 0)
		version = strtol(answer.data, NULL, 10);
	buf_clear(&answer);
	return version > 0 && version < 10000 ? (int)version : 0;
}

/* Compiles nothing at all, and looks at what that made. */
static void
find_object(const struct probe *probe, const void *arg, struct buf *answer)
{
	struct tmp_file file = TMP_FILE_INIT;
	struct ask ask = ASK_INIT;
	struct args args = ARGS_INIT;
	struct buf text = BUF_INIT;
	char *target = path_join(probe->tmp_dir, "distcc-probe.o");

	if (tmp_file_open(&file, target, TMP_REPLACE) == 0) {
		args_push(&args, probe->path);
		args_append(&args, arg);
		args_push(&args, "-c");
		args_push(&args, "-x");
		args_push(&args, "c");
		args_push(&args, "/dev/null");
		args_push(&args, "-o");
		args_take(&args, tmp_file_path(&file, &ask.keep_fd));
		ask.path = probe->path;
		ask.args = &args;
		if (ask_compiler(&ask, &text) == 0)
			(void)elf_kind(file.fd, answer);
	}
	tmp_file_discard(&file);
	args_clear(&args);
	buf_clear(&text);
	free(target);
}

char *
probe_object(const struct probe *probe, const struct args *command)
{
	struct args words = ARGS_INIT;
	struct buf answer = BUF_INIT;
	char *line, *question;
	int r;

	probe_machine_words(command, &words);
	line = args_text(&words);
	question = concat("object ", line, (char *)NULL);
	r = probe_answer(probe, question, find_object, &words, &answer);
	free(question);
	free(line);
	args_clear(&words);
	if (r == 0)
		return buf_steal(&answer);
	buf_clear(&answer);
	return NULL;
}

static int
concerns_machine(const char *name)
{
	static const char *const names[] = {
		"-target", "--target", "--target=", "-EB", "-EL", "-arch",
		NULL
	};
	const char *const *known;

	if (strncmp(name, "-m", 2) == 0)
		return 1;
	for (known = names; *known != NULL; known++) {
		if (strcmp(*known, name) == 0)
			return 1;
	}
	return 0;
}

void
probe_machine_words(const struct args *command, struct args *out)
{
	struct option_use use;
	size_t i, k;

	for (i = 1; i < command->count; i += use.words) {
		use = option_at(command->v, i);
		if (use.option == NULL || use.lacks_value ||
		    !concerns_machine(use.option->name))
			continue;
		for (k = 0; k < use.words; k++)
			args_push(out, command->v[i + k]);
	}
}
