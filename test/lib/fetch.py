# SPDX-License-Identifier: GPL-2.0-or-later
"""Asks an HTTP server of this machine for one page.

usage: fetch.py HEADFILE PORT PATH [method=M] [from=ADDRESS] [to=ADDRESS]
       [NAME:VALUE...]

Writes the status and then the headers, a line each, into HEADFILE, and the
body to standard output. Fails if no whole answer comes.
"""

import http.client
import sys


def main():
    headfile, port, path = sys.argv[1:4]
    words = dict(w.split("=", 1) for w in sys.argv[4:] if ":" not in w)
    headers = dict(w.split(":", 1) for w in sys.argv[4:] if ":" in w)
    source = (words["from"], 0) if "from" in words else None
    connection = http.client.HTTPConnection(
        words.get("to", "127.0.0.1"), int(port), timeout=30,
        source_address=source)
    try:
        connection.request(words.get("method", "GET"), path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException) as error:
        sys.exit("fetch.py: %r" % error)
    with open(headfile, "w", encoding="latin-1") as out:
        out.write("%d\n" % answer.status)
        for name, value in answer.getheaders():
            out.write("%s: %s\n" % (name, value))
    sys.stdout.buffer.write(body)


main()
