#!/usr/bin/python3
"""Our search beside PostgreSQL FTS + pg_trgm, SQLite FTS5, Xapian and Groonga: the same films, the same queries.

Each is filled and asked in a process of its own: the first 24 films by relevance and the number of all that match, for
queries of many kinds, with typos, unfinished words and the wrong keyboard layout among them. And each is given the small
set of tests/relevance, where it is known which films come first. Results are kept in a JSON file; those of the same peer
and size are replaced. --docs writes docs/performance.md.

Run by Debian's own python3: Xapian's bindings are made for that one alone.
"""

import argparse
import json
import pathlib
import signal
import subprocess
import tempfile
import time

from harness import document, peers, programs, results, search_page
from harness.peers import work

OURS = "filmoteka"
RELEVANCE = programs.ROOT / "tests/relevance"
SEED = 7  # of the queries


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, default=programs.ROOT / "build/bench/bin",
                        help="the folder of the programs (default: build/bench/bin)")
    parser.add_argument("--films", type=int, nargs="*", default=[36_000, 1_000_000],
                        help="sizes (default: 36000 1000000); 10000000 needs 20 GB of memory and 60 GB of disk; "
                             "none: relevance only")
    parser.add_argument("--peers", nargs="*", default=[OURS, *peers.MODULES], choices=[OURS, *peers.MODULES])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--queries", type=int, default=211, help="of each kind")
    parser.add_argument("--limit", type=float, default=3600, help="seconds for a peer at a size, filling and asking")
    parser.add_argument("--relevance", type=pathlib.Path, default=RELEVANCE, help="the folder of films.json and queries.json")
    parser.add_argument("--json", type=pathlib.Path, default=search_page.RESULTS, help="where results are kept")
    parser.add_argument("--docs", action="store_true", help="write docs/performance.md")
    return parser.parse_args()


def run_ours(command: list[str], limit: float) -> tuple[list[dict], str]:
    """The lines of search_bench, and why there are no more of them."""
    try:
        process = subprocess.run(command, stdout=subprocess.PIPE, timeout=limit, check=False)
        output, ended = process.stdout, "" if process.returncode == 0 else "failed"
    except subprocess.TimeoutExpired as late:
        output, ended = late.stdout or b"", f"not done within {limit:.0f} s"
    return [json.loads(line) for line in output.splitlines(keepends=True) if line.endswith(b"\n")], ended


def run_size(arguments: argparse.Namespace, program: str, peer: str, size: int, queries: pathlib.Path) -> dict:
    facts = document.stamp()
    begin = time.monotonic()

    def say(what: str) -> None:
        print(f"{peer}, {size:,} films: {what}", flush=True)

    if peer == OURS:
        say("filling and asking")
        lines, ended = run_ours([program, "ask", str(size), str(arguments.rounds), str(queries)], arguments.limit)
    else:
        generate = [program, "films", str(size)]
        lines, ended = work.run(peer, lambda one: work.measured(one, generate, queries, arguments.rounds, say), arguments.limit)
    return {"peer": peer, "films": size, **facts, "seconds": time.monotonic() - begin, "ended": ended, "lines": lines}


def run_relevance(arguments: argparse.Namespace, program: str, peer: str) -> dict:
    facts = document.stamp()
    films, queries = (arguments.relevance / name for name in ("films.json", "queries.json"))
    print(f"{peer}: relevance", flush=True)
    if peer == OURS:
        lines, ended = run_ours([program, "relevance", str(films), str(queries)], arguments.limit)
    else:
        lines, ended = work.run(peer, lambda one: work.ranked(one, films, queries), arguments.limit)
    return {"peer": peer, **facts, "ended": ended, "lines": lines}


def keep(arguments: argparse.Namespace, kept: dict, part: str, run: dict) -> None:
    """In place of an earlier one of the same peer and size."""
    same = (run["peer"], run.get("films"))
    kept[part] = [one for one in kept.get(part, []) if (one["peer"], one.get("films")) != same] + [run]
    kept["machine"] = document.machine()
    results.save(arguments.json, kept)
    if run["ended"]:
        print(f"{run['peer']}: {run['ended']}", flush=True)


def main() -> None:
    arguments = parse_arguments()
    # As by Ctrl-C: what was started is stopped.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    program = programs.program(arguments.bin, "search_bench")
    kept = results.load(arguments.json)
    for size in arguments.films:
        with tempfile.NamedTemporaryFile(prefix="filmoteka-bench-", suffix=".ndjson") as queries:
            subprocess.run([program, "queries", str(size), str(SEED), str(arguments.queries)], stdout=queries, check=True)
            for peer in arguments.peers:
                keep(arguments, kept, "runs", run_size(arguments, program, peer, size, pathlib.Path(queries.name)))
    if (arguments.relevance / "films.json").exists():
        for peer in arguments.peers:
            keep(arguments, kept, "relevance", run_relevance(arguments, program, peer))
    print(search_page.text_of(kept))
    if arguments.docs:
        search_page.write(kept)


if __name__ == "__main__":
    main()
