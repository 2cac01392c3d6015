#!/usr/bin/python3
"""Servers that mean harm, each a source of one real scraper: every run ends within its limits and says why, memory stays,
and the well-behaved source beside them brings all its films."""

import functools
import gzip
import json
import pathlib
import signal
import socket
import subprocess
import threading
import time
import zlib

import harness

MIB = 1024 * 1024
FILMS = 40
TIMEOUT = 4
# A page of 10 MiB (what is taken at most), read into a tree, a few at a time, under the sanitizers. Each bomb alone would
# be over 1 GiB.
MOST_MEMORY = 700 * MIB


class Server:
    """Answers each request by `answer(path)`: bytes to be sent as they are, or an iterator of them."""

    def __init__(self, answer):
        self.answer = answer
        self.asked = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.ends = threading.Event()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client: socket.socket):
        with client:
            try:
                while True:
                    head = b""
                    while b"\r\n\r\n" not in head:
                        piece = client.recv(65536)
                        if not piece:
                            return
                        head += piece
                    path = head.split(b" ", 2)[1].decode()
                    if path == "/robots.txt":
                        client.sendall(page(b"", "text/plain", 404))
                        continue
                    self.asked += 1
                    answer = self.answer(path)
                    for piece in [answer] if isinstance(answer, bytes) else answer:
                        if self.ends.is_set():
                            return
                        client.sendall(piece)
            except OSError:
                return  # who asked has had enough

    def stop(self):
        self.ends.set()
        self.listener.close()


def page(body: bytes, content_type: str, status=200, headers="") -> bytes:
    return (f"HTTP/1.1 {status} Status\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
            .encode() + body)


def html(body: bytes) -> bytes:
    return page(b"<html><body>" + body + b"</body></html>", "text/html; charset=utf-8")


def film(number: int, title="Film") -> bytes:
    return f'<div class="film" data-id="{number}"><a href="/film/{number}">{title} {number}</a></div>'.encode()


@functools.cache
def gzip_bomb() -> bytes:
    """A gigabyte of spaces in a megabyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    body = packer.compress(b"<html><body>") + b"".join(packer.compress(b" " * MIB) for _ in range(1024)) + packer.flush()
    return page(body, "text/html", headers="Content-Encoding: gzip\r\n")


@functools.cache
def sitemap_bomb() -> bytes:
    return page(gzip.compress(b"<urlset>" + b" " * (512 * MIB) + b"</urlset>", 1), "application/gzip")


@functools.cache
def brotli_bomb() -> bytes:
    program = f"process.stdout.write(require('zlib').brotliCompressSync(Buffer.alloc({256 * MIB}, 32)))"
    made = subprocess.run(["node", "-e", program], capture_output=True, check=True)
    return page(made.stdout, "text/html", headers="Content-Encoding: br\r\n")


def entity_bomb() -> bytes:
    entities = '<!ENTITY a0 "film">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return page((f'<?xml version="1.0"?><!DOCTYPE rss [{entities}]><rss version="2.0"><channel><title>x</title>'
                 f"<item><title>&a9;</title><guid>1</guid><link>http://example.org/1</link></item></channel></rss>").encode(),
                "application/rss+xml")


def drops(piece=b"x"):
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n"
    while True:
        time.sleep(0.2)
        yield piece


def endless_body():
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>"
    while True:
        yield b"<p>more</p>" * 10_000


def endless_headers():
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        yield b"X-More: " + b"x" * 8_000 + b"\r\n"


DEFINITION = """name: {name}
title: {name}
kind: {kind}
base_url: {url}
network: {{allow_private: true}}
politeness: {{max_pages: 20}}
request: {request}
"""
HTML = """items: .film
fields:
  title: a
  source_id: {css: a, attribute: href}
  source_url: {css: a, attribute: href, filters: [resolve_url]}
"""
JSON = """items: films
fields:
  title: title
  source_id: id
  source_url: {template: "https://example.org/{id}"}
"""
FEED = """fields:
  title: title
  source_id: id
  source_url: link
"""
SITEMAP = """fields:
  title: loc
  source_id: loc
  source_url: loc
"""
NEXT = 'paging: {next: "a.next::attr(href)"}\n'
# (a+)+$ makes other engines than RE2 think for ever.
EVIL = HTML.replace("title: a\n", 'title: [{css: a, filters: [{regexp: "^(A|a+)+$"}]}, {template: Film}]\n')


class Hostile:
    def __init__(self, kind, rest, answer, ends, says="", request="/"):
        self.kind, self.rest, self.answer, self.ends, self.says, self.request = kind, rest, answer, ends, says, request


def followed(path: str) -> int:
    return int(path.rpartition("=")[2] or 0) if "=" in path else 0


HOSTILE = {
    "gzip-bomb": Hostile("html", HTML, lambda _: gzip_bomb(), {"unreachable", "drifted"}, "unpacks"),
    "brotli-bomb": Hostile("html", HTML, lambda _: brotli_bomb(), {"unreachable", "drifted"}, "unpacks"),
    "sitemap-bomb": Hostile("sitemap", SITEMAP, lambda _: sitemap_bomb(), {"drifted"}, "", "/sitemap.xml.gz"),
    "nested-tags": Hostile("html", HTML, lambda _: html(b"<b>" * 1_000_000), {"drifted"}),
    "nested-json": Hostile("json", JSON, lambda _: page(b'{"films":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "application/json"),
                           {"drifted"}),
    "entity-bomb": Hostile("feed", FEED, lambda _: entity_bomb(), {"drifted", "complete"}),
    "redirects": Hostile("html", HTML, lambda path: page(b"", "text/html", 302, f"Location: /{followed(path)}?n={followed(path) + 1}\r\n"),
                         {"unreachable", "drifted"}),
    "drops": Hostile("html", HTML, lambda _: drops(), {"unreachable"}),
    "endless-body": Hostile("html", HTML, lambda _: endless_body(), {"unreachable", "drifted"}),
    "endless-headers": Hostile("html", HTML, lambda _: endless_headers(), {"unreachable", "drifted"}),
    "next-is-itself": Hostile("html", HTML.replace("items", NEXT + "items", 1), lambda _: html(film(1) + b'<a class="next" href="/">next</a>'),
                              {"complete"}),
    "next-for-ever": Hostile("html", HTML.replace("items", NEXT + "items", 1),
                             lambda path: html(film(followed(path)) + f'<a class="next" href="/?n={followed(path) + 1}">next</a>'.encode()),
                             {"limit"}),
    "evil-text": Hostile("html", EVIL, lambda _: html(b'<div class="film" data-id="1"><a href="/1">' + b"a" * 100_000 + b"!</a></div>"),
                         {"complete"}),
    "no-text": Hostile("json", JSON, lambda _: page(bytes(range(256)) * 1000, "application/json"), {"drifted"}),
}


class HostileSources(harness.TestCase):
    def setUp(self):
        super().setUp()
        self.sources = self.folder / "sources"
        self.sources.mkdir()
        for bomb in (gzip_bomb, sitemap_bomb, brotli_bomb):
            bomb()  # so that their servers are quick
        self.servers = {}
        for name, hostile in HOSTILE.items():
            self.servers[name] = Server(hostile.answer)
            self.define(name, hostile.kind, hostile.rest, hostile.request)
        body = json.dumps({"films": [{"id": str(n), "title": f"Film {n}"} for n in range(FILMS)]}).encode()
        self.servers["good"] = Server(lambda _: page(body, "application/json"))
        self.define("good", "json", JSON, "/films")
        for server in self.servers.values():
            self.addCleanup(server.stop)
        self.metadata = self.service("filmoteka-metadata", "--data", self.folder / "metadata")

    def define(self, name: str, kind: str, rest: str, request: str):
        (self.sources / f"{name}.yaml").write_text(
            DEFINITION.format(name=name, kind=kind, url=self.servers[name].url, request=request) + rest)

    def scraper(self) -> harness.Service:
        program = harness.Service(
            self.folder, "filmoteka-scraper", "--data", self.folder / "scraper", "--metadata", self.metadata.url, "--sources",
            self.sources, env={"FILMOTEKA_SCRAPER_FETCH_DELAY": "0ms", "FILMOTEKA_SCRAPER_FETCH_SOURCE_DELAYS": "false",
                               "FILMOTEKA_SCRAPER_FETCH_TIMEOUT": f"{TIMEOUT}s", "FILMOTEKA_SCRAPER_FETCH_ATTEMPTS": "1"})
        self.addCleanup(lambda: program.process.poll() is None and program.kill())
        return program.wait()

    def run_all(self, scraper: harness.Service) -> dict:
        """Starts every source at once; the runs when all have ended, by source."""
        for name in self.servers:
            status, _, body = harness.get(f"{scraper.url}/internal/v1/sources/{name}/run", method="POST")
            self.assertEqual(status, 202, f"{name}: {body}")

        def done():
            runs = harness.get_json(f"{scraper.url}/internal/v1/runs?limit=200")[1]["items"]
            return {run["source"]: run for run in runs} if all(run["state"] == "done" for run in runs) else None

        return harness.wait_until(done, "all runs to end", 120)

    def test_each_is_refused_within_its_limits_and_the_others_go_on(self):
        scraper = self.scraper()
        runs = self.run_all(scraper)
        self.assertEqual((runs["good"]["end_reason"], runs["good"]["new"]), ("complete", FILMS))
        for name, hostile in HOSTILE.items():
            run = runs[name]
            print(f"{name}: {run['end_reason']}: {run['message']}")
            with self.subTest(name, message=run["message"]):
                self.assertIn(run["end_reason"], hostile.ends)
                self.assertIn(hostile.says, run["message"])
                if run["end_reason"] not in ("complete", "limit"):
                    self.assertTrue(run["message"], "it says why")
                self.assertLessEqual(self.servers[name].asked, 25, "it is not asked for ever")
                self.assertLess(run["duration_seconds"], 60)
        memory = int(next(line.split()[1] for line in pathlib.Path(f"/proc/{scraper.process.pid}/status").read_text().splitlines()
                          if line.startswith("VmHWM"))) * 1024
        print(f"the scraper took at most {memory // MIB} MiB")
        self.assertLess(memory, MOST_MEMORY)
        self.assertEqual(scraper.stop(signal.SIGTERM), 0, scraper.output()[-4000:])

    def test_a_definition_that_is_a_bomb_is_refused_and_the_rest_counts(self):
        bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
            f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(8))
        (self.sources / "bomb.yaml").write_text(bomb)
        (self.sources / "deep.yaml").write_text("name: deep\nfields: " + "[" * 20_000 + "]" * 20_000)
        scraper = self.scraper()
        names = {source["name"] for source in harness.get_json(f"{scraper.url}/internal/v1/sources")[1]["items"]}
        self.assertEqual(names, set(self.servers))
        self.assertIn("bomb.yaml", scraper.output())
        self.assertIn("deep.yaml", scraper.output())


if __name__ == "__main__":
    harness.main()
