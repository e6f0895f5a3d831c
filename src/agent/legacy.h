/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef AGENT_LEGACY_H
#define AGENT_LEGACY_H

struct conn;
struct service;

/*
 * Answers, as an include server of distcc 3.x does, the question of its
 * clients: CDIR, ARGC, ARGV... The answer, ARGC and ARGV..., names files of the
 * mirror; no word at all means that the client had better preprocess. A
 * question that makes no sense has no answer.
 */
void legacy_answer(struct service *service, struct conn *conn);

#endif
