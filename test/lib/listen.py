# SPDX-License-Identifier: GPL-2.0-or-later
"""Starts a daemon on a port that the kernel chose.

usage: listen.py PORTFILE PROGRAM [ARG...]

Listens on 127.0.0.1, and on ::1 where there is one, writes the port's number
into PORTFILE and becomes PROGRAM, which finds the sockets as systemd would
hand them over: from descriptor 3 on, told by LISTEN_FDS and LISTEN_PID. So
nobody races for a port, and a client may connect before the daemon is up.
"""

import os
import signal
import socket
import sys


def listen_both():
    """Sockets for both families on one port, or only the first's."""
    for _ in range(20):
        four = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        four.bind(("127.0.0.1", 0))
        four.listen(128)
        port = four.getsockname()[1]
        try:
            six = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
        except OSError:
            return [four], port
        six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        try:
            six.bind(("::1", port))
        except OSError as error:
            six.close()
            if error.errno == 98:  # EADDRINUSE: another port, then
                four.close()
                continue
            return [four], port
        six.listen(128)
        return [four, six], port
    raise SystemExit("listen.py: no port is free for both families")


def main():
    portfile, program = sys.argv[1], sys.argv[2:]
    sockets, port = listen_both()
    high = [os.dup2(s.fileno(), 200 + i) for i, s in enumerate(sockets)]
    for i, fd in enumerate(high):
        os.dup2(fd, 3 + i, inheritable=True)
        os.close(fd)
    for s in sockets:
        if s.fileno() < 3 + len(sockets):
            s.detach()
    os.environ["LISTEN_FDS"] = str(len(sockets))
    os.environ["LISTEN_PID"] = str(os.getpid())
    with open(portfile + ".new", "w", encoding="ascii") as out:
        out.write("%d\n" % port)
    os.rename(portfile + ".new", portfile)
    # Python ignores these; a daemon's init script does not.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    os.execvp(program[0], program)


main()
