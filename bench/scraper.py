#!/usr/bin/env python3
"""How fast the scraper extracts films from pages, beside Scrapy, and what a run of a million films takes of memory.

  rate    JSON, HTML and RSS in memory, by our pipeline and by Scrapy's callbacks, one processor, the same films
  memory  a whole scraper and a metadata service, a simulated source on loopback: resident memory over the run
Results are kept in a JSON file. --docs writes docs/performance.md.
"""

import argparse
import pathlib
import signal

from harness import document, programs, results, scraper_page
from harness.extraction import compare, long_run


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=["rate", "memory"], default="rate")
    parser.add_argument("--bin", type=pathlib.Path, default=programs.ROOT / "build/bench/bin",
                        help="the folder of the programs (default: build/bench/bin)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3, help="processor time of each side in a round")
    parser.add_argument("--pages", type=int, default=20, help="of each kind")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--processor", type=int, default=1, help="that all sides run on")
    parser.add_argument("--films", type=int, default=1_000_000, help="of the long run")
    parser.add_argument("--json", type=pathlib.Path, default=scraper_page.RESULTS, help="where results are kept")
    parser.add_argument("--docs", action="store_true", help="write docs/performance.md")
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    # As by Ctrl-C: what was started is stopped.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    kept = results.load(arguments.json)
    facts = document.stamp()
    if arguments.what == "rate":
        kept["rates"] = {**facts, "rounds": arguments.rounds, "seconds": arguments.seconds, "kinds": compare.run(arguments)}
    else:
        kept["memory"] = {**facts, **long_run.run(arguments)}
    kept["machine"] = document.machine()
    kept.pop("runs", None)
    results.save(arguments.json, kept)
    print(scraper_page.text_of(kept))
    if arguments.docs:
        scraper_page.write(kept)


if __name__ == "__main__":
    main()
