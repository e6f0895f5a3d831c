/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef AGENT_LOOP_H
#define AGENT_LOOP_H

struct door;
struct program;
struct service;

/*
 * Answers who comes in by door, many at a time, until the agent is told to
 * leave by a signal (sig_fd is what sig_open gave) or a question, nobody asked
 * for idle_ms (-1: for ever), its door is not its own any more, or it runs a
 * program that was replaced. Whoever was in the queue by then is answered.
 */
void loop_run(const struct door *door, struct service *service,
	      const struct program *program, int sig_fd, int idle_ms);

#endif
