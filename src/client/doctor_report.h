/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_DOCTOR_REPORT_H
#define CLIENT_DOCTOR_REPORT_H

struct doctor_client;
struct doctor_host;

/*
 * Print to standard output what was found: for people, piece by piece as it
 * is found, or all of it as one JSON object. hosts has a result for each of
 * client->hosts, in their order; code is the exit status.
 */
void doctor_report_client(const struct doctor_client *client);
void doctor_report_host(const struct doctor_host *result);
void doctor_report_verdicts(const struct doctor_client *client,
			    const struct doctor_host *hosts);
void doctor_report_json(const struct doctor_client *client,
			const struct doctor_host *hosts, int code);

#endif
