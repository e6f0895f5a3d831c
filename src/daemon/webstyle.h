/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_WEBSTYLE_H
#define DAEMON_WEBSTYLE_H

/* The style sheet of the page, for the inside of a <style> element. */
extern const char webstyle_text[];

#endif
