#!/usr/bin/env python3
"""The metadata service beside PostgreSQL, at several sizes: every question of its API, writes, start, memory.

Each subject runs in a process of its own and is asked the same questions over the same generated films:
  sqlite, postgresql  the service's parts on that store: filled, started, asked, written to
  catalogue           the catalogue alone (sizes that a store would take too long to fill with)
  sql                 the questions in SQL, in a PostgreSQL with an index for each of them
  http                lists over HTTP, the server on one processor
Results are kept in a JSON file; those of the same subject and size are replaced. --docs writes docs/performance.md.
"""

import argparse
import json
import os
import pathlib
import subprocess
import tempfile
import time

from harness import document, films, load, programs, results

SUBJECTS = ["sql", "sqlite", "postgresql"]


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, default=programs.ROOT / "build/bench/bin",
                        help="the folder of the programs (default: build/bench/bin)")
    parser.add_argument("--films", type=int, nargs="*", default=[36_000, 1_000_000],
                        help="sizes (default: 36000 1000000); 10000000 needs 16 GB of memory and 30 GB of disk")
    parser.add_argument("--subjects", nargs="*", default=SUBJECTS, choices=[*SUBJECTS, "catalogue"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=pathlib.Path, default=document.RESULTS, help="where results are kept")
    parser.add_argument("--docs", action="store_true", help="write docs/performance.md and its plot")
    parser.add_argument("--http-films", type=int, default=36_000, help="films behind the lists over HTTP; 0: none")
    parser.add_argument("--seconds", type=int, default=4, help="of each round over HTTP")
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 16])
    parser.add_argument("--server-cpu", type=int, default=0)
    parser.add_argument("--load-cpu", type=int, default=1)
    return parser.parse_args()


def run_subject(arguments: argparse.Namespace, subject: str, size: int) -> dict:
    facts = document.stamp()
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="filmoteka-bench-") as folder:
        os.chmod(folder, 0o711)  # PostgreSQL runs as a user of its own
        with subprocess.Popen([programs.program(arguments.bin, "metadata_bench"), subject, str(size),
                               str(arguments.rounds)], stdout=subprocess.PIPE, text=True,
                              env={**os.environ, "TMPDIR": folder}) as process:
            try:
                lines = [json.loads(line) for line in process.stdout]
            except BaseException:
                process.terminate()
                raise
    if process.returncode != 0:
        raise SystemExit(f"metadata_bench {subject} {size} ended with {process.returncode}")
    for line in lines:
        del line["subject"], line["films"]
    return {"subject": subject, "films": size, **facts, "seconds": time.monotonic() - begin, "lines": lines}


def over_http(arguments: argparse.Namespace) -> dict:
    """2,000 different lists (filters, sorts, pages; 24 films each), no cache."""
    script = str(programs.ROOT / "bench" / "queries.lua")
    facts = document.stamp()
    rows = []
    with tempfile.TemporaryDirectory(prefix="filmoteka-bench-") as folder:
        server, port = programs.start_metadata(arguments.bin, pathlib.Path(folder), {arguments.server_cpu})
        try:
            films.put_films(port, arguments.http_films)
            for connections in arguments.connections:
                loads = [load.run_wrk(server, f"http://127.0.0.1:{port}", seconds=arguments.seconds,
                                      connections=connections, processors=str(arguments.load_cpu), script=script,
                                      script_arguments=("/internal/v1/movies", str(arguments.http_films)))
                         for _ in range(arguments.rounds)]
                if failures := sum(one.failures for one in loads):
                    raise SystemExit(f"{failures} requests failed")
                rows.append({"connections": connections, "rate": load.median(loads, "rate"),
                             "micros": load.median(loads, "processor_micros"), "p50_ms": load.median(loads, "p50") * 1e3,
                             "p99_ms": load.median(loads, "p99") * 1e3, "rates": load.spread(loads, "rate")})
        finally:
            server.stop()
    return {"films": arguments.http_films, **facts, "rows": rows}


def main() -> None:
    arguments = parse_arguments()
    kept = results.load(arguments.json)
    for size in arguments.films:
        for subject in arguments.subjects:
            results.add_run(kept, run_subject(arguments, subject, size))
            kept["machine"] = document.machine()
            results.save(arguments.json, kept)
    if arguments.http_films and arguments.films:
        kept["http"] = over_http(arguments)
        results.save(arguments.json, kept)
    print(document.text_of(kept))
    if arguments.docs:
        document.write(kept)
    if differences := results.check(kept):
        raise SystemExit("Subjects found different totals or facets:\n" + "\n".join(differences))


if __name__ == "__main__":
    main()
