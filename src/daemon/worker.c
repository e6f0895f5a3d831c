/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/worker.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/sig.h"
#include "daemon/exitcode.h"
#include "daemon/options.h"
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

void
worker_main(struct serve *serve, struct slot *slot, pid_t parent, int fd,
	    const char *peer)
{
	sigset_t none;

	serve->slot = slot;
	serve->sig_fd = sig_open();
	if (serve->sig_fd < 0) {
		log_error_r(ERR_SYS, "%s: cannot serve it", peer);
		_exit(EXITCODE_GENERAL);
	}
	/* Until there is a compiler, no child's end is of interest. */
	sig_default(SIGCHLD);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (tether_to_parent(parent) < 0)
		_exit(EXITCODE_OK);
	if (serve->options->oom_score_adj != OPTIONS_NO_SCORE)
		set_oom_score(serve->options->oom_score_adj);
	/* The log has the outcome; to the parent, this means: no mess left. */
	serve_client(serve, fd, fd, peer);
	_exit(EXITCODE_OK);
}
