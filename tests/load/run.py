#!/usr/bin/python3
"""Load and failure tests of real processes, too long for ./test: tests/load/run.py NAME...|all

Each prints its table and what it had to show; the last line is `N passed, N failed`. --docs writes the figures into
docs/reliability.md. The programs are those of build/release/bin, or of the folder in FILMOTEKA_BIN. Needs root for the
full disk, and the packages of tools/packages/operations.txt.
"""

import argparse
import datetime
import importlib
import os
import signal
import time

import page

NAMES = ["mixed", "processes", "disk", "clock", "descriptors", "overload", "idle", "slow", "retries", "soak"]


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+", choices=[*NAMES, "all"], metavar="NAME", help=", ".join([*NAMES, "all"]))
    parser.add_argument("--seed", type=int, default=int(time.time()) % 100_000, help="of everything that is random")
    parser.add_argument("--seconds", type=int, default=1200, help="length of the soak (default: 1200)")
    parser.add_argument("--docs", action="store_true", help="write docs/reliability.md")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    # As by Ctrl-C: what was started is stopped.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    names = NAMES if "all" in arguments.names else list(dict.fromkeys(arguments.names))
    passed = failed = 0
    for name in names:
        print(f"{name} (seed {arguments.seed})", flush=True)
        begin, load = time.monotonic(), os.getloadavg()[0]
        outcome = importlib.import_module(name).run(arguments)
        seconds = time.monotonic() - begin
        print("\n".join(page.table(outcome.head, outcome.rows)))
        for note in outcome.notes:
            print(f"  {note}")
        for what, holds in outcome.checks:
            print(f"  {'ok' if holds else 'NOT'}: {what}")
            passed, failed = passed + holds, failed + (not holds)
        print(f"  {seconds:.0f} s\n", flush=True)
        if arguments.docs:
            page.keep(name, outcome, arguments.seed, seconds, load, datetime.date.today())
    if arguments.docs:
        page.write()
    print(f"{passed} passed, {failed} failed")
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
