# SPDX-License-Identifier: GPL-2.0-or-later
"""A relay between client and daemon that counts bytes and packets-to-be."""

import select
import socket
import threading


class Relay:
    def __init__(self, port):
        self.target = port
        self.sent = self.received = self.reads = 0
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(client,),
                             daemon=True).start()

    def carry(self, client):
        with client, socket.create_connection(
                ("127.0.0.1", self.target)) as server:
            while True:
                ready, _, _ = select.select([client, server], [], [])
                for source in ready:
                    try:
                        data = source.recv(1 << 20)
                    except ConnectionResetError:
                        return
                    if not data:
                        return
                    self.reads += 1
                    if source is client:
                        self.sent += len(data)
                        server.sendall(data)
                    else:
                        self.received += len(data)
                        client.sendall(data)

    def close(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
