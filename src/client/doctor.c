/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client/doctor.h"

#include <stdlib.h>

#include <libiberty.h>

#include "client/doctor_client.h"
#include "client/doctor_host.h"
#include "client/doctor_report.h"

enum {
	ALL_WELL = 0,
	SOME_BAD = 1,
	NONE_USABLE = 2
};

static int
judge_all(const struct doctor_client *client, const struct doctor_host *hosts)
{
	size_t i, usable = 0, good = 0;

	for (i = 0; i < client->hosts.count; i++) {
		usable += (size_t)doctor_verdict_is_usable(hosts[i].verdict);
		good += (size_t)doctor_verdict_is_good(hosts[i].verdict);
	}
	if (client->problems.count > 0 || usable == 0)
		return NONE_USABLE;
	/* A word that is skipped is a host that its user counts on. */
	return good < client->hosts.count ||
			       client->hosts.complaints.count > 0 ?
		       SOME_BAD :
		       ALL_WELL;
}

int
doctor_run(const struct settings *settings, const char *name, int json)
{
	struct doctor_client client;
	struct doctor_host *hosts;
	size_t i;
	int code;

	doctor_client_check(&client, settings, name);
	if (!json)
		doctor_report_client(&client);
	hosts = xcalloc(client.hosts.count + 1, sizeof *hosts);
	for (i = 0; i < client.hosts.count; i++) {
		doctor_host_check(&hosts[i], &client.hosts.v[i], settings,
				  &client);
		if (!json)
			doctor_report_host(&hosts[i]);
	}
	code = judge_all(&client, hosts);
	if (json)
		doctor_report_json(&client, hosts, code);
	else
		doctor_report_verdicts(&client, hosts);
	for (i = 0; i < client.hosts.count; i++)
		doctor_host_clear(&hosts[i]);
	free(hosts);
	doctor_client_clear(&client);
	return code;
}
