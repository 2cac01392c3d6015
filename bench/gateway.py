#!/usr/bin/env python3
"""A cached page at the gateway, beside nginx's proxy_cache and a static file of nginx, all in one run.

Servers run on one processor with one I/O thread or worker, the load on another. The three take turns; the medians of
all rounds are compared. Compare processor time a request, not requests a second: the load generator ends first.
"""

import argparse
import pathlib
import tempfile
import urllib.request

from harness import films, load, programs

TARGET = "/movies?per_page={count}&sort=-views"


def fetch(port: int, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.read()


def page_of(port: int, wanted_bytes: int) -> tuple[str, bytes]:
    """The list whose answer is nearest to the wanted size, and the answer."""
    candidates = [(target, fetch(port, "/internal/v1" + target))
                  for target in (TARGET.format(count=count) for count in range(1, 101))]
    return min(candidates, key=lambda candidate: abs(len(candidate[1]) - wanted_bytes))


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    programs.add_arguments(parser)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4, help="of each round and server")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--films", type=int, default=2000)
    parser.add_argument("--body-bytes", type=int, default=8192)
    parser.add_argument("--server-cpu", type=int, default=0)
    parser.add_argument("--load-cpu", type=int, default=1)
    parser.add_argument("--header", action="append", default=[], help="for every request, e.g. 'Accept-Encoding: br'")
    return parser.parse_args()


def report(results: dict[str, list[load.Load]]) -> None:
    print(f"{'':24}{'req/s':>10}{'CPU µs':>9}{'user':>7}{'system':>8}{'p50 ms':>9}{'p99 ms':>9}  CPU µs, all rounds")
    for name, loads in results.items():
        print(f"{name:24}{load.median(loads, 'rate'):10.0f}{load.median(loads, 'processor_micros'):9.2f}"
              f"{load.median(loads, 'user_micros'):7.2f}{load.median(loads, 'system_micros'):8.2f}"
              f"{load.median(loads, 'p50') * 1e3:9.2f}{load.median(loads, 'p99') * 1e3:9.2f}"
              f"  {load.spread(loads, 'processor_micros')}")
    ours = load.median(results["gateway"], "processor_micros")
    for name, loads in results.items():
        if name != "gateway":
            print(f"gateway / {name}: {ours / load.median(loads, 'processor_micros'):.2f} of the CPU per request")


def main() -> None:
    arguments = parse_arguments()
    processors = {arguments.server_cpu}
    running = []
    with tempfile.TemporaryDirectory(prefix="filmoteka-bench-") as folder:
        work = pathlib.Path(folder)
        try:
            metadata, metadata_port = programs.start_metadata(arguments.bin, work, processors)
            running.append(metadata)
            films.put_films(metadata_port, arguments.films)
            target, body = page_of(metadata_port, arguments.body_bytes)
            gateway, gateway_port = programs.start_gateway(arguments.bin, work, processors, metadata_port)
            running.append(gateway)
            nginx, proxy_port, static_port = programs.start_nginx(work, processors, metadata_port, body)
            running.append(nginx)
            places = {
                "gateway": (gateway, f"http://127.0.0.1:{gateway_port}/api/v1{target}"),
                "nginx proxy_cache": (nginx, f"http://127.0.0.1:{proxy_port}/internal/v1{target}"),
                "nginx static file": (nginx, f"http://127.0.0.1:{static_port}/page.json"),
            }
            print(f"body {len(body)} bytes, {arguments.connections} connections, "
                  f"{arguments.rounds} rounds of {arguments.seconds} s")
            results: dict[str, list[load.Load]] = {name: [] for name in places}
            for _ in range(arguments.rounds):
                for name, (server, url) in places.items():
                    measured = load.run_wrk(server, url, seconds=arguments.seconds,
                                            connections=arguments.connections, processors=str(arguments.load_cpu),
                                            headers=tuple(arguments.header))
                    if measured.failures:
                        raise SystemExit(f"{name}: {measured.failures} requests failed")
                    results[name].append(measured)
            report(results)
        finally:
            for server in reversed(running):
                server.stop()


if __name__ == "__main__":
    main()
