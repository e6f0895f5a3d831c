/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAEMON_ESCAPE_H
#define DAEMON_ESCAPE_H

struct buf;

/* Text that somebody else wrote, on its way to where some bytes mean more. */

/*
 * Replaces, byte by byte, by '?' what is not UTF-8 and what mask_controls
 * replaces: control characters and marks that turn the direction of text.
 */
void escape_clean(char *text);

/*
 * Appends text as HTML, for the inside of an element or of a quoted
 * attribute. What is not UTF-8 becomes U+FFFD.
 */
void escape_html(struct buf *out, const char *text);

/*
 * Appends text as the value of a label of Prometheus, without the quotes
 * around it. What is not UTF-8 becomes U+FFFD.
 */
void escape_label(struct buf *out, const char *text);

#endif
