#!/usr/bin/env python3
"""How soon a change is visible everywhere: two metadata services on one PostgreSQL; one is written to and acknowledges,
the other is asked for the film without pause until it shows the change.

Once with nothing else to do, and once while batches of films are written to the first one all the time.
Results are kept beside those of bench/metadata.py; --docs writes docs/performance.md.
"""

import argparse
import http.client
import json
import multiprocessing
import os
import pathlib
import statistics
import tempfile
import time

from harness import document, films, postgres, processes, programs, results

BASE = "/internal/v1"
LIMIT_SECONDS = 30
LOAD_ROWS = 200


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    programs.add_arguments(parser)
    parser.add_argument("--films", type=int, default=36_000)
    parser.add_argument("--changes", type=int, default=500, help="of each kind")
    parser.add_argument("--json", type=pathlib.Path, default=document.RESULTS, help="where results are kept")
    parser.add_argument("--docs", action="store_true", help="write docs/performance.md")
    return parser.parse_args()


class Client:
    """One connection that stays open."""

    def __init__(self, port: int):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT_SECONDS)

    def ask(self, method: str, path: str, body=None) -> tuple[int, dict]:
        self.connection.request(method, BASE + path, None if body is None else json.dumps(body),
                                {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else {}

    def expect(self, status: int, method: str, path: str, body=None) -> dict:
        given, answer = self.ask(method, path, body)
        if given != status:
            raise SystemExit(f"{method} {path} gave {given}: {answer}")
        return answer


# Each changes film `number` (or makes a new one), and returns how to see at a replica that it is shown.

def edit(client: Client, number: int):
    film = client.expect(200, "PATCH", f"/movies/{number}", {"description": f"Edited {time.monotonic_ns()}"})

    def shown(other: Client) -> bool:
        return other.expect(200, "GET", f"/movies/{number}")["revision"] >= film["revision"]

    return shown


def view(client: Client, number: int):
    views = client.expect(200, "GET", f"/movies/{number}")["views"]
    client.expect(202, "POST", f"/movies/{number}/views")

    def shown(other: Client) -> bool:
        return other.expect(200, "GET", f"/movies/{number}")["views"] > views

    return shown


def new_film(client: Client, number: int):
    row = films.film(number) | {"source": "bench-new", "source_id": str(time.monotonic_ns()),
                                "title": f"New {time.monotonic_ns()}"}
    made = client.expect(200, "POST", "/movies:batch", [row])["results"][0]["id"]

    def shown(other: Client) -> bool:
        return other.ask("GET", f"/movies/{made}")[0] == 200

    return shown


def seconds_until_shown(change, written: Client, asked: Client, number: int) -> float:
    shown = change(written, number)
    acknowledged = time.perf_counter()
    while not shown(asked):
        if time.perf_counter() - acknowledged > LIMIT_SECONDS:
            raise SystemExit(f"a change was not shown within {LIMIT_SECONDS} s")
    return time.perf_counter() - acknowledged


def measure(name: str, change, ports: list[int], arguments: argparse.Namespace) -> dict:
    """The replicas take turns in being written to."""
    pair = [Client(port) for port in ports]
    millis = sorted(1e3 * seconds_until_shown(change, pair[i % 2], pair[1 - i % 2], 1 + i * 71 % arguments.films)
                    for i in range(arguments.changes))
    return {"change": name, "count": len(millis), "p50_ms": statistics.median(millis),
            "p99_ms": millis[min(len(millis) - 1, int(0.99 * len(millis)))], "max_ms": millis[-1]}


def write_batches(port: int, count: int) -> None:
    """Until it is ended. Every row of a batch changes its film."""
    client = Client(port)
    rating, first = 0, 1
    while True:
        rating = rating % 99 + 1
        rows = [films.film(1 + (first + i) % count) | {"rating": rating / 10} for i in range(LOAD_ROWS)]
        client.expect(200, "POST", "/movies:batch", rows)
        first += LOAD_ROWS


def measure_all(arguments: argparse.Namespace, ports: list[int]) -> list[dict]:
    kinds = {"an edit": edit, "a new film": new_film, "a view": view}
    rows = [measure(name, change, ports, arguments) for name, change in kinds.items()]
    load = multiprocessing.Process(target=write_batches, args=(ports[0], arguments.films), daemon=True)
    load.start()
    try:
        rows += [measure(f"{name}, while batches of {LOAD_ROWS} films are written", change, ports, arguments)
                 for name, change in kinds.items()]
        if not load.is_alive():
            raise SystemExit("the batches ended early")
    finally:
        load.terminate()
        load.join()
    return rows


def total(port: int) -> int:
    return Client(port).expect(200, "GET", "/movies?per_page=1")["page"]["total"]


def run(arguments: argparse.Namespace) -> dict:
    facts = document.stamp()
    with tempfile.TemporaryDirectory(prefix="filmoteka-bench-") as name:
        folder = pathlib.Path(name)
        os.chmod(folder, 0o711)  # PostgreSQL runs as a user of its own
        database = postgres.Postgres(folder / "postgres")
        servers = []
        try:
            ports = []
            for number in range(2):
                work = folder / str(number)
                work.mkdir()
                server, port = programs.start_metadata(arguments.bin, work, os.sched_getaffinity(0),
                                                       arguments=("--database", database.url))
                servers.append(server)
                ports.append(port)
            films.put_films(ports[0], arguments.films)
            processes.wait_until(lambda: total(ports[0]) == total(ports[1]), "both to have all films", LIMIT_SECONDS)
            return {"films": arguments.films, **facts, "rows": measure_all(arguments, ports)}
        finally:
            for server in servers:
                server.stop()
            database.stop()


def main() -> None:
    arguments = parse_arguments()
    kept = results.load(arguments.json)
    kept["replicas"] = run(arguments)
    kept.setdefault("machine", document.machine())
    results.save(arguments.json, kept)
    print(document.replicas_markdown(kept["replicas"]))
    if arguments.docs:
        document.write(kept)


if __name__ == "__main__":
    main()
