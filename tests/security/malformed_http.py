#!/usr/bin/python3
"""Sends malformed and hostile requests to a running service and checks that it stays polite and alive.

    malformed_http.py URL        URL: http://127.0.0.1:8080 (a gateway or a metadata service)

Each case is one connection with raw bytes. The service must answer with exactly one complete answer of an
expected status (or, for a few cases, with one answer per request), then either close the connection or answer
the next request on it. After every case it must still answer an ordinary request.

Prints one line for each failure and `N passed, N failed` at the end; exits 1 if anything failed.
"""

import json
import socket
import sys
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PATIENCE_SECONDS = 30


@dataclass
class Case:
    name: str
    request: bytes
    statuses: tuple
    answers: int = 1
    problem: bool = True  # the answer must be application/problem+json
    closes: bool = False  # the connection must be closed by the service


@dataclass
class Answer:
    status: int
    headers: dict = field(default_factory=dict)
    body: bytes = b""


class Broken(Exception):
    """The service did something that is not an answer."""


class Connection:
    def __init__(self, host, port):
        self.socket = socket.create_connection((host, port), timeout=PATIENCE_SECONDS)
        self.buffer = b""

    def send(self, data):
        """The service may refuse and close before it has read everything: that is its right."""
        try:
            self.socket.sendall(data)
        except OSError:
            pass

    def fill(self):
        try:
            data = self.socket.recv(65536)
        except socket.timeout as error:
            raise Broken("no answer in time") from error
        except ConnectionResetError:
            data = b""
        self.buffer += data
        return len(data) > 0

    def read_answer(self):
        """None at the end of the connection."""
        while b"\r\n\r\n" not in self.buffer:
            if not self.fill():
                if self.buffer:
                    raise Broken(f"half an answer: {self.buffer[:80]!r}")
                return None
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        if not lines[0].startswith("HTTP/1.1 "):
            raise Broken(f"not a status line: {lines[0][:80]!r}")
        answer = Answer(int(lines[0][9:12]))
        for line in lines[1:]:
            name, _, value = line.partition(":")
            answer.headers[name.lower()] = value.strip()
        length = int(answer.headers.get("content-length", "0"))
        while len(self.buffer) < length:
            if not self.fill():
                raise Broken("the body of the answer is cut")
        answer.body, self.buffer = self.buffer[:length], self.buffer[length:]
        return answer

    def close(self):
        self.socket.close()


def cases(paths):
    """`paths`: a list of films and a path that takes a POST with a JSON body."""
    movies = paths["list"].encode()
    post = paths["post"].encode()

    def get(target, headers=b""):
        return b"GET " + target + b" HTTP/1.1\r\nHost: test\r\n" + headers + b"\r\n"

    def body(headers, content=b""):
        return b"POST " + post + b" HTTP/1.1\r\nHost: test\r\n" + headers + b"\r\n" + content

    smuggled = get(b"/smuggled")
    bad = (400,)
    # Where nothing takes a body, the router may answer first; the connection is closed.
    bad_body = bad if paths["takes_body"] else (*bad, 404, 405)
    table = [
        # Framing: where one request ends and the next begins.
        ("CL.TE", body(b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\nG" + smuggled), bad),
        ("TE.CL", body(b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", b"5c\r\n" + smuggled + b"\r\n0\r\n\r\n"), bad),
        ("TE.TE", body(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n", b"0\r\n\r\n" + smuggled), (400, 501)),
        ("TE twice", body(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"), bad),
        ("TE gzip", body(b"Transfer-Encoding: gzip\r\n", smuggled), (400, 501)),
        ("TE gzip, chunked", body(b"Transfer-Encoding: gzip, chunked\r\n", b"0\r\n\r\n"), (400, 501)),
        ("TE xchunked", body(b"Transfer-Encoding: xchunked\r\n", smuggled), (400, 501)),
        ("TE with tab", body(b"Transfer-Encoding:\tchunked, identity\r\n", smuggled), (400, 501)),
        ("TE with vertical tab", body(b"Transfer-Encoding: \x0bchunked\r\n", smuggled), bad),
        ("TE, space before colon", body(b"Transfer-Encoding : chunked\r\n", b"0\r\n\r\n"), bad),
        ("TE folded", body(b"Transfer-Encoding:\r\n chunked\r\n", b"0\r\n\r\n"), (400, 501)),
        ("TE behind a bare CR", body(b"X: y\rTransfer-Encoding: chunked\r\n", smuggled), bad),
        ("TE behind a bare LF", body(b"X: y\nTransfer-Encoding: chunked\r\n", smuggled), bad),
        ("CL twice", body(b"Content-Length: 0\r\nContent-Length: 30\r\n", smuggled), bad),
        ("CL twice the same", body(b"Content-Length: 0\r\nContent-Length: 0\r\n", smuggled), bad),
        ("CL list", body(b"Content-Length: 0, 0\r\n", smuggled), bad),
        ("CL plus", body(b"Content-Length: +0\r\n", smuggled), bad),
        ("CL minus", body(b"Content-Length: -1\r\n", smuggled), bad),
        ("CL hexadecimal", body(b"Content-Length: 0x0\r\n", smuggled), bad),
        ("CL empty", body(b"Content-Length:\r\n", smuggled), bad),
        ("CL overflow", body(b"Content-Length: 18446744073709551616\r\n", smuggled), (400, 413)),
        ("CL folded", body(b"Content-Length:\r\n\t0\r\n", smuggled), bad),
        ("CL with NUL", body(b"Content-Length: 0\x00\r\n", smuggled), bad),
        ("chunked on 1.0", b"POST " + post + b" HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled, bad),
        ("chunk size not hexadecimal", body(b"Transfer-Encoding: chunked\r\n", b"xyz\r\n\r\n" + smuggled), bad_body),
        ("chunk size 0x", body(b"Transfer-Encoding: chunked\r\n", b"0x2\r\nab\r\n0\r\n\r\n" + smuggled), bad_body),
        ("chunk size negative", body(b"Transfer-Encoding: chunked\r\n", b"-1\r\n\r\n" + smuggled), bad_body),
        ("chunk size overflow", body(b"Transfer-Encoding: chunked\r\n", b"1" + b"0" * 16 + b"2\r\nab\r\n0\r\n\r\n"), (*bad_body, 413)),
        ("chunk without CRLF", body(b"Transfer-Encoding: chunked\r\n", b"2\r\nabX\r\n0\r\n\r\n" + smuggled), bad_body),
        ("chunk header with bare LF", body(b"Transfer-Encoding: chunked\r\n", b"2\nab\r\n0\r\n\r\n" + smuggled), bad_body),
        ("chunk extension with bare LF", body(b"Transfer-Encoding: chunked\r\n", b"2;a\nb\r\nab\r\n0\r\n\r\n" + smuggled), bad_body),
        ("chunk extension of 1 MiB", body(b"Transfer-Encoding: chunked\r\n", b"2;" + b"a" * 1048576 + b"\r\nab\r\n0\r\n\r\n"), bad_body),
        # Heads.
        ("bare LF", b"GET " + movies + b" HTTP/1.1\nHost: test\n\n", bad),
        ("obs-fold", get(movies, b"X: a\r\n b\r\n"), bad),
        ("space before first header", b"GET " + movies + b" HTTP/1.1\r\n Host: test\r\n\r\n", bad),
        ("space before colon", get(movies, b"X : a\r\n"), bad),
        ("no colon", get(movies, b"nonsense\r\n"), bad),
        ("empty name", get(movies, b": a\r\n"), bad),
        ("NUL in a value", get(movies, b"X: a\x00b\r\n"), bad),
        ("control in a value", get(movies, b"X: a\x1bb\r\n"), bad),
        ("no Host", b"GET " + movies + b" HTTP/1.1\r\n\r\n", bad),
        ("Host twice", get(movies, b"Host: other\r\n"), bad),
        ("Host with a path", b"GET " + movies + b" HTTP/1.1\r\nHost: a/b\r\n\r\n", bad),
        ("Host with a user", b"GET " + movies + b" HTTP/1.1\r\nHost: u@a\r\n\r\n", bad),
        ("header of 1 MiB", get(movies, b"X: " + b"a" * 1048576 + b"\r\n"), (431,)),
        ("10,000 headers", get(movies, b"X: a\r\n" * 10000), (431,)),
        ("200 headers", get(movies, b"X: a\r\n" * 200), (431,)),
        ("target of 64 KiB", get(movies + b"?q=" + b"a" * 65536), (414, 431)),
        ("expectation", body(b"Expect: tea\r\nContent-Length: 0\r\n"), (417,)),
        # Request lines.
        ("not HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", bad),
        ("JSON without HTTP", b'{"a": 1}\r\n\r\n', bad),
        ("HTTP/0.9", b"GET " + movies + b"\r\n\r\n", bad),
        ("HTTP/2.0", b"GET " + movies + b" HTTP/2.0\r\nHost: test\r\n\r\n", (400, 505)),
        ("HTTP/2 preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", (400, 505)),
        ("HTTP/9.9", b"GET / HTTP/9.9\r\nHost: test\r\n\r\n", (400, 505)),
        ("space in the target", get(b"/a b"), bad),
        ("control in the target", get(b"/a\x01b"), bad),
        ("NUL in the target", get(b"/a\x00b"), bad),
        ("fragment in the target", get(b"/a#b"), bad),
        ("raw UTF-8 in the target", get("/фильм".encode()), bad),
        ("absolute target", get(b"http://elsewhere/"), bad),
        ("no slash", get(b"api/v1/movies"), bad),
        ("CONNECT", b"CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n", (405, 501)),
        ("TRACE", b"TRACE / HTTP/1.1\r\nHost: test\r\n\r\n", (405, 501)),
        ("method of 10 KiB", b"A" * 10240 + b" / HTTP/1.1\r\nHost: test\r\n\r\n", (405, 414, 431, 501)),
        ("unknown method", b"BREW " + movies + b" HTTP/1.1\r\nHost: test\r\n\r\n", (405, 501)),
        ("lower case method", b"get " + movies + b" HTTP/1.1\r\nHost: test\r\n\r\n", (405, 501)),
        # Bodies.
        ("10 MiB of JSON", body(b"Content-Type: application/json\r\nContent-Length: 10485760\r\n", b"[" + b" " * 10485758 + b"]"), (404, 405, 413)),
        ("10 MiB in chunks", body(b"Transfer-Encoding: chunked\r\n", (b"100000\r\n" + b" " * 1048576 + b"\r\n") * 10 + b"0\r\n\r\n"), (404, 405, 413)),
        # Paths and queries that are well framed.
        ("bad UTF-8 in the path", get(b"/%ff"), bad),
        ("overlong UTF-8 in the path", get(b"/%c0%af"), bad),
        ("NUL in the path", get(b"/a%00b"), bad),
        ("broken %-sequence in the path", get(b"/a%zz"), bad),
        ("encoded slash", get(movies + b"/1%2f2"), bad),
        ("dot segments", get(b"/../../etc/passwd"), bad),
        ("encoded dot segments", get(b"/%2e%2e/%2e%2e/etc/passwd"), bad),
        ("bad UTF-8 in the query", get(movies + b"?q=%ff"), bad),
        ("NUL in the query", get(movies + b"?q=%00"), bad),
        ("broken %-sequence in the query", get(movies + b"?q=%"), bad),
        ("unknown parameter", get(movies + b"?no_such_parameter=1"), bad),
        ("page 0", get(movies + b"?page=0"), bad),
        ("page that is no number", get(movies + b"?page=two"), bad),
        ("page that overflows", get(movies + b"?page=99999999999999999999999"), bad),
        ("negative year", get(movies + b"?year=-1"), bad),
        ("year that is no number", get(movies + b"?year=%D0%B3%D0%BE%D0%B4"), bad),
        ("unknown sort", get(movies + b"?sort=no_such_field"), bad),
        ("query of 1,000 parameters", get(movies + b"?" + b"genre=a&" * 1000), bad + (414,)),
        ("film that is no number", get(movies + b"/abc"), (400, 404)),
        ("film that overflows", get(movies + b"/99999999999999999999999"), (400, 404)),
        ("wrong method", b"DELETE " + movies + b" HTTP/1.1\r\nHost: test\r\n\r\n", (405,)),
        ("unknown path", get(b"/internal/v1/no-such-thing"), (200, 404)),
    ]
    made = [Case(name, request, statuses) for name, request, statuses in table]
    for case in made:
        case.problem = case.name != "unknown path"
    valid = get(movies + b"?per_page=1")
    made.append(Case("pipelined requests", valid + valid + valid, (200,), answers=3, problem=False))
    made.append(Case("good, then bad", valid + get(movies, b"X : a\r\n") + smuggled, (200, 400), answers=2, problem=False, closes=True))
    return made


def check(case, host, port):
    """Nothing, or what was wrong."""
    connection = Connection(host, port)
    try:
        connection.send(case.request)
        for _ in range(case.answers):
            answer = connection.read_answer()
            if answer is None:
                return "the connection was closed without an answer"
            if answer.status not in case.statuses:
                return f"status {answer.status}, expected one of {case.statuses}"
            if case.problem:
                fault = check_problem(answer)
                if fault:
                    return fault
        closing = answer.headers.get("connection", "").lower() == "close"
        if case.closes and not closing:
            return "the connection should be closed after this"
        if closing:
            further = connection.read_answer()
            return f"a second answer: {further.status}" if further else None
        connection.send(b"GET /next-request HTTP/1.1\r\nHost: test\r\nX-Request-Id: next\r\nConnection: close\r\n\r\n")
        following = connection.read_answer()
        if following is None or following.headers.get("x-request-id") != "next":
            return "the connection stayed open but did not answer the next request in its turn"
        return None
    except (Broken, OSError, ValueError) as error:
        return str(error)
    finally:
        connection.close()


def check_problem(answer):
    if answer.headers.get("content-type") != "application/problem+json":
        return f"status {answer.status} is not application/problem+json"
    document = json.loads(answer.body)
    if document.get("status") != answer.status or not str(document.get("type", "")).startswith("urn:filmoteka:problem:"):
        return f"an odd problem document: {answer.body[:120]!r}"
    return None


def find_paths(host, port):
    """The gateway and the metadata service have the same lists under different prefixes."""
    for prefix in ("/api/v1", "/internal/v1"):
        connection = Connection(host, port)
        connection.send(f"GET {prefix}/movies?per_page=1 HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n".encode())
        answer = connection.read_answer()
        connection.close()
        if answer and answer.status == 200 and "json" in answer.headers.get("content-type", ""):
            post = f"{prefix}/movies:batch" if prefix == "/internal/v1" else f"{prefix}/movies/1/views"
            return {"list": f"{prefix}/movies", "post": post, "takes_body": prefix == "/internal/v1"}
    raise SystemExit(f"neither a gateway nor a metadata service answers at {host}:{port}")


def alive(paths, host, port):
    connection = Connection(host, port)
    try:
        connection.send(f"GET {paths['list']}?per_page=1 HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n".encode())
        answer = connection.read_answer()
        return answer is not None and answer.status == 200
    except (Broken, OSError):
        return False
    finally:
        connection.close()


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    url = urlsplit(sys.argv[1])
    host, port = url.hostname, url.port or 80
    paths = find_paths(host, port)
    passed = failed = 0
    for case in cases(paths):
        fault = check(case, host, port)
        if fault is None and not alive(paths, host, port):
            fault = "the service does not answer ordinary requests any more"
        if fault is None:
            passed += 1
        else:
            failed += 1
            print(f"FAILED {case.name}: {fault}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
