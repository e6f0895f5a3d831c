/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_WAY_H
#define CLIENT_WAY_H

struct agent_plan;
struct buf;
struct cmdline;
struct settings;

/*
 * By which of two ways a job goes to a host that takes either: preprocessed
 * here, or with its sources, to be preprocessed there.
 */

/*
 * Whether the command's sources may be sent, as far as command and settings
 * tell. If not, says why: "environment: CPATH".
 */
int way_is_open(const struct settings *settings, const struct cmdline *cmd,
		struct buf *why);

/*
 * Whether servers run the command on its sources, with cwd as the name of the
 * working directory: what ours refuse is not worth the way there. If not, says
 * why.
 */
int way_is_served(const struct cmdline *cmd, const char *cwd,
		  struct buf *why);

/*
 * Whether to send the files of plan costs this machine less than to
 * preprocess, and does not burden the network several times as much. If not,
 * says why.
 */
int way_is_cheap(const struct agent_plan *plan, struct buf *why);

#endif
