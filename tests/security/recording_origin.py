"""An origin that keeps the bytes it got: what a gateway in front of it has really sent.

It is deliberately strict: a request is a head, ended by an empty line, and as many bytes of body as its only
Content-Length says. Whatever does not fit that is kept in `faults`, because a lenient origin behind the gateway
would have read it in another way.
"""

import re
import socket
import threading
from dataclasses import dataclass

REQUEST_LINE = re.compile(rb"(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (/[\x21-\x7e]*) HTTP/1\.1\Z")
FIELD_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+): ?([\t\x20-\x7e\x80-\xff]*)\Z")


@dataclass
class Seen:
    """One request as it came."""

    method: str
    target: str
    headers: list  # (lower-case name, value)
    body: bytes
    raw: bytes

    def values(self, name):
        return [value for known, value in self.headers if known == name]


class RecordingOrigin:
    """Listens on a free port of the loopback; a thread for each connection. `answer(seen)` gives (status, headers,
    body); the rest of the answer is made here."""

    def __init__(self, answer):
        self.answer = answer
        self.requests = []
        self.faults = []
        self.lock = threading.Lock()  # guards requests and faults
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        buffer = b""
        with connection:
            try:
                while True:
                    while b"\r\n\r\n" not in buffer:
                        more = connection.recv(65536)
                        if not more:
                            if buffer:
                                self.fault(f"bytes that are no request: {buffer[:200]!r}")
                            return
                        buffer += more
                    head, buffer = buffer.split(b"\r\n\r\n", 1)
                    seen, length = self.parse(head)
                    while len(buffer) < length:
                        more = connection.recv(65536)
                        if not more:
                            self.fault(f"a body that is cut, after {head[:200]!r}")
                            return
                        buffer += more
                    seen.body, buffer = buffer[:length], buffer[length:]
                    seen.raw = head + b"\r\n\r\n" + seen.body
                    with self.lock:
                        self.requests.append(seen)
                    status, headers, body = self.answer(seen)
                    lines = [f"HTTP/1.1 {status} Answer", f"Content-Length: {len(body)}", *headers]
                    without_body = seen.method == "HEAD"
                    connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + (b"" if without_body else body))
            except OSError:
                return

    def parse(self, head):
        first, *lines = head.split(b"\r\n")
        match = REQUEST_LINE.match(first)
        if not match:
            self.fault(f"not a request line: {first[:200]!r}")
        headers = []
        for line in lines:
            field = FIELD_LINE.match(line)
            if not field:
                self.fault(f"not a header line: {line[:200]!r}")
                continue
            headers.append((field[1].decode().lower(), field[2].strip().decode("latin-1")))
        method, target = (match[1].decode(), match[2].decode()) if match else ("", "")
        seen = Seen(method, target, headers, b"", b"")
        if seen.values("transfer-encoding"):
            self.fault(f"a Transfer-Encoding was forwarded: {head[:400]!r}")
        if len(seen.values("host")) != 1:
            self.fault(f"not one Host: {head[:400]!r}")
        lengths = seen.values("content-length")
        if len(lengths) > 1 or any(not re.fullmatch(r"[0-9]{1,15}", length) for length in lengths):
            self.fault(f"an odd Content-Length: {lengths!r}")
            lengths = []
        return seen, int(lengths[0]) if lengths else 0

    def fault(self, text):
        with self.lock:
            self.faults.append(text)

    def take(self):
        """What came since the last call: (requests, faults)."""
        with self.lock:
            requests, faults = self.requests, self.faults
            self.requests, self.faults = [], []
        return requests, faults

    def close(self):
        self.listener.close()
