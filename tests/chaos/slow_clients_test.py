#!/usr/bin/python3
"""Clients that send a byte now and then, or read none, hold nobody up, and are cut off."""

import pathlib
import socket
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import harness  # noqa: E402

CLIENTS = 100  # of each kind
HEADER_SECONDS = 10  # what a request's head may take
PATIENCE_SECONDS = 8  # more, on a busy machine
HEAD = b"GET /api/v1/genres HTTP/1.1\r\nHost: slow\r\n"
BODY = b"POST /api/v1/movies/1/views HTTP/1.1\r\nHost: slow\r\nContent-Length: 4000\r\n\r\n"


def is_cut(client: socket.socket) -> bool:
    """By the server: the end of the stream, or a reset; what it said before does not matter."""
    try:
        while client.recv(65536):
            pass
        return True
    except BlockingIOError:
        return False
    except OSError:
        return True


class SlowClients(harness.TestCase):
    def setUp(self):
        super().setUp()
        self.program = self.up("--no-starter", env={"FILMOTEKA_SCRAPER_RUN_SCHEDULES": "off"}).wait()
        self.clients = []
        self.addCleanup(lambda: [client.close() for client in self.clients])

    def connect(self, text: bytes, count: int) -> list[socket.socket]:
        made = []
        for _ in range(count):
            client = socket.create_connection(("127.0.0.1", self.program.port), timeout=10)
            client.sendall(text)
            client.setblocking(False)
            made.append(client)
        self.clients += made
        return made

    def test_they_are_cut_off_and_others_served(self):
        begin = time.monotonic()
        heads = self.connect(HEAD, CLIENTS)
        self.connect(BODY, CLIENTS)
        self.connect(HEAD + b"\r\n", CLIENTS)  # they read nothing
        slowest, answers = 0.0, 0
        while not all(is_cut(client) for client in heads):
            self.assertLess(time.monotonic() - begin, HEADER_SECONDS + PATIENCE_SECONDS, "slow heads are not cut off")
            for client in heads:
                try:
                    client.send(b"X")  # never the end of the head
                except OSError:
                    pass
            asked = time.monotonic()
            self.assertEqual(harness.get(self.program.url + "/api/v1/genres")[0], 200)
            slowest = max(slowest, time.monotonic() - asked)
            answers += 1
            time.sleep(0.1)
        taken = time.monotonic() - begin
        self.assertGreater(taken, HEADER_SECONDS / 2, "they were not given their time")
        self.assertLess(slowest, 2)
        print(f"{3 * CLIENTS} slow clients; heads cut off after {taken:.1f} s; {answers} answers to others meanwhile, the slowest "
              f"after {1000 * slowest:.0f} ms", flush=True)
        self.assertEqual(self.program.stop(), 0)


if __name__ == "__main__":
    harness.main()
