"""A source with as many films as one likes, as JSON, page after page, in a process of its own."""

import http.server
import json
import multiprocessing
import signal
import urllib.parse

from .. import films
from ..processes import free_port

PAGE_FILMS = 1_000
ABOUT = " ".join(films.WORDS)


def film(number: int) -> dict:
    word = films.WORDS[number % len(films.WORDS)]
    return {"id": str(number), "title": f"{word.capitalize()} {number}", "url": f"https://films.example/{number}",
            "year": 1930 + number % 96, "views": number * 7919 % 1_000_003, "duration": 3_600 + number % 7_200,
            "added": f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}T12:00:00Z", "image": f"https://images.example/{number}.jpg",
            "genres": [films.GENRES[number % len(films.GENRES)]], "about": f"{number}: {ABOUT}"}


def page(number: int, count: int) -> bytes:
    first = (number - 1) * PAGE_FILMS + 1
    found = [film(one) for one in range(first, min(first + PAGE_FILMS, count + 1))]
    return json.dumps({"has_next": first + PAGE_FILMS <= count, "results": found}, ensure_ascii=False).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    count = 0

    def do_GET(self) -> None:
        address = urllib.parse.urlsplit(self.path)
        found = address.path == "/films"
        body = page(int(urllib.parse.parse_qs(address.query)["page"][0]), self.count) if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments) -> None:
        pass


def serve(port: int, count: int) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Handler.count = count
    http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


def start(count: int) -> tuple[multiprocessing.Process, str]:
    """The process, to be terminated, and its address."""
    port = free_port()
    process = multiprocessing.Process(target=serve, args=(port, count), daemon=True)
    process.start()
    return process, f"http://127.0.0.1:{port}"
