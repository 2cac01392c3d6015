#!/usr/bin/python3
"""Sends ambiguous requests through a real gateway and compares the bytes that arrive behind it: of one request in,
at most one comes out, framed by the gateway itself, and nothing of the client's framing with it.

Every case is a connection of its own; its sending half is closed after the last byte, and the gateway's end of the
connection says that nothing more can come out of it.
"""

import pathlib
import re
import socket
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import harness  # noqa: E402
from recording_origin import RecordingOrigin  # noqa: E402
from smuggling_cases import cases  # noqa: E402

PATIENCE_SECONDS = 30
# What a gateway may say to the metadata service; everything else would have come from the client.
INTERNAL_HEADERS = {"host", "accept", "x-request-id", "x-request-timeout-ms", "traceparent"}


def talk(port, request):
    """All that the gateway answers until it closes."""
    answers = b""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as connection:
        try:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it may refuse and close before it has read everything
        try:
            while more := connection.recv(65536):
                answers += more
        except ConnectionResetError:
            pass
    return answers


class Smuggling(harness.TestCase):
    def gateway(self, *arguments):
        self.port = harness.free_port()
        program = harness.Program(self.folder, "filmoteka-gateway", "--listen", f"127.0.0.1:{self.port}",
                                  "--ops-listen", "127.0.0.1:0", *arguments)
        self.addCleanup(lambda: program.process.poll() is None and program.kill())
        return program

    def origin(self, answer):
        origin = RecordingOrigin(answer)
        self.addCleanup(origin.close)
        return origin

    def check(self, case, seen, faults, own, second):
        self.assertEqual(faults, [])
        first = [request for request in seen if request.target.split("?")[0] == own]
        others = [request for request in seen if request.target == second]
        self.assertEqual(len(first) + len(others), len(seen), [request.raw for request in seen])
        self.assertLessEqual(len(first), len(case.forwarded), [request.raw for request in seen])
        self.assertLessEqual(len(others), 1 if case.further else 0, [request.raw for request in seen])
        if case.must:
            self.assertEqual(len(first), len(case.forwarded))
            self.assertEqual(len(others), 1 if case.further else 0)
        for request in seen:
            self.assertNotIn(b"mugg", request.raw)
            self.assertNotIn(b"gateway.test", request.raw.partition(b"\r\n\r\n")[0])
        return first, others

    def test_the_api_forwards_nothing_of_a_clients_framing(self):
        def answer(seen):
            return 200, ["Content-Type: application/json", 'ETag: "1"'], b'{"id":1}'

        origin = self.origin(answer)
        gateway = self.gateway("--metadata", origin.url)
        gateway.wait_ready(f"http://127.0.0.1:{self.port}/api/v1/readyz")
        origin.take()
        second = 999_000

        def target_of(number):
            return b"/api/v1/movies/%d" % (1000 + number)

        for number, case in enumerate(cases(target_of, b"/api/v1/movies/%d" % second)):
            # A film of its own for what is asked for rightly, or the cache would hide it.
            if case.further:
                case.request = case.request.replace(b"/movies/999000 ", b"/movies/%d " % (second + 1 + number))
            with self.subTest(case.name):
                answers = talk(self.port, case.request)
                seen, faults = origin.take()
                seen = [request for request in seen if "count=none" not in request.target]  # the gateway's probe
                wanted = second + 1 + number if case.further else second
                self.check(case, seen, faults, f"/internal/v1/movies/{1000 + number}", f"/internal/v1/movies/{wanted}")
                for request in seen:
                    self.assertEqual((request.method, request.body), ("GET", b""))
                    self.assertLessEqual({name for name, _ in request.headers}, INTERNAL_HEADERS)
                    self.assertNotIn(b"evil", request.raw.partition(b"\r\n")[2])
                asked = len(case.forwarded) + (1 if case.further else 0)
                good = len(re.findall(rb"^HTTP/1\.1 200 ", answers, re.MULTILINE))
                self.assertLessEqual(good, asked, answers)
        self.assertEqual(harness.get(f"http://127.0.0.1:{self.port}/api/v1/readyz")[0], 200)

    def test_a_proxied_origin_gets_one_request_framed_anew(self):
        def answer(seen):
            return 200, ["Content-Type: text/plain", "Cache-Control: no-store"], b"ok"

        origin = self.origin(answer)
        self.gateway("--origin", origin.url)
        harness.wait_until(lambda: harness.get(f"http://127.0.0.1:{self.port}/")[0] == 200, "the proxied origin")
        origin.take()
        for number, case in enumerate(cases(lambda n: b"/own/%d" % n, b"/second")):
            with self.subTest(case.name):
                talk(self.port, case.request)
                seen, faults = origin.take()
                first, _ = self.check(case, seen, faults, f"/own/{number}", "/second")
                for request, body in zip(first, case.forwarded):
                    self.assertEqual(request.body, body)
                    self.assertNotIn(b"evil", request.raw.partition(b"\r\n")[2])


if __name__ == "__main__":
    harness.main()
