/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <syslog.h>

struct buf;

/*
 * One log, one sink. A line is "PROGRAM[PID] (function) SEVERITY TEXT", goes
 * out in one write, and never changes errno. Severities are syslog's LOG_*.
 * Control bytes in a line are masked, since names in it may come from a peer.
 * What is too long is cut.
 */

/* program is borrowed for ever. Until another sink is set, stderr is it. */
void log_init(const char *program);

/* Lines less severe than level are dropped. The default is LOG_WARNING. */
void log_set_level(int level);
int log_level(void);

/*
 * Whether the time stands before a line (stamp.h) that does not go to syslog,
 * which has its own. By default it does not.
 */
void log_set_stamps(int on);

enum log_format {
	LOG_FORMAT_TEXT,	/* as above */
	/*
	 * {"time":"2026-11-24T23:48:12.345+00:00","level":"info","pid":123,
	 * "function":"f","message":"TEXT"}, also to syslog, and always UTF-8.
	 */
	LOG_FORMAT_JSON
};

void log_set_format(enum log_format format);

/* Sends lines to fd, which stays the caller's. */
void log_to_fd(int fd);

/* Sends lines to syslog, facility daemon, without program and pid. */
void log_to_syslog(void);

/*
 * Appends lines to the file at path, which is created with mode 0666 less
 * the umask. Returns 0, or ERR_SYS and leaves the sink as it was.
 */
int log_to_file(const char *path);

/*
 * The level called name: "emerg", "emergency", "alert", "crit", "critical",
 * "err", "error", "warn", "warning", "notice", "note", "info", "debug".
 * Returns -1 for any other name.
 */
int log_level_by_name(const char *name);

void log_line(int level, const char *function, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* As log_line, with ": " and err_text(r) behind. */
void log_line_r(int r, int level, const char *function, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/*
 * Writes text, or in LOG_FORMAT_JSON, in place of "message", members, which
 * are the inside of an object, as {"a":1,"b":[2]} without its braces. What does
 * not fit into a line, which has room for 3800 bytes of them, is left out, all
 * of it, and text is the message.
 */
void log_record(int level, const char *function, const char *text,
		const struct buf *members);

#define log_at(level, ...) log_line(level, __func__, __VA_ARGS__)
#define log_critical(...) log_line(LOG_CRIT, __func__, __VA_ARGS__)
#define log_error(...) log_line(LOG_ERR, __func__, __VA_ARGS__)
#define log_warn(...) log_line(LOG_WARNING, __func__, __VA_ARGS__)
#define log_notice(...) log_line(LOG_NOTICE, __func__, __VA_ARGS__)
#define log_info(...) log_line(LOG_INFO, __func__, __VA_ARGS__)
#define log_debug(...) log_line(LOG_DEBUG, __func__, __VA_ARGS__)

#define log_error_r(r, ...) log_line_r(r, LOG_ERR, __func__, __VA_ARGS__)
#define log_warn_r(r, ...) log_line_r(r, LOG_WARNING, __func__, __VA_ARGS__)
#define log_info_r(r, ...) log_line_r(r, LOG_INFO, __func__, __VA_ARGS__)

#endif
