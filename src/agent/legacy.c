/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent/legacy.h"

#include "agent/cargo.h"
#include "agent/mirror.h"
#include "agent/service.h"
#include "base/args.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/log.h"
#include "scan/scan.h"
#include "wire/conn.h"
#include "wire/limits.h"
#include "wire/request.h"

static void
put_paths(struct conn *conn, const struct args *paths)
{
	size_t i;

	conn_put_token(conn, "ARGC", (uint32_t)paths->count);
	for (i = 0; i < paths->count; i++)
		conn_put_string(conn, "ARGV", paths->v[i]);
}

static enum refusal
find_paths(struct service *service, const struct scan_unit *unit,
	   struct args *paths, struct buf *culprit)
{
	struct scan_result result = SCAN_RESULT_INIT;
	struct cargo cargo = CARGO_INIT;
	enum refusal refusal;
	int r;

	scan_unit(service->scan, unit, &result);
	refusal = result.refusal;
	buf_add_str(culprit, result.culprit.data);
	if (refusal == REFUSAL_NONE)
		refusal = cargo_load(&cargo, &result, service->store, culprit);
	if (refusal == REFUSAL_NONE) {
		r = mirror_show(service->mirror, &cargo, service->store,
				paths);
		if (r < 0) {
			log_warn_r(r, "no mirror");
			args_clear(paths);
			refusal = REFUSAL_SIZE;
		}
	}
	cargo_clear(&cargo);
	scan_result_clear(&result);
	return refusal;
}

static void
answer(struct service *service, const struct scan_unit *unit,
       struct conn *conn)
{
	struct args paths = ARGS_INIT;
	struct buf culprit = BUF_INIT;
	enum refusal refusal = find_paths(service, unit, &paths, &culprit);

	if (refusal == REFUSAL_NONE) {
		service->plans++;
	} else {
		service->refusals++;
		log_info("%s: %s: %s", unit->args->v[unit->args->count - 1],
			 refusal_name(refusal), culprit.data);
	}
	put_paths(conn, &paths);
	args_clear(&paths);
	buf_clear(&culprit);
}

void
legacy_answer(struct service *service, struct conn *conn)
{
	struct buf cwd = BUF_INIT;
	struct args args = ARGS_INIT;
	struct scan_unit unit = {
		.args = &args, .pathlist = service->pathlist,
		.envp = service->envp,
	};
	int r;

	r = conn_read_string(conn, "CDIR", LIMIT_ARG, &cwd);
	if (r == 0)
		r = request_read_args(conn, &args);
	unit.cwd = cwd.data;
	if (r == 0)
		answer(service, &unit, conn);
	else
		log_warn_r(r, "a question that makes no sense");
	args_clear(&args);
	buf_clear(&cwd);
}
