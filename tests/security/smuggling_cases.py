"""Requests that two servers in a row might cut in different places, each with what may come out of a gateway.

Sources: RFC 9112 (3.2, 5, 6.1 to 6.3, 7.1, 9.3, 11.2), J. Kettle's "HTTP Desync Attacks" (CL.TE, TE.CL, TE.TE) and
"Browser-Powered Desync Attacks" (CL.0), the spellings of PortSwigger's http-request-smuggler.
"""

from dataclasses import dataclass, field


@dataclass
class Case:
    """`forwarded`: the bodies of the requests for the case's own target that may reach the origin, in their order; a
    prefix of the list may come, nothing else. `must`: all of it has to come. `further`: the second target may come
    too, once: the client really asked for it."""

    name: str
    request: bytes
    forwarded: list = field(default_factory=list)
    must: bool = False
    further: bool = False


# Header lines by which one server may see a chunked body and the next one none. None of them is right.
OBFUSCATED_TE = [
    b"Transfer-Encoding: xchunked",
    b"Transfer-Encoding : chunked",
    b"Transfer-Encoding\t: chunked",
    b" Transfer-Encoding: chunked",
    b"\tTransfer-Encoding: chunked",
    b"Transfer-Encoding:\r\n chunked",
    b"Transfer-Encoding:\r\n\tchunked",
    b"Transfer-Encoding: chunked\r\n x",
    b"Transfer-Encoding: chunked\x0b",
    b"Transfer-Encoding: \x0bchunked",
    b"Transfer-Encoding: chunked\x00",
    b"Transfer-Encoding:\x00chunked",
    b"Transfer-Encoding\x00: chunked",
    b"Transfer-Encoding: \x0cchunked",
    b"Transfer-Encoding: \xa0chunked",
    b"Transfer-Encoding: chunked\xff",
    b"Transfer-Encoding: 'chunked'",
    b'Transfer-Encoding: "chunked"',
    b"Transfer-Encoding: chunked;",
    b"Transfer-Encoding: chunked;q=1",
    b"Transfer-Encoding: chunked,",
    b"Transfer-Encoding: ,chunked",
    b"Transfer-Encoding: chunked, identity",
    b"Transfer-Encoding: identity, chunked",
    b"Transfer-Encoding: chunked, chunked",
    b"Transfer-Encoding: gzip, chunked",
    b"Transfer-Encoding: identity",
    b"Transfer-Encoding: cow",
    b"Transfer-Encoding:",
    b"Transfer-Encoding: chunk",
    b"Transfer-Encoding: chunkedchunked",
    b"Transfer-Encoding: chu nked",
    b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    b"Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
    b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    b"X: x\nTransfer-Encoding: chunked",
    b"X: x\rTransfer-Encoding: chunked",
    b"X: x\n\rTransfer-Encoding: chunked",
    b"Transfer-Encoding: chunked\rX: x",
    b"Transfer-Encoding\n: chunked",
    b"Transfer-Encoding\r: chunked",
    b"Transfer\rEncoding: chunked",
    b"Transfer-Encoding chunked",
    b":Transfer-Encoding: chunked",
]

WRONG_LENGTHS = [b"+5", b"-5", b"0x5", b"5, 5", b"5,5", b"5 5", b"5;", b"5.0", b"5e0", b"'5'", b"", b"five", b"5\x00", b"\x0b5",
                 b"5\x0c", b"0b101", b"5_0", b"\xb2", b"18446744073709551621", b"99999999999999999999999", b"5\r\n 5"]

WRONG_CHUNKS = {
    "size 0x": b"0x5\r\nhello\r\n0\r\n\r\n",
    "size with sign": b"+5\r\nhello\r\n0\r\n\r\n",
    "size negative": b"-5\r\nhello\r\n0\r\n\r\n",
    "size with space before": b" 5\r\nhello\r\n0\r\n\r\n",
    "size empty": b"\r\nhello\r\n0\r\n\r\n",
    "size overflow": b"10000000000000005\r\nhello\r\n0\r\n\r\n",
    "size with underscore": b"0_5\r\nhello\r\n0\r\n\r\n",
    "size behind NUL": b"\x005\r\nhello\r\n0\r\n\r\n",
    "size line ends with LF": b"5\nhello\r\n0\r\n\r\n",
    "size line ends with CR": b"5\rhello\r\n0\r\n\r\n",
    "extension with LF": b"5;a\nhello\r\n0\r\n\r\n",
    "extension with CR": b"5;a\rb\r\nhello\r\n0\r\n\r\n",
    "quoted extension with LF": b'5;a="\n"\r\nhello\r\n0\r\n\r\n',
    "data ends with LF": b"5\r\nhello\n0\r\n\r\n",
    "data without end": b"5\r\nhello0\r\n\r\n",
    "data longer than said": b"5\r\nhello!\r\n0\r\n\r\n",
    "last chunk ends with LF": b"5\r\nhello\r\n0\n\n",
    "trailer ends with LF": b"5\r\nhello\r\n0\r\nX: y\n\r\n",
    "trailer without colon": b"5\r\nhello\r\n0\r\nnonsense\r\n\r\n",
}


def cases(own, second):
    """`own(n)` is the target of case n, `second` one that no honest reading of a request asks for."""
    made = []
    hidden = b"GET " + second + b" HTTP/1.1\r\nHost: gateway.test\r\n\r\n"

    def add(name, build, forwarded=(), **more):
        made.append(Case(name, build(own(len(made))), list(forwarded), **more))

    def get(target, lines, body=b"", version=b"HTTP/1.1"):
        head = b"GET " + target + b" " + version + b"\r\nHost: gateway.test\r\n"
        return head + b"".join(line + b"\r\n" for line in lines) + b"\r\n" + body

    length = b"Content-Length: %d" % len(hidden)
    chunked = b"Transfer-Encoding: chunked"
    for lines in ([b"Content-Length: 6", chunked], [chunked, b"Content-Length: 6"]):
        add("CL.TE, " + lines[0].decode(), lambda t, l=lines: get(t, l, b"0\r\n\r\nG" + hidden))
    for lines in ([b"Content-Length: 4", chunked], [chunked, b"Content-Length: 4"]):
        inner = b"%x\r\n%s\r\n0\r\n\r\n" % (len(hidden), hidden)
        add("TE.CL, " + lines[0].decode(), lambda t, l=lines: get(t, l, inner))
    for line in OBFUSCATED_TE:
        add(f"TE.TE {line!r}", lambda t: get(t, [line], b"0\r\n\r\n" + hidden))
        add(f"TE.TE after CL {line!r}", lambda t: get(t, [length, line], hidden))
        add(f"TE.TE before CL {line!r}", lambda t: get(t, [line, length], hidden))
    for value in WRONG_LENGTHS:
        add(f"CL {value!r}", lambda t: get(t, [b"Content-Length: " + value], b"hello" + hidden))
    for lines in ([b"Content-Length: 5", b"Content-Length: 5"], [b"Content-Length: 0", length],
                  [length, b"Content-Length: 0"], [b"Content-Length : 5"], [b"Content-Length: 5", b"content-length: 6"]):
        add(f"CL {lines!r}", lambda t: get(t, lines, b"hello" + hidden))
    for name, body in WRONG_CHUNKS.items():
        add("chunks: " + name, lambda t: get(t, [chunked], body + hidden))
    add("chunked on HTTP/1.0", lambda t: get(t, [chunked], b"0\r\n\r\n" + hidden, b"HTTP/1.0"))
    add("HTTP/1.0 keep-alive, chunked", lambda t: get(t, [b"Connection: keep-alive", chunked], b"0\r\n\r\n" + hidden, b"HTTP/1.0"))
    add("HTTP/1.0 without keep-alive: nothing after it counts", lambda t: get(t, [], hidden, b"HTTP/1.0"), [b""], must=True)
    add("close: nothing after it counts", lambda t: get(t, [b"Connection: close"], hidden), [b""], must=True)
    add("version 1.2", lambda t: get(t, [], hidden, b"HTTP/1.2"))
    add("version 1.1 with space", lambda t: get(t, [], hidden, b"HTTP/1.1 "))
    add("version in lower case", lambda t: get(t, [], hidden, b"http/1.1"))

    # One request with a body that looks like a request.
    add("CL.0: the body is a request", lambda t: get(t, [length], hidden), [hidden], must=True)
    add("chunk is a request", lambda t: get(t, [chunked], b"%x\r\n%s\r\n0\r\n\r\n" % (len(hidden), hidden)), [hidden], must=True)
    add("chunk extensions are dropped", lambda t: get(t, [chunked], b"5;a=b;c=\"d\"\r\nhello\r\n0;e\r\n\r\n"), [b"hello"], must=True)
    add("trailers are dropped", lambda t: get(t, [chunked, b"Trailer: X-Smuggled"],
        b"5\r\nhello\r\n0\r\nX-Smuggled: 1\r\nHost: evil\r\nX-Forwarded-For: evil\r\n\r\n"), [b"hello"], must=True)
    for line in (b"Content-Length: 50", b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity"):
        add(f"trailer {line!r}", lambda t: get(t, [chunked], b"5\r\nhello\r\n0\r\n" + line + b"\r\n\r\n"), [b"hello"])
    add("chunk size with zeros and capitals", lambda t: get(t, [chunked], b"00A\r\n0123456789\r\n000\r\n\r\n"), [b"0123456789"], must=True)
    add("names in other case", lambda t: get(t, [b"TRANSFER-ENCODING:\tCHUNKED \t"], b"5\r\nhello\r\n0\r\n\r\n"), [b"hello"], must=True)
    add("CL with zeros", lambda t: get(t, [b"Content-Length: 005"], b"hello"), [b"hello"], must=True)
    for name in (b"Transfer_Encoding", b"X-Transfer-Encoding", b"Transfer-Encodings", b"TE"):
        add(f"{name!r} is not Transfer-Encoding", lambda t: get(t, [name + b": chunked", length], hidden), [hidden], must=True)
    add("Connection names framing headers", lambda t: get(t, [b"Connection: Content-Length, Transfer-Encoding, Host", length], hidden), [hidden], must=True)
    add("Expect and a body", lambda t: get(t, [b"Expect: 100-continue", length], hidden), [hidden], must=True)
    add("Expect in other words", lambda t: get(t, [b"Expect: 100-continue, x", length], hidden))
    add("Expect obfuscated", lambda t: get(t, [b"Expect: y 100-continue", length], hidden))
    add("Upgrade is not followed", lambda t: get(t, [b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c", b"HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"]), [b""], must=True)
    add("override headers", lambda t: get(t, [b"X-HTTP-Method-Override: DELETE", b"X-Original-URL: " + second, b"X-Rewrite-URL: " + second, b"X-Forwarded-Host: evil"]), [b""])

    # Two requests that the client really sent, and nothing more.
    add("pipelined", lambda t: get(t, []) + hidden, [b""], must=True, further=True)
    add("pipelined behind a body", lambda t: get(t, [b"Content-Length: 5"], b"hello") + hidden, [b"hello"], must=True, further=True)
    add("pipelined behind chunks", lambda t: get(t, [chunked], b"5\r\nhello\r\n0\r\nX: y\r\n\r\n") + hidden, [b"hello"], must=True, further=True)
    add("pipelined behind empty lines", lambda t: get(t, []) + b"\r\n\r\n" + hidden, [b""], must=True, further=True)
    add("good, then bad, then good", lambda t: get(t, []) + get(t, [b"X : y"]) + hidden, [b""], must=True)
    add("cut in the body", lambda t: get(t, [b"Content-Length: 500"], hidden))
    add("cut in a chunk", lambda t: get(t, [chunked], b"500\r\n" + hidden))
    add("cut in the trailer", lambda t: get(t, [chunked], b"0\r\nX: " + hidden[:20]))

    # Which resource is asked for.
    for lines in ([b"Host: other.test"], [b"host: gateway.test"]):
        add(f"Host twice {lines!r}", lambda t: get(t, lines, hidden))
    for host in (b"a b", b"a/b", b"a@b", b"a\x00b", b"a:b", b"a:123456", b"[::1", b"", b"a?b", b"a#b", b"a\\b"):
        add(f"Host {host!r}", lambda t: b"GET " + t + b" HTTP/1.1\r\nHost: " + host + b"\r\n\r\n" + hidden)
    add("Host missing", lambda t: b"GET " + t + b" HTTP/1.1\r\n\r\n" + hidden)
    add("Host folded", lambda t: b"GET " + t + b" HTTP/1.1\r\nHost:\r\n gateway.test\r\n\r\n" + hidden)
    add("absolute form", lambda t: b"GET http://evil.test" + second + b" HTTP/1.1\r\nHost: gateway.test\r\n\r\n")
    add("authority form", lambda t: b"GET gateway.test:80 HTTP/1.1\r\nHost: gateway.test\r\n\r\n" + hidden)
    add("CONNECT", lambda t: b"CONNECT gateway.test:80 HTTP/1.1\r\nHost: gateway.test:80\r\n\r\n" + hidden)
    for name, line in {"two spaces": b"GET  %s HTTP/1.1", "tab": b"GET\t%s HTTP/1.1", "leading space": b" GET %s HTTP/1.1",
                       "space in target": b"GET %s x HTTP/1.1", "CR in target": b"GET %s\r HTTP/1.1", "NUL in target": b"GET %s\x00 HTTP/1.1",
                       "LF line": b"GET %s HTTP/1.1\nX: y", "vertical tab": b"GET\x0b%s HTTP/1.1", "request in target": b"GET %s HTTP/1.1 HTTP/1.1",
                       "no version": b"GET %s", "high bytes": b"GET %s\xff HTTP/1.1", "fragment": b"GET %s#x HTTP/1.1"}.items():
        add("request line: " + name, lambda t: line % t + b"\r\nHost: gateway.test\r\n\r\n" + hidden)
    for name, lines in {"obs-fold": [b"X: a", b" b"], "bare LF": [b"X: a\nY: b"], "bare CR": [b"X: a\rY: b"], "NUL": [b"X: a\x00b"],
                        "no name": [b": a"], "space before colon": [b"X : a"], "no colon": [b"Xa"], "LF LF": [b"X: a\n\n" + hidden],
                        "CR CR": [b"X: a\r\r" + hidden], "CR LF LF": [b"X: a\r\n\n"]}.items():
        add("header: " + name, lambda t: get(t, lines, hidden))
    for name, value in {"CRLF in the query": b"?q=%0d%0aTransfer-Encoding:%20chunked", "CRLF twice in the query": b"?q=%0d%0a%0d%0aGET%20/",
                        "request in the query": b"?q=x%20HTTP/1.1%0d%0aHost:%20evil"}.items():
        add("encoded " + name, lambda t: get(t + value, []), [b""])
    return made
