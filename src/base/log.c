/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/json.h"
#include "base/mask.h"
#include "base/stamp.h"

#define LINE_SIZE 4090	/* one write of this size is not torn apart */

static struct {
	const char *program;
	int level;
	int fd;		/* -1: syslog */
	int own_fd;	/* fd was opened here */
	int stamps;
	enum log_format format;
} sink = { "distcc", LOG_WARNING, STDERR_FILENO, 0, 0, LOG_FORMAT_TEXT };

static const struct {
	const char *name;
	int level;
} levels[] = {
	{ "emerg", LOG_EMERG }, { "emergency", LOG_EMERG },
	{ "alert", LOG_ALERT },
	{ "crit", LOG_CRIT }, { "critical", LOG_CRIT },
	{ "err", LOG_ERR }, { "error", LOG_ERR },
	{ "warn", LOG_WARNING }, { "warning", LOG_WARNING },
	{ "notice", LOG_NOTICE }, { "note", LOG_NOTICE },
	{ "info", LOG_INFO },
	{ "debug", LOG_DEBUG },
};

static const char *const severity_words[] = {
	[LOG_EMERG] = "EMERGENCY! ",
	[LOG_ALERT] = "ALERT! ",
	[LOG_CRIT] = "CRITICAL! ",
	[LOG_ERR] = "ERROR: ",
	[LOG_WARNING] = "Warning: ",
	[LOG_NOTICE] = "",
	[LOG_INFO] = "",
	[LOG_DEBUG] = "",
};

/* As JSON has them; each is a name that log_level_by_name takes. */
static const char *const level_words[] = {
	[LOG_EMERG] = "emerg",
	[LOG_ALERT] = "alert",
	[LOG_CRIT] = "crit",
	[LOG_ERR] = "err",
	[LOG_WARNING] = "warning",
	[LOG_NOTICE] = "notice",
	[LOG_INFO] = "info",
	[LOG_DEBUG] = "debug",
};

void
log_init(const char *program)
{
	sink.program = program;
}

void
log_set_level(int level)
{
	sink.level = level;
}

int
log_level(void)
{
	return sink.level;
}

void
log_set_stamps(int on)
{
	sink.stamps = on;
}

void
log_set_format(enum log_format format)
{
	sink.format = format;
}

static void
set_fd(int fd, int own)
{
	if (sink.own_fd)
		close(sink.fd);
	sink.fd = fd;
	sink.own_fd = own;
}

void
log_to_fd(int fd)
{
	set_fd(fd, 0);
}

void
log_to_syslog(void)
{
	openlog(sink.program, LOG_PID, LOG_DAEMON);
	set_fd(-1, 0);
}

int
log_to_file(const char *path)
{
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);

	if (fd < 0)
		return ERR_SYS;
	set_fd(fd, 1);
	return 0;
}

int
log_level_by_name(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof levels / sizeof *levels; i++) {
		if (strcmp(levels[i].name, name) == 0)
			return levels[i].level;
	}
	return -1;
}

static size_t
__attribute__((format(printf, 3, 0)))
add_text(char *line, size_t len, const char *fmt, va_list ap)
{
	int n = vsnprintf(line + len, LINE_SIZE - len, fmt, ap);

	if (n < 0)
		return len;
	len += (size_t)n;
	return len < LINE_SIZE ? len : LINE_SIZE - 1;
}

static size_t
__attribute__((format(printf, 3, 4)))
add_textf(char *line, size_t len, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	len = add_text(line, len, fmt, ap);
	va_end(ap);
	return len;
}

static size_t
put_text(char *line, int level, const char *function, const char *text)
{
	char stamp[STAMP_SIZE];
	size_t len = 0;

	if (sink.fd >= 0 && sink.stamps) {
		stamp_write(stamp);
		len = add_textf(line, len, "%s ", stamp);
	}
	if (sink.fd >= 0)
		len = add_textf(line, len, "%s[%ld] ", sink.program,
				(long)getpid());
	return add_textf(line, len, "(%s) %s%s", function,
			 severity_words[level], text);
}

static size_t
put_json(char *line, int level, const char *function, const char *text,
	 const struct buf *members)
{
	struct buf object = BUF_INIT;
	struct json json;
	char stamp[STAMP_SIZE];
	size_t len, frame;

	stamp_write(stamp);
	json_init(&json, &object);
	json_open_object(&json, NULL);
	json_add_str(&json, "time", stamp);
	json_add_str(&json, "level", level_words[level]);
	json_add_int(&json, "pid", getpid());
	json_add_str(&json, "function", function);
	frame = object.len + sizeof ",\"message\":\"\"}";
	if (members == NULL || members->len > LINE_SIZE - frame)
		json_add_cut_str(&json, "message", text, LINE_SIZE - frame);
	else
		buf_addf(&object, ",%s", members->data);
	json_close_object(&json);
	len = add_textf(line, 0, "%s", object.data);
	buf_clear(&object);
	return len;
}

static void
write_line(int level, const char *function, const char *text,
	   const struct buf *members)
{
	char line[LINE_SIZE + 1];
	size_t len;

	if (sink.format == LOG_FORMAT_JSON)
		len = put_json(line, level, function, text, members);
	else
		len = put_text(line, level, function, text);
	mask_controls(line);
	if (sink.fd < 0) {
		syslog(level, "%s", line);
	} else {
		line[len++] = '\n';
		/* A log that cannot be written has nobody to be told to. */
		(void)fd_write_all(sink.fd, line, len);
	}
}

static void
__attribute__((format(printf, 4, 0)))
format_line(int level, const char *function, const char *reason,
	    const char *fmt, va_list ap)
{
	char text[LINE_SIZE];
	size_t len;
	int saved = errno;

	text[0] = '\0';
	len = add_text(text, 0, fmt, ap);
	if (reason != NULL)
		add_textf(text, len, ": %s", reason);
	write_line(level, function, text, NULL);
	errno = saved;
}

void
log_line(int level, const char *function, const char *fmt, ...)
{
	va_list ap;

	if (level > sink.level)
		return;
	va_start(ap, fmt);
	format_line(level, function, NULL, fmt, ap);
	va_end(ap);
}

void
log_line_r(int r, int level, const char *function, const char *fmt, ...)
{
	va_list ap;

	if (level > sink.level)
		return;
	va_start(ap, fmt);
	format_line(level, function, err_text(r), fmt, ap);
	va_end(ap);
}

void
log_record(int level, const char *function, const char *text,
	   const struct buf *members)
{
	int saved = errno;

	if (level > sink.level)
		return;
	write_line(level, function, text, members);
	errno = saved;
}
