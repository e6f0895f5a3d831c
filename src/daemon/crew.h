/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_CREW_H
#define DAEMON_CREW_H

#include <stdint.h>
#include <sys/types.h>

#include "daemon/board.h"

struct lobby;
struct serve;
struct share;
struct shares;
struct visitor;

/*
 * The workers, as the parent sees them. A worker does one job after the
 * other, but all of them for one client's address: whatever a hostile client
 * might make of it, it is given no other client's connection.
 */
enum member_state {
	MEMBER_IDLE,
	MEMBER_BUSY,		/* receives, sends, or talks */
	MEMBER_WAITING,		/* for its turn to compile */
	MEMBER_RUNNING		/* a compiler may run */
};

struct member {
	pid_t pid;		/* 0: there is none */
	int control;		/* for orders; -1: it was told to leave */
	enum member_state state;
	int64_t sent_away_ms;	/* its client kept others waiting; 0: no */
	unsigned served;	/* jobs so far */
	uint32_t job;		/* the number of its job */
	struct share *share;	/* whom it works for */
	int64_t since_ms;	/* when its state began */
	uint64_t turn;		/* lower is earlier; while it waits */
	uint64_t moved;		/* bytes to and from its client ... */
	int64_t moved_ms;	/* ... then */
};

struct crew {
	struct member *v;	/* the slots of the board, or fewer */
	int size;
	int max_busy;		/* as many may have a job at a time */
	int busy, waiting, running;
	int report_fd;		/* to be polled for what workers report */
	int listen_end;		/* of the same pipe, what workers write to */
	uint32_t jobs;
	uint64_t turns;
	struct serve *serve;
	struct lobby *lobby;
	struct shares *shares;
	/* closes what a worker shall not keep */
	void (*forget)(void *arg);
	/* whether a child that ended, with status, was no worker */
	int (*bury_other)(void *arg, pid_t pid, int status);
	void *arg;	/* for both */
};

/* Slots that a board needs for so many workers with a job. */
int crew_slots(int max_busy);

/*
 * For at most size workers, if the board has slots for so many. Returns 0 or
 * ERR_SYS. All pointers are borrowed.
 */
int crew_open(struct crew *crew, struct serve *serve, struct lobby *lobby,
	      struct shares *shares, int max_busy, int size);

/* When nobody is left. */
void crew_close(struct crew *crew);

/* For a child that is no worker: closes what leads to those who are. */
void crew_forget(struct crew *crew);

/*
 * Gives visitor, who is in the lobby, to a worker, which is to answer with
 * refusal unless that is REFUSAL_NONE. Returns 1; 0 if it has to wait for a
 * worker; ERR_SYS if there is no process to be had.
 */
int crew_assign(struct crew *crew, struct visitor *visitor,
		enum refusal refusal);

/* Takes note of what workers reported. */
void crew_hear(struct crew *crew);

/*
 * Lets jobs that wait be compiled, as long as there is a slot: the oldest one
 * of the client for which the fewest compilers run. With may_start unset
 * nobody's turn comes now.
 */
void crew_give_turns(struct crew *crew, int may_start);

/*
 * Tells those who have waited for longer than ms, all of it after since_ms,
 * that their turn will not come. Returns when the next one has.
 */
int64_t crew_refuse_waiting(struct crew *crew, int64_t since_ms, int ms,
			    enum refusal refusal);

/*
 * Buries the dead, and cleans up after them; bury_other is asked first whether
 * one is another's.
 */
void crew_reap(struct crew *crew);

/*
 * While others wait for a worker: sends away one whose client neither sends
 * nor takes anything. Returns when to look again; CLOCK_NEVER if there is none
 * that could be sent away.
 */
int64_t crew_send_away(struct crew *crew);

/*
 * Workers that have had no job for ms leave, with 0 all that have none.
 * Returns when the next one has.
 */
int64_t crew_retire(struct crew *crew, int ms);

/* From now on no worker takes another job. */
void crew_renew(struct crew *crew);

/*
 * Ends all of them, by TERM, and those who do not heed it by KILL. sig_fd is
 * from sig_open; signals that come meanwhile are dropped.
 */
void crew_end(struct crew *crew, int sig_fd);

#endif
