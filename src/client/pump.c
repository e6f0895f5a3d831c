/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/pump.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libiberty.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/path.h"
#include "base/view.h"
#include "client/agent.h"
#include "client/include_server.h"
#include "client/settings.h"
#include "compiler/cmdline.h"
#include "compiler/environment.h"
#include "wire/conn.h"

/* The longest that a job waits: then it preprocesses. */
#define WAIT_MS 5000

/* What a question is made of. */
struct question {
	char *cwd;
	struct buf view;
	struct args env;
};

static const char *
value_of(const struct settings *settings, const char *name)
{
	size_t len = strlen(name);
	char *const *p;

	for (p = settings->environment; *p != NULL; p++) {
		if (strncmp(*p, name, len) == 0 && (*p)[len] == '=')
			return *p + len + 1;
	}
	return NULL;
}

/* As gcc names the working directory: by PWD, if that is true. */
static char *
find_cwd(const struct settings *settings)
{
	const char *pwd = value_of(settings, "PWD");

	if (pwd != NULL && *pwd == '/' && path_is_same(pwd, "."))
		return xstrdup(pwd);
	return getcwd(NULL, 0);
}

static void
make_question(struct question *question, const struct settings *settings)
{
	char *const *p;

	*question = (struct question){ .view = BUF_INIT, .env = ARGS_INIT };
	question->cwd = find_cwd(settings);
	view_add_all(&question->view);
	for (p = settings->environment; *p != NULL; p++) {
		if (environment_leads_to_files(*p))
			args_push(&question->env, *p);
	}
}

static void
clear_question(struct question *question)
{
	free(question->cwd);
	buf_clear(&question->view);
	args_clear(&question->env);
}

static int
send_question(struct conn *conn, enum agent_question kind,
	      const struct question *question,
	      const struct settings *settings, const struct cmdline *cmd)
{
	const struct agent_request request = {
		.question = kind, .view = question->view.data,
		.cwd = question->cwd, .pathlist = settings->path,
		.env = &question->env, .args = &cmd->args,
	};

	return agent_send_request(conn, &request);
}

/* Asks for a plan at fd. *came: whether anything of it came. */
static int
exchange(struct pump *pump, int fd, const struct question *question,
	 const struct settings *settings, const struct cmdline *cmd,
	 int64_t deadline, int *came)
{
	struct conn conn;
	int r;

	conn_init(&conn, fd, fd, WAIT_MS);
	conn.deadline = deadline;
	r = send_question(&conn, AGENT_PLAN, question, settings, cmd);
	if (r == 0)
		r = agent_read_plan(&conn, &pump->plan);
	*came = conn.bytes_in > 0;
	conn_clear(&conn);
	return r;
}

/* An agent that was just about to leave may close: the next one is asked. */
static int
ask_agent(struct pump *pump, const struct question *question,
	  const struct settings *settings, const struct cmdline *cmd)
{
	const int64_t deadline = clock_after(WAIT_MS);
	int fd, r, came, tries = 0;

	do {
		fd = agent_open(settings, 1, deadline, &pump->trouble);
		if (fd < 0) {
			if (fd == ERR_TIMEOUT || fd == ERR_MISSING)
				agent_avoid(settings);
			return fd == ERR_DENIED ? ERR_PROTO : fd;
		}
		r = exchange(pump, fd, question, settings, cmd, deadline,
			     &came);
		close(fd);
	} while (r == ERR_EOF && !came && ++tries < 2);
	if (r < 0)
		buf_addf(&pump->trouble, "the agent: %s", err_text(r));
	/* A command that is too long is no fault of its. */
	if (r < 0 && r != ERR_LIMIT)
		agent_avoid(settings);
	return r;
}

static int
map_segment(struct pump *pump, size_t i)
{
	off_t size = fd_size(pump->plan.fds[i]);
	void *map;

	if (size <= 0)
		return size < 0 ? ERR_SYS : ERR_PROTO;
	map = mmap(NULL, (size_t)size, PROT_READ, MAP_SHARED,
		   pump->plan.fds[i], 0);
	if (map == MAP_FAILED)
		return ERR_SYS;
	pump->maps[i] = map;
	pump->map_sizes[i] = (size_t)size;
	return 0;
}

/* Where the body of an entry is, or NULL: outside of all. */
static const char *
find_body(const struct pump *pump, const struct agent_body *body)
{
	const char *start = pump->bodies.data;
	size_t size = pump->bodies.len;

	if (pump->plan.fd_count > 0) {
		start = pump->maps[body->segment];
		size = pump->map_sizes[body->segment];
	}
	if (body->at > size || body->size > size - body->at)
		return NULL;
	return start + body->at;
}

static int
fill_entries(struct pump *pump)
{
	const struct agent_plan *plan = &pump->plan;
	struct tree_entry *to;
	size_t i;

	pump->entries = xcalloc(plan->count + 1, sizeof *pump->entries);
	for (i = 0; i < plan->count; i++) {
		to = &pump->entries[i];
		to->kind = plan->entries[i].kind;
		to->name = plan->entries[i].name;
		to->target = plan->entries[i].target;
		to->size = plan->entries[i].body.size;
		if (to->size == 0)
			continue;
		to->body = find_body(pump, &plan->entries[i].body);
		if (to->body == NULL)
			return ERR_PROTO;
	}
	return 0;
}

static int
take_plan(struct pump *pump)
{
	const struct agent_plan *plan = &pump->plan;
	size_t i;
	int r = 0;

	if (plan->refusal != NULL) {
		buf_addf(&pump->trouble, "%s%s%s", plan->phrase.data,
			 plan->culprit.len > 0 ? ": " : "",
			 plan->culprit.data);
		return ERR_DENIED;
	}
	for (i = 0; r == 0 && i < plan->fd_count; i++)
		r = map_segment(pump, i);
	if (r == 0)
		r = fill_entries(pump);
	if (r < 0)
		buf_addf(&pump->trouble, "the agent's plan: %s", err_text(r));
	return r;
}

static int
ask_include_server(struct pump *pump, const char *cwd,
		   const struct settings *settings, const struct cmdline *cmd)
{
	int r = include_server_ask(settings->include_server, cwd, &cmd->args,
				   clock_after(WAIT_MS), &pump->plan,
				   &pump->bodies);

	if (r == ERR_DENIED)
		buf_add_str(&pump->trouble,
			    "the include server does not know its files");
	else if (r < 0)
		buf_addf(&pump->trouble, "the include server: %s",
			 err_text(r));
	return r;
}

int
pump_ask(struct pump *pump, const struct settings *settings,
	 const struct cmdline *cmd)
{
	struct question question;
	int r = ERR_MISSING;

	make_question(&question, settings);
	if (question.cwd == NULL)
		buf_add_str(&pump->trouble,
			    "the working directory has no name");
	else if (settings->include_server != NULL &&
		 settings->agent_socket == NULL)
		r = ask_include_server(pump, question.cwd, settings, cmd);
	else
		r = ask_agent(pump, &question, settings, cmd);
	if (r == 0)
		r = take_plan(pump);
	pump->cwd = question.cwd;
	question.cwd = NULL;
	clear_question(&question);
	return r;
}

int
pump_agrees(const struct pump *pump, const struct seen *seen)
{
	const struct agent_plan *plan = &pump->plan;

	if (plan->all_paths[0] == '\0')
		return 1;
	if (!seen->is_all)
		return strcmp(seen->paths, plan->user_paths) == 0;
	return strcmp(seen->paths, plan->all_paths) == 0 &&
	       strcmp(seen->system, plan->system_contents) == 0;
}

static void
distrust(int fd, const struct question *question,
	 const struct settings *settings, const struct cmdline *cmd,
	 int64_t deadline)
{
	struct buf text = BUF_INIT;
	struct conn conn;
	int r;

	conn_init(&conn, fd, fd, WAIT_MS);
	conn.deadline = deadline;
	r = send_question(&conn, AGENT_DISTRUST, question, settings, cmd);
	/* Once it has answered, no other job gets the same plan. */
	if (r == 0)
		(void)agent_read_text(&conn, &text);
	conn_clear(&conn);
	buf_clear(&text);
}

void
pump_distrust(struct pump *pump, const struct settings *settings,
	      const struct cmdline *cmd)
{
	const int64_t deadline = clock_after(WAIT_MS);
	struct question question;
	int fd;

	if (pump->plan.all_paths[0] == '\0')
		return;
	make_question(&question, settings);
	fd = question.cwd == NULL ? ERR_MISSING :
	     agent_open(settings, 0, deadline, &pump->trouble);
	if (fd >= 0) {
		distrust(fd, &question, settings, cmd, deadline);
		close(fd);
	}
	clear_question(&question);
}

void
pump_clear(struct pump *pump)
{
	size_t i;

	for (i = 0; i < AGENT_MAX_FDS; i++) {
		if (pump->maps[i] != NULL)
			munmap(pump->maps[i], pump->map_sizes[i]);
	}
	agent_plan_clear(&pump->plan);
	free(pump->entries);
	free(pump->cwd);
	buf_clear(&pump->bodies);
	buf_clear(&pump->trouble);
	*pump = (struct pump)PUMP_INIT;
}
