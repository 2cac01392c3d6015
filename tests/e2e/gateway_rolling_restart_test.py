#!/usr/bin/python3
"""Two gateways on one port, restarted one after the other while clients ask: nobody sees an error."""

import socket
import sys
import threading

import harness

sys.path.insert(0, str(harness.ROOT / "tests/security"))
from recording_origin import RecordingOrigin  # noqa: E402


class Clients:
    """Threads that ask without a pause: some with a connection for each request, some with one for as long as the
    gateway wants it."""

    def __init__(self, port, each):
        self.port = port
        self.ended = threading.Event()
        self.lock = threading.Lock()  # guards answers and errors
        self.answers = 0
        self.errors = []
        kinds = [self.one_by_one] * each + [self.kept] * each
        self.threads = [threading.Thread(target=self.run, args=(kind,)) for kind in kinds]
        for thread in self.threads:
            thread.start()

    def run(self, kind):
        while not self.ended.is_set():
            try:
                answers = kind()
                with self.lock:
                    self.answers += answers
            except (OSError, ValueError) as error:
                with self.lock:
                    self.errors.append(f"{kind.__name__}: {error!r}")

    def one_by_one(self):
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            self.ask(connection, "Connection: close\r\n")
        return 1

    def kept(self):
        answers = 0
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            closing = False
            while not closing and not self.ended.is_set():
                closing = self.ask(connection, "")
                answers += 1
        return answers

    @staticmethod
    def ask(connection, more):
        connection.sendall(f"GET /robots.txt HTTP/1.1\r\nHost: test\r\n{more}\r\n".encode())
        answer = b""
        while not answer.endswith(b"/sitemap.xml\n"):
            data = connection.recv(65536)
            if not data:
                raise ValueError(f"the connection ended after {answer!r}")
            answer += data
        if not answer.startswith(b"HTTP/1.1 200 "):
            raise ValueError(f"not an answer: {answer[:100]!r}")
        return b"\r\nConnection: close\r\n" in answer

    def end(self):
        self.ended.set()
        for thread in self.threads:
            thread.join()


class RollingRestart(harness.TestCase):
    def start(self):
        operations = harness.free_port()
        program = harness.Program(
            self.folder, "filmoteka-gateway", "--listen", f"127.0.0.1:{self.port}", "--ops-listen", f"127.0.0.1:{operations}",
            "--metadata", self.origin.url, "--rate-limit", "false", env={"FILMOTEKA_GATEWAY_SHARE_PORT": "true"})
        self.addCleanup(lambda: program.process.poll() is None and program.kill())
        program.wait_ready(f"http://127.0.0.1:{operations}/readyz")
        return program

    def test_two_gateways_on_one_port_are_restarted_in_turn_without_an_error(self):
        self.origin = RecordingOrigin(lambda seen: (200, ["Content-Type: application/json", 'ETag: "1"'], b'{"id":1}'))
        self.addCleanup(self.origin.close)
        self.port = harness.free_port()
        gateways = [self.start(), self.start()]
        clients = Clients(self.port, 4)
        try:
            for turn in range(6):
                before = clients.answers
                self.assertEqual(gateways[turn % 2].stop(), 0)
                gateways[turn % 2] = self.start()
                harness.wait_until(lambda: clients.answers > before + 100, "answers after a restart")
        finally:
            clients.end()
        self.assertEqual(clients.errors[:5], [])
        print(f"{clients.answers} answers")

    def test_a_port_is_not_shared_by_accident(self):
        self.origin = RecordingOrigin(lambda seen: (200, [], b"{}"))
        self.addCleanup(self.origin.close)
        self.port = harness.free_port()
        self.start()
        other = harness.Program(self.folder, "filmoteka-gateway", "--listen", f"127.0.0.1:{self.port}",
                                "--ops-listen", "127.0.0.1:0", "--metadata", self.origin.url)
        self.assertNotEqual(other.process.wait(30), 0)
        self.assertIn("Address already in use", other.output())
        other.stop()


if __name__ == "__main__":
    harness.main()
