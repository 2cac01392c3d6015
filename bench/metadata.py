#!/usr/bin/env python3
"""Lists at the metadata service: 2,000 different questions (filters, sorts, pages; 24 films each), no cache."""

import argparse
import pathlib
import tempfile
import time

from harness import films, load, programs


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    programs.add_arguments(parser)
    parser.add_argument("--films", type=int, default=36_000, help="made-up films to fill an empty catalogue with")
    parser.add_argument("--data", type=pathlib.Path, help="a data folder that is filled already, instead")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 16])
    parser.add_argument("--server-cpu", type=int, default=0)
    parser.add_argument("--load-cpu", type=int, default=1)
    return parser.parse_args()


def measure(server, port: int, arguments: argparse.Namespace) -> None:
    script = str(programs.ROOT / "bench" / "queries.lua")
    print(f"{'connections':>11}{'req/s':>10}{'CPU µs':>9}{'p50 ms':>9}{'p99 ms':>9}  req/s, all rounds")
    for connections in arguments.connections:
        loads = [load.run_wrk(server, f"http://127.0.0.1:{port}", seconds=arguments.seconds, connections=connections,
                              processors=str(arguments.load_cpu), script=script,
                              script_arguments=("/internal/v1/movies", str(arguments.films)))
                 for _ in range(arguments.rounds)]
        if failures := sum(one.failures for one in loads):
            raise SystemExit(f"{failures} requests failed")
        print(f"{connections:11}{load.median(loads, 'rate'):10.0f}{load.median(loads, 'processor_micros'):9.1f}"
              f"{load.median(loads, 'p50') * 1e3:9.3f}{load.median(loads, 'p99') * 1e3:9.3f}"
              f"  {load.spread(loads, 'rate')}")


def main() -> None:
    arguments = parse_arguments()
    with tempfile.TemporaryDirectory(prefix="filmoteka-bench-") as folder:
        work = pathlib.Path(folder)
        server, port = programs.start_metadata(arguments.bin, work, {arguments.server_cpu}, arguments.data)
        try:
            if arguments.data is None:
                begin = time.monotonic()
                films.put_films(port, arguments.films)
                taken = time.monotonic() - begin
                print(f"{arguments.films} films by batches in {taken:.1f} s ({arguments.films / taken:.0f} films/s, "
                      f"the making of the films included)")
            print(f"{server.resident_bytes() / 2**20:.0f} MiB resident")
            measure(server, port, arguments)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
