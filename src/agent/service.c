/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/service.h"

#include <string.h>
#include <unistd.h>

#include "agent/legacy.h"
#include "agent/plan.h"
#include "agent/store.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "scan/scan.h"
#include "wire/conn.h"

void
answer_clear(struct answer *answer)
{
	size_t i;

	for (i = 0; i < answer->fd_count; i++)
		close(answer->fds[i]);
	buf_clear(&answer->bytes);
	*answer = (struct answer)ANSWER_INIT;
}

static void
take_fds(struct answer *answer, struct agent_plan *plan)
{
	memcpy(answer->fds, plan->fds, sizeof plan->fds);
	answer->fd_count = plan->fd_count;
	plan->fd_count = 0;
}

static void
note_plan(struct service *service, const struct agent_plan *plan,
	  const struct agent_asked *asked)
{
	if (plan->refusal == NULL) {
		service->plans++;
		log_debug("%s: %zu entries in %u us",
			  asked->args.v[asked->args.count - 1], plan->count,
			  (unsigned)plan->scan_us);
		return;
	}
	service->refusals++;
	log_info("%s: %s: %s", asked->args.v[asked->args.count - 1],
		 plan->refusal, plan->culprit.data);
}

static struct scan_unit
unit_of(const struct agent_asked *asked)
{
	static char *const nothing[] = { NULL };
	struct scan_unit unit = {
		.cwd = asked->cwd.data, .args = &asked->args,
		.pathlist = asked->pathlist.data,
		.envp = asked->env.count > 0 ? asked->env.v : nothing,
	};

	return unit;
}

/* Names that the client sees may lead to other files here. */
static int
has_other_view(const struct service *service, const struct agent_asked *asked)
{
	return strcmp(service->view.data, asked->view.data) != 0;
}

static void
answer_plan(struct service *service, const struct agent_asked *asked,
	    struct conn *conn, struct answer *answer)
{
	struct scan_result result = SCAN_RESULT_INIT;
	struct agent_plan plan = AGENT_PLAN_INIT;
	const struct scan_unit unit = unit_of(asked);
	int64_t start = clock_us();

	if (has_other_view(service, asked)) {
		result.refusal = REFUSAL_ENVIRONMENT;
		buf_add_str(&result.culprit, "the agent has another root");
	} else {
		scan_unit(service->scan, &unit, &result);
	}
	plan_make(&plan, &result, service->store);
	plan.scan_us = (uint32_t)(clock_us() - start);
	note_plan(service, &plan, asked);
	agent_put_plan(conn, &plan);
	take_fds(answer, &plan);
	agent_plan_clear(&plan);
	scan_result_clear(&result);
}

static void
answer_distrust(struct service *service, const struct agent_asked *asked,
		struct conn *conn)
{
	const struct scan_unit unit = unit_of(asked);

	if (!has_other_view(service, asked))
		scan_distrust(service->scan, &unit);
	agent_put_text(conn, "");
}

static void
answer_status(const struct service *service, struct conn *conn)
{
	struct buf text = BUF_INIT;

	buf_addf(&text, "distcc-agent %s, process %ld, for %lld s\n",
		 PACKAGE_VERSION, (long)getpid(),
		 (long long)(clock_ms() - service->started) / 1000);
	buf_addf(&text, "questions %llu, plans %llu, refusals %llu\n",
		 (unsigned long long)service->questions,
		 (unsigned long long)service->plans,
		 (unsigned long long)service->refusals);
	buf_addf(&text, "store: %zu files, %llu of %llu MiB\n",
		 store_count(service->store),
		 (unsigned long long)store_bytes(service->store) >> 20,
		 (unsigned long long)store_max(service->store) >> 20);
	agent_put_text(conn, text.data);
	buf_clear(&text);
}

static void
answer_asked(struct service *service, const struct agent_asked *asked,
	     struct conn *conn, struct answer *answer)
{
	switch (asked->question) {
	case AGENT_PLAN:
		answer_plan(service, asked, conn, answer);
		break;
	case AGENT_DISTRUST:
		answer_distrust(service, asked, conn);
		break;
	case AGENT_STATUS:
		answer_status(service, conn);
		break;
	case AGENT_LEAVE:
		service->is_leaving = 1;
		agent_put_text(conn, "");
		break;
	}
}

static void
answer_ours(struct service *service, struct conn *conn, struct answer *answer)
{
	struct agent_asked asked = AGENT_ASKED_INIT;
	uint32_t version;
	int r;

	r = conn_read_token(conn, "SCAN", &version);
	if (r == 0)
		r = agent_read_request(conn, version, &asked);
	if (r == 0)
		answer_asked(service, &asked, conn, answer);
	else if (r == ERR_VERSION)
		agent_put_text(conn, "this agent is of another version");
	else
		log_warn_r(r, "a question that makes no sense");
	agent_asked_clear(&asked);
}

void
service_answer(struct service *service, const char *question, size_t size,
	       struct answer *answer)
{
	struct conn conn;

	service->questions++;
	conn_init_bytes(&conn, question, size);
	if (memcmp(question, "SCAN", 4) == 0)
		answer_ours(service, &conn, answer);
	else
		legacy_answer(service, &conn);
	buf_add(&answer->bytes, conn.pending.data, conn.pending.len);
	conn_clear(&conn);
}
