#!/usr/bin/env python3
"""What a million clients cost the gateway in memory: each comes once, behind a proxy that is trusted, then all again.

Each may ask once a minute. Who is let in a second time within the minute was forgotten.
"""

import argparse
import pathlib
import socket
import tempfile
import time

from harness import programs

BATCH = 256  # requests in one write
SETTINGS = {"FILMOTEKA_GATEWAY_RATE_LIMIT_ENABLED": "on", "FILMOTEKA_GATEWAY_RATE_LIMIT_CACHED": "1",
            "FILMOTEKA_GATEWAY_TRUSTED_PROXIES": "127.0.0.1", "FILMOTEKA_GATEWAY_ACCESS_LOG": "off"}


def address_of(client: int) -> str:
    """IPv4 for one half, a /64 of IPv6 for the other."""
    if client % 2 == 0:
        return f"10.{client >> 16 & 255}.{client >> 8 & 255}.{client & 255}"
    return f"2001:db8:{client >> 16:x}:{client & 0xffff:x}::1"


class Connection:
    def __init__(self, port: int):
        self.socket = socket.create_connection(("127.0.0.1", port))

    def ask(self, clients: range) -> int:
        """How many of them are let in."""
        self.socket.sendall(b"".join(f"HEAD /robots.txt HTTP/1.1\r\nHost: bench\r\nX-Forwarded-For: {address_of(client)}"
                                     "\r\n\r\n".encode() for client in clients))
        received = b""
        while received.count(b"\r\n\r\n") < len(clients):
            piece = self.socket.recv(1 << 20)
            if not piece:
                raise SystemExit("the gateway has closed the connection")
            received += piece
        return received.count(b"HTTP/1.1 200 ")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    programs.add_arguments(parser)
    parser.add_argument("--clients", type=int, default=1_000_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="filmoteka-bench-") as folder:
        work = pathlib.Path(folder)
        running = []
        try:
            metadata, metadata_port = programs.start_metadata(arguments.bin, work, {1})
            running.append(metadata)
            gateway, port = programs.start_gateway(arguments.bin, work, {0}, metadata_port, SETTINGS)
            running.append(gateway)
            connection = Connection(port)
            connection.ask(range(BATCH))
            before = gateway.resident_bytes()
            for number in ("first", "second"):
                started = time.monotonic()
                clients = range(BATCH, arguments.clients + BATCH)
                let_in = sum(connection.ask(clients[first:first + BATCH]) for first in range(0, len(clients), BATCH))
                grown = gateway.resident_bytes() - before
                print(f"{number} time: {let_in} of {len(clients)} let in, in {time.monotonic() - started:.0f} s; "
                      f"{grown / 2**20:.1f} MiB more memory than before, {grown / len(clients):.1f} bytes a client")
        finally:
            for server in reversed(running):
                server.stop()


if __name__ == "__main__":
    main()
