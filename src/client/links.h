/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLIENT_LINKS_H
#define CLIENT_LINKS_H

/*
 * Makes dir a directory of links to this program, one for each compiler that
 * is found elsewhere in path (a PATH): makes dir and the links that are
 * missing, mends those that lead nowhere or to another distcc, removes those
 * to distcc whose compiler is gone. What else has a compiler's name there is
 * named and left alone. Says on stdout what it did; what it could not do is
 * logged. Returns the exit status: 0, or 1 if not all is as it should be.
 */
int links_install(const char *dir, const char *path);

#endif
