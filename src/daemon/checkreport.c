/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon/checkreport.h"

#include <pwd.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "base/args.h"
#include "base/buf.h"
#include "daemon/access.h"
#include "daemon/check.h"
#include "daemon/machine.h"
#include "daemon/options.h"
#include "daemon/policy.h"
#include "daemon/settings.h"

#define MIB (1024 * 1024)

static void
__attribute__((format(printf, 2, 3)))
say(const char *name, const char *fmt, ...)
{
	va_list ap;

	printf("%s: ", name);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
}

/* A bound that is none when it is 0. */
static void
say_bound(const char *name, int value, const char *unit)
{
	if (value == 0)
		say(name, "no limit");
	else
		say(name, "%d%s", value, unit);
}

static void
say_user(void)
{
	const struct passwd *pw = getpwuid(getuid());

	if (pw == NULL)
		say("user", "%ld, which no account has", (long)getuid());
	else
		say("user", "%s (%ld)", pw->pw_name, (long)getuid());
}

static void
say_rules(const char *name, const struct access *access, const char *if_none)
{
	struct buf text = BUF_INIT;
	size_t i;

	for (i = 0; i < access->count; i++) {
		buf_reset(&text);
		access_write_rule(&access->rules[i], &text);
		say(name, "%s", text.data);
	}
	if (access->count == 0)
		say(name, "%s", if_none);
	buf_clear(&text);
}

static void
say_addresses(const char *name, const struct args *list, int port,
	      const char *if_none)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		say(name, "port %d of %s", port, list->v[i]);
	if (list->count == 0)
		say(name, "port %d of %s", port, if_none);
}

static void
say_clients(const struct check *check)
{
	const struct options *options = check->options;

	say("mode", "%s", check->mode);
	if (check->own_sockets)
		say_addresses("listen", &options->listen, options->port,
			      "all addresses");
	say_rules("allow", &options->access,
		  check->needs_rule ? "nobody" : "everyone");
	say_rules("proxy-from", &options->balancers, "nobody");
	if (options->stats)
		say_addresses("stats", &options->stats_listen,
			      options->stats_port, "this machine only");
	else
		say("stats", "off");
}

/* Where the number of jobs comes from. */
static void
say_jobs(const struct options *options)
{
	const double quota = machine_quota();
	const int processors = machine_processors();

	if (!options->jobs_chosen)
		say("jobs", "%d", options->jobs);
	else if (quota == 0)
		say("jobs", "%d (chosen: 2 and %d processors, no quota)",
		    options->jobs, processors);
	else
		say("jobs", "%d (chosen: 2 and %d, of %d processors with a "
		    "quota of %.2f)", options->jobs, machine_cpus(),
		    processors, quota);
}

static void
say_floor(const char *name, int floor, int64_t now)
{
	if (floor == 0)
		say(name, "off");
	else if (now < 0)
		say(name, "%d MiB (what is free is not known)", floor);
	else
		say(name, "%d MiB (%lld MiB are free)", floor,
		    (long long)(now / MIB));
}

static void
say_limits(const struct check *check)
{
	const struct options *options = check->options;

	say_jobs(options);
	say("receivers", "%d", options->receivers);
	say_bound("jobs-per-client", options->jobs_per_client, "");
	say_bound("job-lifetime", options->job_lifetime, " s");
	say_bound("job-cpu-time", options->job_cpu_time, " s");
	say_bound("job-memory", options->job_memory, " MiB");
	say("job-output", "%d MiB", options->job_output);
	say_floor("min-free-memory", options->min_free_memory,
		  machine_free_memory());
	say_floor("min-free-disk", options->min_free_disk,
		  check->has_room ? machine_free_disk(".") : -1);
	say("nice", "%d", options->nice);
	say_bound("lifetime", options->lifetime, " s");
	say("drain-time", "%d s", options->drain_time);
}

static void
say_places(const struct check *check)
{
	static const char *const levels[] = {
		"emerg", "alert", "crit", "err", "warning", "notice", "info",
		"debug"
	};
	const struct options *options = check->options;

	say("TMPDIR", "%s (%s)", check->settings->tmpdir,
	    check->has_room ? "writable" : "not usable");
	say("log", "%s", options->log_stderr ? "the standard error" :
	    options->log_file != NULL ? options->log_file : "syslog");
	say("log-level", "%s", levels[options->level]);
	say("log-format", "%s", options->log_json ? "json" : "text");
	say("pid-file", "%s", options->pid_file != NULL ? options->pid_file :
							  "none");
	say("client timeout", "%d s", check->settings->idle_ms / 1000);
}

static void
say_compilers(const struct check *check, const struct policy *policy)
{
	const struct compilers *compilers = &policy->compilers;
	size_t i;

	say("sandbox", "none (compilers run as the daemon's account)");
	say("protocols", "1, 2, and 3 (pump mode)");
	say("PATH", "%s", check->settings->path);
	if (policy->has_cmdlist) {
		say("command list", "%s (compared by %d parts of a path)",
		    check->settings->cmdlist, policy->cmdlist.words);
		for (i = 0; i < policy->cmdlist.paths.count; i++)
			say("compiler", "%s", policy->cmdlist.paths.v[i]);
		return;
	}
	say("command list", "none");
	if (policy->anything)
		say("compiler", "any program at all");
	for (i = 0; i < compilers->names.count; i++)
		say("compiler", "%s = %s", compilers->names.v[i],
		    compilers->paths.v[i]);
}

void
checkreport_print(const struct check *check, const struct policy *policy)
{
	const struct options *options = check->options;

	say("config", "%s", options->config != NULL ? options->config :
						      "none");
	say_user();
	putchar('\n');
	say_clients(check);
	putchar('\n');
	say_limits(check);
	putchar('\n');
	say_places(check);
	putchar('\n');
	say_compilers(check, policy);
	putchar('\n');
	if (check->exitcode < 0)
		say("verdict", "it would start");
	else
		say("verdict", "it would not start: exit status %d",
		    check->exitcode);
	fflush(stdout);
}
