/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/worker.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/sig.h"
#include "daemon/exitcode.h"
#include "daemon/options.h"
#include "daemon/post.h"
#include "daemon/serve.h"
#include "daemon/tether.h"

static void
set_oom_score(int score)
{
	struct buf text = BUF_INIT;
	int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

	buf_addf(&text, "%d", score);
	if (fd < 0 || fd_write_all(fd, text.data, text.len) < 0)
		log_warn_r(ERR_SYS, "--oom-score-adj %d", score);
	if (fd >= 0)
		close(fd);
	buf_clear(&text);
}

static void
settle(struct serve *serve, pid_t parent)
{
	sigset_t none;

	serve->sig_fd = sig_open();
	if (serve->sig_fd < 0) {
		log_error_r(ERR_SYS, "a worker cannot start");
		_exit(EXITCODE_GENERAL);
	}
	/* Until there is a compiler, no child's end is of interest. */
	sig_default(SIGCHLD);
	/* The parent reads the configuration again, and replaces this one. */
	sig_ignore(SIGHUP);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (tether_to_parent(parent) < 0)
		_exit(EXITCODE_OK);
	if (serve->files.rlim_cur > 0)
		(void)setrlimit(RLIMIT_NOFILE, &serve->files);
	if (serve->options->oom_score_adj != OPTIONS_NO_SCORE)
		set_oom_score(serve->options->oom_score_adj);
}

/* Returns whether another client may come. */
static int
serve_next(struct serve *serve)
{
	struct report done = { serve->slot_number, REPORT_DONE };
	struct order order;
	int fd;

	if (post_await_order(serve->control_fd, &order, &fd, serve->sig_fd,
			     -1) < 0)
		return 0;
	/* The turn of a job that ended before it came. */
	if (order.kind != ORDER_SERVE)
		return 1;
	serve->job_number = order.job;
	serve->refusal = order.refusal;
	if (fd >= 0) {
		serve_client(serve, fd, fd, order.peer);
		close(fd);
	} else {
		/* The system was out of descriptors. */
		log_error("%s was lost on its way to a worker", order.peer);
		serve->slot->job.outcome = OUTCOME_OTHER;
	}
	/* An order that came from now on would never be read. */
	if (serve->stop_signal != 0)
		done.kind = REPORT_LEAVING;
	return post_send_report(serve->report_fd, &done) == 0 &&
	       serve->stop_signal == 0;
}

void
worker_main(struct serve *serve, int slot, pid_t parent, int control,
	    int report_fd)
{
	serve->slot = &serve->board->slots[slot];
	serve->slot_number = slot;
	serve->control_fd = control;
	serve->report_fd = report_fd;
	settle(serve, parent);
	while (serve_next(serve))
		continue;
	/* The log has the outcome; to the parent, this means: no mess left. */
	_exit(EXITCODE_OK);
}
