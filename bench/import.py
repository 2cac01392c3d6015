#!/usr/bin/env python3
"""How fast `filmoteka import` brings a file into an empty catalogue, and into one that has it all already."""

import argparse
import pathlib
import resource
import statistics
import subprocess
import tempfile
import time

from harness import programs


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    programs.add_arguments(parser)
    parser.add_argument("file", type=pathlib.Path, help="what to import")
    parser.add_argument("--source", required=True, help="the source whose definition reads it")
    parser.add_argument("--films", type=int, required=True, help="how many rows the file has")
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def run_import(program: str, arguments: argparse.Namespace, data: pathlib.Path) -> tuple[float, float, str]:
    """Seconds, processor seconds, and the last line that it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.monotonic()
    done = subprocess.run([program, "import", str(arguments.file), "--source", arguments.source, "--data", str(data)],
                          check=False, capture_output=True, text=True, timeout=3600)
    taken = time.monotonic() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise SystemExit(f"filmoteka import ended with {done.returncode}:\n{done.stdout[-1000:]}{done.stderr[-1000:]}")
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    lines = (done.stdout or done.stderr).strip().splitlines()
    return taken, used, lines[-1] if lines else ""


def main() -> None:
    arguments = parse_arguments()
    program = programs.program(arguments.bin, "filmoteka")
    times = {"into an empty catalogue": [], "again, nothing changed": []}
    used = {name: [] for name in times}
    for _ in range(arguments.rounds):
        with tempfile.TemporaryDirectory(prefix="filmoteka-bench-") as folder:
            for name in times:
                taken, processor, last = run_import(program, arguments, pathlib.Path(folder) / "data")
                times[name].append(taken)
                used[name].append(processor)
                print(f"{name}: {last}")
    for name, values in times.items():
        middle = statistics.median(values)
        print(f"{name:26}{middle:8.2f} s{statistics.median(used[name]):8.2f} s CPU{arguments.films / middle:10.0f} rows/s"
              f"  ({min(values):.2f}–{max(values):.2f} s)")


if __name__ == "__main__":
    main()
