/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <libiberty.h>

#include "agent/ask.h"
#include "agent/detach.h"
#include "agent/door.h"
#include "agent/loop.h"
#include "agent/mirror.h"
#include "agent/options.h"
#include "agent/program.h"
#include "agent/service.h"
#include "agent/settings.h"
#include "agent/store.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/file.h"
#include "base/log.h"
#include "base/owner.h"
#include "base/path.h"
#include "base/sig.h"
#include "base/tmp.h"
#include "base/view.h"
#include "scan/scan.h"
#include "wire/agent_socket.h"

/* Each client may be about to get as many descriptors as there are. */
#define MAX_FDS 8192

/* Nobody else's umask, mask or handler is to be ours. */
static int
ready_signals(void)
{
	sigset_t none;
	int fd = sig_open();

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	sig_ignore(SIGPIPE);
	sig_ignore(SIGHUP);
	/* A file that may not grow is an error like any other. */
	sig_ignore(SIGXFSZ);
	sig_default(SIGCHLD);
	sig_catch(SIGTERM);
	sig_catch(SIGINT);
	return fd;
}

static int
start_log(const struct options *options)
{
	log_set_level(options->verbose ? LOG_DEBUG : LOG_INFO);
	if (options->log_file == NULL || log_to_file(options->log_file) == 0)
		return 0;
	log_error_r(ERR_SYS, "cannot open %s", options->log_file);
	return ERR_SYS;
}

static int
write_pid(const char *path)
{
	struct buf text = BUF_INIT;
	int r;

	if (path == NULL)
		return 0;
	buf_addf(&text, "%ld\n", (long)getpid());
	r = file_write(path, text.data, text.len);
	if (r < 0)
		log_error_r(r, "cannot write %s", path);
	buf_clear(&text);
	return r;
}

/* Sets up door, whoever made the socket. */
static int
open_door(struct door *door, const struct options *options, const char *path)
{
	char *dir = path_dir(path);
	int r = 0, fd = options->listen_fd;

	if (!owner_has_dir(dir) &&
	    (errno != ENOENT || path_make_dirs(dir, 0700) < 0 ||
	     !owner_has_dir(dir)))
		r = ERR_SYS;
	if (r == 0 && fd < 0) {
		fd = agent_socket_listen(path);
		r = fd < 0 ? fd : 0;
	}
	if (r == 0)
		r = door_init(door, fd, path);
	if (r < 0)
		log_error_r(r, "cannot listen at %s", path);
	free(dir);
	return r;
}

static void
open_service(struct service *service, const struct settings *settings,
	     const struct options *options)
{
	const struct scan_settings scan = {
		.cache_dir = settings->cache_dir,
		.tmp_dir = settings->tmp_dir,
	};

	*service = (struct service){ .view = BUF_INIT };
	service->scan = scan_new(&scan);
	service->store = store_new((uint64_t)options->memory << 20,
				   settings->tmp_dir);
	service->mirror = mirror_new(settings->mirror_dir);
	service->pathlist = settings->path;
	service->envp = settings->environment;
	service->started = clock_ms();
	view_add_all(&service->view);
}

static void
close_service(struct service *service)
{
	mirror_free(service->mirror);
	store_free(service->store);
	scan_free(service->scan);
	buf_clear(&service->view);
}

static void
serve(const struct door *door, const struct settings *settings,
      const struct options *options, int sig_fd)
{
	struct rlimit before;
	struct program program;
	struct service service;

	fd_raise_limit(MAX_FDS, &before);
	program_init(&program);
	open_service(&service, settings, options);
	loop_run(door, &service, &program, sig_fd,
		 options->idle_s > 0 ? options->idle_s * 1000 : -1);
	close_service(&service);
	program_clear(&program);
}

/* Returns what to exit with. */
static int
run(const struct settings *settings, const struct options *options,
    const char *path)
{
	int ready_fd = -1, sig_fd;
	struct door door;

	if (start_log(options) < 0)
		return EXIT_FAILURE;
	if (options->listen_fd < 0 && !options->no_detach)
		ready_fd = detach_start();
	sig_fd = ready_signals();
	if (sig_fd < 0 || open_door(&door, options, path) < 0)
		return EXIT_FAILURE;
	if (write_pid(options->pid_file) < 0) {
		door_lock(&door);
		return EXIT_FAILURE;
	}
	if (ready_fd >= 0)
		detach_ready(ready_fd);
	log_info("listens at %s", path);
	serve(&door, settings, options, sig_fd);
	if (options->pid_file != NULL)
		unlink(options->pid_file);
	return EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
	struct settings settings;
	struct options options;
	char *path = NULL;
	int code;

	/* Descriptors of our own are never taken for streams. */
	(void)fd_open_standard();
	log_init("distcc-agent");
	atexit(tmp_remove_all);
	settings_read(&settings);
	code = options_parse(&options, argc, argv);
	if (code >= 0)
		goto out;
	if (options.socket != NULL)
		path = xstrdup(options.socket);
	else if (settings.socket_dir != NULL)
		path = agent_socket_path(settings.socket_dir);
	if (path == NULL) {
		log_error("there is no home to have a socket in");
		code = EXIT_FAILURE;
	} else if (options.status || options.stop) {
		code = ask_agent(path, options.stop ? AGENT_LEAVE :
						      AGENT_STATUS);
	} else {
		code = run(&settings, &options, path);
	}
out:
	free(path);
	options_clear(&options);
	settings_clear(&settings);
	return code;
}
