/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/net.h"
#include "base/sig.h"
#include "daemon/board.h"
#include "daemon/listen.h"
#include "daemon/notify.h"
#include "daemon/options.h"
#include "daemon/room.h"
#include "daemon/serve.h"
#include "daemon/stats.h"
#include "daemon/tether.h"
#include "daemon/workdir.h"

/* How long to wait when the system cannot give a process or an fd. */
#define BREATH_MS 200

/* How often to tell of it. */
#define COMPLAIN_MS 10000

/* How often to look whether somebody in a full lobby can go. */
#define FULL_LOOK_MS 50

/* Workers without a job leave after this time. */
#define IDLE_MS 60000

/*
 * While memory is short: how often to look, how often if no job waits for it
 * but the statistics tell of it, and how long a job may wait.
 */
#define SHORT_LOOK_MS 250
#define SHORT_IDLE_MS 5000
#define SHORT_WAIT_MS 10000

/* How long if there is no compiler that could give some back. */
#define ALONE_WAIT_MS 2000

/* Connections that are taken from one socket before others have a turn. */
#define ACCEPT_MAX 64

/* The lobby's size, and fds beyond those of lobby and crew. */
#define LOBBY_MAX 1024
#define OTHER_FDS 28

/* The fewest places, and workers, that there are. */
#define LEAST 4

/* What one round of the loop waits for. */
struct wait {
	struct pollfd fds[2 + LISTEN_MAX + LOBBY_WATCH_MAX];
	int count;
	int first_silent;
	int64_t end;
};

static void
sooner(struct wait *wait, int64_t time)
{
	if (time < wait->end)
		wait->end = time;
}

static void
watch(struct wait *wait, int fd)
{
	wait->fds[wait->count].fd = fd;
	wait->fds[wait->count].events = POLLIN;
	wait->fds[wait->count++].revents = 0;
}

/* --- clients ----------------------------------------------------------- */

/* A shortage may last, and shall not fill the log meanwhile. */
static void
complain(struct pool *pool, int r, const char *about)
{
	if (clock_left(pool->complain_at) > 0)
		return;
	pool->complain_at = clock_after(COMPLAIN_MS);
	log_error_r(r, "%s", about);
}

/* Whether that is why net_accept failed. */
static int
note_shortage(struct pool *pool)
{
	if (errno != EMFILE && errno != ENFILE && errno != ENOMEM &&
	    errno != ENOBUFS)
		return 0;
	complain(pool, ERR_SYS, "cannot accept clients");
	return 1;
}

/* Returns whether the system is too short of something to go on at once. */
static int
accept_clients(struct pool *pool, int listener)
{
	struct sockaddr_storage addr;
	int i, fd;

	for (i = 0; i < ACCEPT_MAX && !lobby_is_full(&pool->lobby); i++) {
		fd = net_accept(listener, &addr);
		if (fd < 0)
			return note_shortage(pool);
		atomic_fetch_add(&pool->serve->board->accepted, 1);
		lobby_add(&pool->lobby, fd, &addr);
	}
	return 0;
}

/* Returns whether the system is too short of something to go on at once. */
static int
assign_clients(struct pool *pool)
{
	const enum refusal refusal = pool->stop_signal == 0 ?
				     REFUSAL_NONE : REFUSAL_STOPPING;
	struct visitor *visitor;
	int r;

	for (;;) {
		visitor = lobby_first(&pool->lobby);
		if (visitor == NULL)
			return 0;
		r = crew_assign(&pool->crew, visitor, refusal);
		if (r == 0)
			return 0;
		if (r < 0) {
			complain(pool, r, "cannot make workers for clients");
			return 1;
		}
	}
}

/* --- room -------------------------------------------------------------- */

/*
 * A job waits for memory that others will give back, but not for ever: then
 * its client had better go elsewhere.
 */
static void
give_turns(struct pool *pool, struct wait *wait)
{
	struct board *board = pool->serve->board;
	const int was_enough = atomic_load(&board->short_of) !=
			       REFUSAL_MEMORY;
	int enough;

	if (pool->crew.running >= board->jobs ||
	    (pool->crew.waiting == 0 && was_enough))
		return;
	enough = room_has_memory(&pool->room,
				 pool->serve->options->min_free_memory);
	if (!enough && was_enough) {
		log_warn("less than %d MiB of memory are free "
			 "(--min-free-memory): jobs have to wait",
			 pool->serve->options->min_free_memory);
		pool->short_since_ms = clock_ms();
	}
	atomic_store(&board->short_of, enough ? 0 : REFUSAL_MEMORY);
	crew_give_turns(&pool->crew, enough);
	if (enough)
		return;
	sooner(wait, clock_after(pool->crew.waiting > 0 ? SHORT_LOOK_MS :
							  SHORT_IDLE_MS));
	sooner(wait, crew_refuse_waiting(&pool->crew, pool->short_since_ms,
					 pool->crew.running > 0 ?
					 SHORT_WAIT_MS : ALONE_WAIT_MS,
					 REFUSAL_MEMORY));
}

/* --- signals ----------------------------------------------------------- */

static void
begin_to_stop(struct pool *pool, int signo)
{
	int i;

	log_notice("finish %d jobs, and end", pool->crew.busy);
	notify_send(pool->serve->settings, "STOPPING=1");
	pool->stop_signal = signo;
	pool->stop_deadline =
		clock_after(pool->serve->options->drain_time * (int64_t)1000);
	atomic_store(&pool->serve->board->stopping, 1);
	/*
	 * They connected in good faith, and shall hear to go elsewhere; but
	 * sockets that were passed to us may be passed to our successor.
	 */
	for (i = 0; i < pool->listeners->count && !pool->was_passed; i++)
		accept_clients(pool, pool->listeners->fds[i]);
	listen_close(pool->listeners);
	lobby_close_silent(&pool->lobby);
	crew_renew(&pool->crew);
}

/* Returns a signal by which to end now, or 0. */
static int
take_hangup(struct pool *pool)
{
	/* Not a request, but the end of what we were started from. */
	if (pool->had_terminal && !isatty(STDIN_FILENO))
		return SIGHUP;
	notify_reloading(pool->serve->settings);
	pool->reload(pool->reload_arg);
	crew_renew(&pool->crew);
	if (pool->stats != NULL)
		stats_restart(pool->stats);
	notify_send(pool->serve->settings, "READY=1");
	return 0;
}

/* Returns a signal by which to end now, or 0. */
static int
take_signal(struct pool *pool, int signo)
{
	switch (signo) {
	case SIGTERM:
		if (pool->stop_signal != 0 ||
		    pool->serve->options->drain_time == 0)
			return signo;
		begin_to_stop(pool, signo);
		return 0;
	default:
		return signo;
	}
}

static int
take_signals(struct pool *pool)
{
	int signo, children = 0, hangups = 0, end = 0;

	for (signo = sig_next(); signo != 0 && end == 0; signo = sig_next()) {
		if (signo == SIGCHLD)
			children = 1;
		else if (signo == SIGHUP)
			hangups = 1;
		else
			end = take_signal(pool, signo);
	}
	if (children)
		crew_reap(&pool->crew);
	/* However many there were, the file is what it is now. */
	return hangups && end == 0 ? take_hangup(pool) : end;
}

/* Returns a signal by which to end now, or 0. */
static int
look_at_clock(struct pool *pool)
{
	if (pool->stop_signal == 0)
		return clock_left(pool->deadline) == 0 ? SIGALRM : 0;
	if (pool->crew.busy == 0 && pool->lobby.count == 0)
		return pool->stop_signal;
	if (clock_left(pool->stop_deadline) > 0)
		return 0;
	log_warn("%d jobs are not finished after %d s (--drain-time)",
		 pool->crew.busy, pool->serve->options->drain_time);
	return pool->stop_signal;
}

/* --- the loop ---------------------------------------------------------- */

/* A service manager may want to hear from us, again and again. */
static void
feed_watchdog(struct pool *pool, struct wait *wait)
{
	const struct settings *settings = pool->serve->settings;

	if (clock_left(pool->watchdog_at) == 0) {
		notify_send(settings, "WATCHDOG=1\n"
			    "STATUS=%d compiling, %d with a worker, "
			    "%d waiting for one", pool->crew.running,
			    pool->crew.busy, pool->lobby.count);
		pool->watchdog_at =
			clock_after(notify_interval_ms(settings));
	}
	sooner(wait, pool->watchdog_at);
}

static void
prepare(struct pool *pool, struct wait *wait, int breathe)
{
	const int is_full = lobby_is_full(&pool->lobby);
	int i;

	wait->count = 0;
	wait->end = pool->stop_signal == 0 ? pool->deadline :
					     pool->stop_deadline;
	watch(wait, pool->serve->sig_fd);
	watch(wait, pool->crew.report_fd);
	for (i = 0; i < pool->listeners->count && !breathe && !is_full; i++)
		watch(wait, pool->listeners->fds[i]);
	sooner(wait, lobby_expire(&pool->lobby));
	wait->first_silent = wait->count;
	wait->count += lobby_watch(&pool->lobby, wait->fds + wait->count);
	if (pool->crew.busy >= pool->crew.max_busy &&
	    lobby_first(&pool->lobby) != NULL)
		sooner(wait, crew_send_away(&pool->crew));
	sooner(wait, crew_retire(&pool->crew, IDLE_MS));
	feed_watchdog(pool, wait);
	if (pool->stats != NULL)
		sooner(wait, stats_tend(pool->stats));
	if (breathe)
		sooner(wait, clock_after(BREATH_MS));
	if (is_full)
		sooner(wait, clock_after(FULL_LOOK_MS));
}

/* Returns a signal by which to end now, or 0; sets *breathe. */
static int
handle(struct pool *pool, const struct wait *wait, int *breathe)
{
	int i;

	/* Before anybody comes or goes. */
	lobby_note(&pool->lobby, wait->fds + wait->first_silent);
	if (wait->fds[1].revents != 0)
		crew_hear(&pool->crew);
	for (i = 2; i < wait->first_silent; i++) {
		if (wait->fds[i].revents != 0)
			*breathe |= accept_clients(pool, wait->fds[i].fd);
	}
	return wait->fds[0].revents != 0 ? take_signals(pool) : 0;
}

/* Returns a signal by which to end now, or 0. */
static int
run_once(struct pool *pool, struct wait *wait, int *breathe)
{
	int n, signo;

	prepare(pool, wait, *breathe);
	*breathe = 0;
	give_turns(pool, wait);
	n = poll(wait->fds, (nfds_t)wait->count, clock_left(wait->end));
	signo = n > 0 ? handle(pool, wait, breathe) : 0;
	if (n < 0)
		signo = take_signals(pool);
	*breathe |= assign_clients(pool);
	return signo != 0 ? signo : look_at_clock(pool);
}

static void
stop(struct pool *pool)
{
	listen_close(pool->listeners);
	lobby_clear(&pool->lobby);
	if (pool->stats != NULL)
		stats_stop(pool->stats);
	crew_end(&pool->crew, pool->serve->sig_fd);
	crew_close(&pool->crew);
	shares_clear(&pool->shares);
}

/* --- start ------------------------------------------------------------- */

static int
at_least(int least, int n)
{
	return n < least ? least : n;
}

/*
 * Shares out the fds that this process may have: returns how many places the
 * lobby has. Workers and compilers shall have as many as they always had.
 */
static int
find_places(struct pool *pool, int *most_workers)
{
	const int workers = pool->serve->board->size;
	int files = fd_raise_limit(LOBBY_MAX + workers + OTHER_FDS,
				   &pool->serve->files) - OTHER_FDS;

	*most_workers = at_least(LEAST, workers < files / 2 ? workers :
							      files / 2);
	return at_least(LEAST, files - *most_workers);
}

/* For a worker, which shall not hold open what is the parent's. */
static void
forget(void *arg)
{
	struct pool *pool = arg;

	listen_close(pool->listeners);
	if (pool->stats != NULL)
		listen_close(&pool->stats->listeners);
}

static int
bury_other(void *arg, pid_t pid, int status)
{
	struct pool *pool = arg;

	return pool->stats != NULL && stats_bury(pool->stats, pid, status);
}

/* For the statistics server, which needs neither clients nor jobs. */
static void
let_go(void *arg)
{
	struct pool *pool = arg;

	crew_forget(&pool->crew);
	lobby_forget(&pool->lobby);
	listen_close(pool->listeners);
	close(pool->serve->null_fd);
	close(pool->serve->workdir->lock_fd);
}

static int
open_pool(struct pool *pool)
{
	const struct options *options = pool->serve->options;
	int places, workers;

	places = find_places(pool, &workers);
	pool->shares = (struct shares)SHARES_INIT;
	lobby_init(&pool->lobby, places, &pool->shares, pool->serve);
	return crew_open(&pool->crew, pool->serve, &pool->lobby,
			 &pool->shares, options->jobs + options->receivers,
			 workers);
}

int
pool_run(struct pool *pool)
{
	struct wait wait;
	int signo, breathe = 0;

	if (open_pool(pool) < 0) {
		log_error_r(ERR_SYS, "cannot start");
		return SIGTERM;
	}
	pool->crew.forget = forget;
	pool->crew.bury_other = bury_other;
	pool->crew.arg = pool;
	if (pool->stats != NULL) {
		pool->stats->let_go = let_go;
		pool->stats->context = pool;
	}
	sig_catch(SIGCHLD);
	if (tether_adopt_orphans() < 0)
		log_warn_r(ERR_SYS, "cannot adopt orphans");
	pool->had_terminal = isatty(STDIN_FILENO);
	pool->watchdog_at =
		clock_after(notify_interval_ms(pool->serve->settings));
	notify_send(pool->serve->settings, "READY=1");
	do
		signo = run_once(pool, &wait, &breathe);
	while (signo == 0);
	stop(pool);
	return signo;
}
