#!/usr/bin/env python3
"""A cached page at the gateway, beside the caches of nginx, Varnish and HAProxy and a file of nginx, all in one run.

Servers run on one processor with one I/O thread or worker, the load and the origin on another. In each round everybody
takes his turn with the same load; medians of the rounds are compared, and ratios within each round. Compare processor time
a request, not requests a second: the load generator ends first. Results are kept in docs/performance/gateway.json; --docs
writes docs/performance.md.
"""

import argparse
import contextlib
import dataclasses
import pathlib
import re
import signal
import socket
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable

import idle_connections
from harness import caches, document, films, gateway_page, load, programs, results
from harness.processes import Server, Together, free_port, wait_until

LIST = "/movies?per_page={count}&sort=-views"
SCENARIOS = {  # name: (connections, headers, script of bench/gateway)
    "64 connections": (64, (), None),
    "1,024 connections": (1024, (), None),
    "64 connections, gzip": (64, ("Accept-Encoding: gzip",), None),
    "64 connections, a browser's codings (br)": (64, ("Accept-Encoding: gzip, deflate, br",), None),
    "64 connections, 16 requests in one write": (64, (), "pipelined.lua"),
    "64 clients, a connection for each request": (64, ("Connection: close",), None),
    "64 clients that think 0 to 8 ms": (64, (), "pauses.lua"),
}
LEVEL_CONNECTIONS = 16
MOST_NOT_HIT = 0.01  # of the requests of a round: the page expires every five seconds


@dataclasses.dataclass
class Place:
    """Where a page can be had. `behind` says how many requests came to the server behind it."""

    server: Server | Together
    url: str
    behind: Callable[[], int] = lambda: 0
    # An address for each coding: HAProxy gives the plain page to everybody once it has it.
    is_apart: bool = False


def fetch(url: str, coding: str = "identity") -> tuple[bytes, str]:
    """The body, and its coding."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": coding})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read(), answer.headers.get("Content-Encoding", "identity")


def counter(port: int, pattern: str) -> int:
    """The sum of the lines of a gateway's metrics that begin with `pattern`."""
    text = fetch(f"http://127.0.0.1:{port}/metrics")[0].decode()
    return int(sum(float(value) for value in re.findall(rf"^{pattern}.* (\S+)$", text, re.MULTILINE)))


def page_of(port: int, wanted_bytes: int) -> str:
    """The list whose answer is nearest to the wanted size."""
    targets = [LIST.format(count=count) for count in range(1, 101)]
    return min(targets, key=lambda target: abs(len(fetch(f"http://127.0.0.1:{port}/internal/v1{target}")[0]) - wanted_bytes))


def bodies_of(url: str) -> dict[str, bytes]:
    """The page by coding, as the gateway compresses it: the same bytes are what everybody else gets to serve."""
    bodies = {}
    for coding in ("identity", "gzip", "br"):
        wait_until(lambda one=coding: fetch(url, one)[1] == one, f"{url} in {coding}", 10)
        bodies[coding] = fetch(url, coding)[0]
    return bodies


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", type=pathlib.Path, default=programs.ROOT / "build/bench/bin",
                        help="the folder of the programs (default: build/bench/bin)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=2, help="of each round, load and server")
    parser.add_argument("--scenarios", nargs="*", default=list(SCENARIOS), choices=list(SCENARIOS), metavar="NAME",
                        help="which loads: " + "; ".join(SCENARIOS))
    parser.add_argument("--subjects", nargs="*", default=gateway_page.SUBJECTS, choices=gateway_page.SUBJECTS, metavar="NAME",
                        help="which servers: " + "; ".join(gateway_page.SUBJECTS))
    parser.add_argument("--films", type=int, default=2000)
    parser.add_argument("--body-bytes", type=int, default=8192)
    parser.add_argument("--server-cpu", type=int, default=0)
    parser.add_argument("--load-cpu", type=int, default=1)
    parser.add_argument("--json", type=pathlib.Path, default=gateway_page.RESULTS, help="where results are kept")
    parser.add_argument("--docs", action="store_true", help="write docs/performance.md")
    return parser.parse_args()


class Bench:
    """Everything that is started, and the runs."""

    def __init__(self, arguments: argparse.Namespace, work: pathlib.Path, running: contextlib.ExitStack):
        self.arguments, self.work, self.running = arguments, work, running
        self.servers, self.others = {arguments.server_cpu}, {arguments.load_cpu}
        metadata, metadata_port = programs.start_metadata(arguments.bin, work, self.others)
        running.callback(metadata.stop)
        films.put_films(metadata_port, arguments.films)
        self.target = "/api/v1" + page_of(metadata_port, arguments.body_bytes)
        self.metadata = f"http://127.0.0.1:{metadata_port}"
        self.ports = caches.Ports(origin=free_port(), metadata=metadata_port)

    def started(self, server):
        self.running.callback(server.stop)
        return server

    def gateway(self, *arguments: str, **settings: str) -> tuple[Server, int, int]:
        variables = {f"FILMOTEKA_GATEWAY_{name.upper()}": value for name, value in settings.items()}
        found = programs.run_gateway(self.arguments.bin, self.work, self.servers, list(arguments), variables)
        self.started(found[0])
        return found

    def places(self) -> dict[str, Place]:
        """By the names of gateway_page."""
        server, port, operations = self.gateway("--metadata", self.metadata)
        url = f"http://127.0.0.1:{port}{self.target}"
        self.bodies = bodies_of(url)
        caches.write_page(self.work, self.bodies)
        ports = self.ports
        self.started(caches.start_nginx("origin.conf", self.work, self.others, ports, ports.origin))
        self.nginx = self.started(caches.start_nginx("nginx.conf", self.work, self.servers, ports, ports.static))
        varnish, self.varnish_log = caches.start_varnish(self.work, self.servers, ports)
        self.varnish = self.started(varnish)
        haproxy = self.started(caches.start_haproxy(self.work, self.servers, ports))
        proxy, proxy_port, _ = self.gateway("--origin", f"http://127.0.0.1:{ports.origin}")

        def cached(server, port: int) -> Place:
            return Place(server, f"http://127.0.0.1:{port}{self.target}", lambda: caches.origin_requests(ports),
                         is_apart=True)

        asked = r"filmoteka_gateway_origin_seconds_count"
        return {gateway_page.OURS: Place(server, url, lambda: counter(operations, asked)),
                gateway_page.PROXY: cached(proxy, proxy_port),
                gateway_page.NGINX: cached(self.nginx, ports.cache),
                gateway_page.VARNISH: cached(varnish, ports.varnish),
                gateway_page.HAPROXY: cached(haproxy, ports.haproxy),
                gateway_page.FILE: Place(self.nginx, f"http://127.0.0.1:{ports.static}/{caches.PAGE}")}

    def wrk(self, server, url: str, connections: int, **more) -> load.Load:
        measured = load.run_wrk(server, url, seconds=self.arguments.seconds, connections=connections,
                                processors=str(self.arguments.load_cpu), **more)
        if measured.failures:
            print(f"{url}: {measured.failures} of {measured.requests} requests failed", flush=True)
        return measured

    def measure(self, place: Place, scenario: str) -> dict:
        connections, headers, script = SCENARIOS[scenario]
        wanted = next((one.partition(": ")[2] for one in headers if one.startswith("Accept-Encoding")), "identity")
        url = f"{place.url}&coding={urllib.parse.quote(wanted)}" if place.is_apart and wanted != "identity" else place.url
        body, coding = fetch(url, wanted)
        if body != self.bodies[coding]:
            raise SystemExit(f"{place.url} gives another page than the others")
        before = place.behind()
        measured = self.wrk(place.server, url, connections, headers=headers,
                            script=str(caches.FOLDER / script) if script else None)
        if place.behind() - before > MOST_NOT_HIT * measured.requests:
            raise SystemExit(f"{place.url} is not cached")
        return {"coding": coding, **dataclasses.asdict(measured)}

    def pages(self) -> list[dict]:
        places = {name: place for name, place in self.places().items() if name in self.arguments.subjects}
        rows = {(scenario, name): [] for scenario in self.arguments.scenarios for name in places}
        for number in range(self.arguments.rounds):
            for scenario in self.arguments.scenarios:
                for name, place in places.items():
                    one = self.measure(place, scenario)
                    rows[scenario, name].append(one)
                    spent = (one["user_seconds"] + one["system_seconds"]) / one["requests"] * 1e6
                    print(f"round {number + 1}, {scenario}, {name}: {spent:.1f} µs", flush=True)
        return [{"scenario": scenario, "subject": name, "rounds": rounds} for (scenario, name), rounds in rows.items()]

    def start_redis(self) -> int:
        port = free_port()
        self.started(Server("redis", [programs.tool("redis-server"), "--port", str(port), "--save", "", "--dir", str(self.work)],
                            self.work / "redis.log", self.others))

        def answers() -> bool:
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", port)) == 0

        wait_until(answers, "redis", 10)
        return port

    def levels(self) -> list[dict]:
        """2,000 different lists, of which memory holds about one in twenty."""
        small = {"cache_max_bytes": "1MiB", "cache_fresh": "1h"}
        behind = ("--metadata", self.metadata)
        second, second_port, second_metrics = self.gateway(*behind, "--redis", f"redis://127.0.0.1:{self.start_redis()}", **small)
        missing, missing_port, missing_metrics = self.gateway(*behind, **small)
        found = r'filmoteka_gateway_second_level_lookups_total\{.*result="hit"'
        asked = r"filmoteka_gateway_origin_seconds_count"
        subjects = {
            gateway_page.SECOND: (second, second_port, "/api/v1/movies", lambda: counter(second_metrics, found)),
            gateway_page.MISS: (missing, missing_port, "/api/v1/movies", lambda: counter(missing_metrics, asked)),
            gateway_page.PASS: (self.nginx, self.ports.passing, "/internal/v1/movies", None)}
        rows = {name: [] for name in subjects}
        for number in range(self.arguments.rounds + 1):
            for name, (server, port, path, count) in subjects.items():
                before = count() if count else 0
                measured = self.wrk(server, f"http://127.0.0.1:{port}", LEVEL_CONNECTIONS,
                                    script=str(programs.ROOT / "bench/queries.lua"),
                                    script_arguments=(path, str(self.arguments.films)))
                share = (count() - before) / measured.requests if count else 1.0
                if number > 0:  # the first one fills what is behind
                    rows[name].append({"share": share, **dataclasses.asdict(measured)})
        return [{"subject": name, "rounds": rounds} for name, rounds in rows.items()]


def run(arguments: argparse.Namespace) -> dict:
    facts, begin = document.stamp(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="filmoteka-bench-") as folder, contextlib.ExitStack() as running:
        bench = Bench(arguments, pathlib.Path(folder), running)
        measured = {"machine": document.machine(), **facts, "round_seconds": arguments.seconds, "rounds": arguments.rounds,
                    "pages": bench.pages(), "bytes": {coding: len(body) for coding, body in bench.bodies.items()}}
        log, all_of_it = (sum(one.processor_seconds()) for one in (bench.varnish_log, bench.varnish))
        measured["varnish_log_share"] = log / all_of_it
        measured["levels"] = bench.levels()
    idle_connections.allow_files()
    measured["idle_bytes"] = idle_connections.measure(programs.program(arguments.bin, "filmoteka-gateway"), {}, None)
    measured["seconds"] = time.monotonic() - begin
    return measured


def main() -> None:
    arguments = parse_arguments()
    # As by Ctrl-C: what was started is stopped.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    measured = run(arguments)
    results.save(arguments.json, measured)
    print(gateway_page.text_of(measured))
    if arguments.docs:
        gateway_page.write(measured)


if __name__ == "__main__":
    main()
