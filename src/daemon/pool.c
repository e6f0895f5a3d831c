/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "base/net.h"
#include "base/sig.h"
#include "daemon/access.h"
#include "daemon/board.h"
#include "daemon/exitcode.h"
#include "daemon/listen.h"
#include "daemon/options.h"
#include "daemon/serve.h"
#include "daemon/stats.h"
#include "daemon/tether.h"
#include "daemon/worker.h"
#include "daemon/workdir.h"

/* How long workers may take to end, and how long the killed ones. */
#define STOP_MS 5000
#define KILL_MS 2000

/* How long a client may be silent while others wait for its slot. */
#define PATIENCE_MS 1000

/* How long to wait when the system cannot give a process or an fd. */
#define BREATH_MS 200

struct client {
	int fd;
	char name[NET_NAME_SIZE];
};

/* Until the last of the killed is gone, its files can come back. */
static void
await_group(pid_t group)
{
	pid_t pid;

	do
		pid = waitpid(-group, NULL, 0);
	while (pid > 0 || (pid < 0 && errno == EINTR));
}

/*
 * What a worker that was killed left: its compiler, which is now our child,
 * and its files.
 */
static void
clean_up_after(struct pool *pool, struct slot *slot, int status)
{
	const pid_t group = atomic_load(&slot->group);

	if (status == 0)
		return;
	log_error("worker %ld ended with status 0x%x", (long)slot->worker,
		  (unsigned)status);
	if (group > 0 && kill(-group, SIGKILL) == 0)
		await_group(group);
	workdir_sweep_job(pool->serve->workdir, slot->worker);
}

/* Buries the dead. Returns whether any child is alive. */
static int
reap(struct pool *pool)
{
	struct slot *slot;
	int status;
	pid_t pid;

	for (;;) {
		pid = waitpid(-1, &status, WNOHANG);
		if (pid < 0 && errno == EINTR)
			continue;
		if (pid <= 0)
			return pid == 0;
		if (pool->stats != NULL && stats_bury(pool->stats, pid, status))
			continue;
		slot = board_find(pool->serve->board, pid);
		/* Adopted orphans have no slot. */
		if (slot == NULL)
			continue;
		clean_up_after(pool, slot, status);
		slot->worker = 0;
		atomic_store(&slot->group, 0);
		pool->running--;
		pool->leaving = 0;
	}
}

/* Returns a signal that says to end, or 0. */
static int
take_signals(struct pool *pool)
{
	int signo, children = 0, end = 0;

	for (signo = sig_next(); signo != 0; signo = sig_next()) {
		if (signo == SIGCHLD)
			children = 1;
		else
			end = signo;
	}
	if (children)
		reap(pool);
	return end;
}

/* Returns 0, ERR_DENIED, or ERR_SYS, where EAGAIN means: not this time. */
static int
accept_client(struct pool *pool, int listener, struct client *client)
{
	struct sockaddr_storage addr;

	client->fd = net_accept(listener, &addr);
	if (client->fd < 0)
		return ERR_SYS;
	atomic_fetch_add(&pool->serve->board->accepted, 1);
	net_name((struct sockaddr *)&addr, client->name);
	if (access_allows(&pool->serve->options->access,
			  (struct sockaddr *)&addr))
		return 0;
	log_error("connection from client '%s' denied by access list",
		  client->name);
	board_refuse(pool->serve->board, REFUSAL_ADDRESS);
	close(client->fd);
	return ERR_DENIED;
}

/*
 * Signals wait until the child has a pipe of its own: what it wrote to ours
 * would be taken for ours.
 */
static int
fork_worker(struct pool *pool, const struct client *client)
{
	struct slot *slot = board_find(pool->serve->board, 0);
	const pid_t self = getpid();
	sigset_t all, before;
	pid_t pid;

	atomic_store(&slot->phase, PHASE_RECEIVE);
	atomic_store(&slot->since_us, clock_us());
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	pid = fork();
	if (pid == 0) {
		listen_close(pool->listeners);
		if (pool->stats != NULL)
			listen_close(&pool->stats->listeners);
		worker_main(pool->serve, slot, self, client->fd,
			    client->name);
	}
	if (pid > 0) {
		slot->worker = pid;
		pool->running++;
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	return pid < 0 ? ERR_SYS : 0;
}

/* Returns whether the system is too short of something to go on at once. */
static int
serve_listener(struct pool *pool, int listener)
{
	struct client client;
	int r = accept_client(pool, listener, &client);

	if (r == ERR_DENIED)
		return 0;
	if (r < 0) {
		if (errno != EMFILE && errno != ENFILE && errno != ENOMEM &&
		    errno != ENOBUFS)
			return 0;
		log_error_r(r, "cannot accept a client");
		return 1;
	}
	if (pool->no_fork)
		serve_client(pool->serve, client.fd, client.fd, client.name);
	else
		r = fork_worker(pool, &client);
	if (r < 0)
		log_error_r(r, "cannot make a worker for %s", client.name);
	close(client.fd);
	return r < 0;
}

static int
is_full(const struct pool *pool)
{
	return pool->running >= pool->serve->board->size;
}

/* The worker whose client owes it a command for the longest time, or NULL. */
static struct slot *
longest_waiting(const struct pool *pool)
{
	struct board *board = pool->serve->board;
	struct slot *longest = NULL;
	int64_t since, first = INT64_MAX;
	int i;

	for (i = 0; i < board->size; i++) {
		since = atomic_load(&board->slots[i].since_us);
		if (board->slots[i].worker == 0 || since > first ||
		    atomic_load(&board->slots[i].phase) != PHASE_RECEIVE)
			continue;
		longest = &board->slots[i];
		first = since;
	}
	return longest;
}

/*
 * With every slot taken, a client that says nothing does not keep others
 * out: after a moment it has to go, if there is another. Returns when that
 * moment is, or CLOCK_NEVER if all that are here have said what they want.
 */
static int64_t
impatient_at(const struct pool *pool)
{
	const struct slot *slot = longest_waiting(pool);

	return slot == NULL ? CLOCK_NEVER :
	       atomic_load(&slot->since_us) / 1000 + PATIENCE_MS;
}

static void
send_away(struct pool *pool)
{
	struct slot *slot = longest_waiting(pool);

	if (slot == NULL)
		return;
	log_info("a client that says nothing makes room for another");
	atomic_store(&slot->phase, PHASE_SEND);
	pool->leaving = 1;
	kill(slot->worker, SIGTERM);
}

/*
 * While all slots are taken: waits for one to become free, or, once patience
 * has ended, for somebody who wants one.
 */
static int
wait_full(struct pool *pool, struct pollfd *fds)
{
	const int64_t end = pool->leaving ? CLOCK_NEVER : impatient_at(pool);
	const int late = clock_left(end) == 0;
	const int count = late ? pool->listeners->count : 0;
	int i, n, wanted = 0;

	n = poll(fds, (nfds_t)count + 1,
		 clock_left(!late && end < pool->deadline ? end :
							    pool->deadline));
	for (i = 1; n > 0 && i <= count; i++)
		wanted |= fds[i].revents != 0;
	if (wanted && fds[0].revents == 0)
		send_away(pool);
	if (n < 0 || fds[0].revents != 0)
		return take_signals(pool);
	return clock_left(pool->deadline) == 0 ? SIGALRM : 0;
}

static int
wait_ms(struct pool *pool)
{
	int64_t end = pool->deadline;

	if (pool->stats != NULL) {
		int64_t due = stats_tend(pool->stats);

		if (due < end)
			end = due;
	}
	return clock_left(end);
}

/*
 * Waits for clients, and for signals. Returns a signal to end by, or 0.
 */
static int
wait_once(struct pool *pool, struct pollfd *fds)
{
	const int count = pool->listeners->count;
	int i, n, signo, breathe = 0;

	if (is_full(pool))
		return wait_full(pool, fds);
	n = poll(fds, (nfds_t)count + 1, wait_ms(pool));
	/* poll() cannot wait for longer than 24 days at once. */
	if (n == 0)
		return clock_left(pool->deadline) == 0 ? SIGALRM : 0;
	signo = n < 0 || fds[0].revents != 0 ? take_signals(pool) : 0;
	for (i = 1; n > 0 && signo == 0 && i <= count; i++) {
		if (fds[i].revents == 0 || is_full(pool))
			continue;
		breathe |= serve_listener(pool, fds[i].fd);
		signo = pool->serve->stop_signal;
	}
	if (breathe && signo == 0)
		poll(fds, 1, BREATH_MS);
	return signo;
}

static void
signal_workers(const struct pool *pool, int signo)
{
	const struct board *board = pool->serve->board;
	pid_t group;
	int i;

	for (i = 0; i < board->size; i++) {
		if (board->slots[i].worker == 0)
			continue;
		group = atomic_load(&board->slots[i].group);
		kill(board->slots[i].worker, signo);
		if (signo == SIGKILL && group > 0)
			kill(-group, signo);
	}
}

static void
await_children(struct pool *pool, int64_t deadline)
{
	struct pollfd fd = { .fd = pool->serve->sig_fd, .events = POLLIN };

	while (reap(pool) && clock_left(deadline) > 0) {
		poll(&fd, 1, clock_left(deadline));
		while (sig_next() != 0)
			continue;
	}
}

static void
stop(struct pool *pool)
{
	listen_close(pool->listeners);
	if (pool->stats != NULL)
		stats_stop(pool->stats);
	if (pool->no_fork)
		return;
	signal_workers(pool, SIGTERM);
	await_children(pool, clock_after(STOP_MS));
	if (pool->running == 0)
		return;
	log_error("%d workers do not end by themselves", pool->running);
	signal_workers(pool, SIGKILL);
	await_children(pool, clock_after(KILL_MS));
}

static void
let_go(void *context)
{
	struct pool *pool = context;

	listen_close(pool->listeners);
	close(pool->serve->null_fd);
	close(pool->serve->workdir->lock_fd);
}

int
pool_run(struct pool *pool)
{
	struct pollfd fds[LISTEN_MAX + 1];
	int i, signo;

	if (!pool->no_fork) {
		sig_catch(SIGCHLD);
		if (tether_adopt_orphans() < 0)
			log_warn_r(ERR_SYS, "cannot adopt orphans");
	}
	if (pool->stats != NULL) {
		pool->stats->let_go = let_go;
		pool->stats->context = pool;
	}
	fds[0].fd = pool->serve->sig_fd;
	fds[0].events = POLLIN;
	for (i = 0; i < pool->listeners->count; i++) {
		fds[i + 1].fd = pool->listeners->fds[i];
		fds[i + 1].events = POLLIN;
	}
	do
		signo = wait_once(pool, fds);
	while (signo == 0);
	stop(pool);
	return signo;
}
