"""Runs both sides on the same pages: their films are the same, and then how many pages a second one processor takes."""

import json
import pathlib
import statistics
import subprocess
import tempfile

from .. import programs
from . import pages

PYTHON = "/usr/bin/python3"
HERE = pathlib.Path(__file__).resolve().parent
DEFINITIONS = programs.ROOT / "bench/scraper"
STYLES = ["plain_callbacks", "item_loaders"]
OURS = "filmoteka"
# What only we say of a film: where it is from, that it is there.
OURS_ALONE = {"source", "is_active"}


def command(program: str, side: str, kind: str, what: list[str], paths: list[pathlib.Path]) -> list[str]:
    who = [program, *what, str(DEFINITIONS / f"{kind}.yaml")] if side == OURS else \
          [PYTHON, str(HERE / "with_scrapy.py"), *what, side, kind]
    return [*who, pages.CONTENT_TYPES[kind], pages.ADDRESSES[kind], *map(str, paths)]


def output(line: list[str], processor: int) -> str:
    done = subprocess.run(["taskset", "-c", str(processor), *line], check=False, capture_output=True, text=True, timeout=600)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(line[:3])} … ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout


def films(program: str, side: str, kind: str, paths: list[pathlib.Path], processor: int) -> list[dict]:
    return [json.loads(line) for line in output(command(program, side, kind, ["items"], paths), processor).splitlines()]


def check_same(program: str, kind: str, paths: list[pathlib.Path], processor: int) -> int:
    """How many films there are; ends the benchmark where the sides differ."""
    theirs = [films(program, style, kind, paths, processor) for style in STYLES]
    ours = films(program, OURS, kind, paths, processor)
    # Views that nobody says are 0.
    alone = OURS_ALONE | (set() if "views" in theirs[0][0] else {"views"})
    ours = [{name: value for name, value in film.items() if name not in alone} for film in ours]
    for style, found in zip(STYLES, theirs):
        if found != ours:
            first = next((pair for pair in zip(ours, found) if pair[0] != pair[1]), (len(ours), len(found)))
            raise SystemExit(f"{kind}: {style} of Scrapy finds other films: {first}")
    return len(ours)


def measure(program: str, kind: str, arguments, paths: list[pathlib.Path]) -> dict:
    """The sides take turns. Rates are pages by processor seconds; ratios are medians of the rounds' ratios."""
    count = check_same(program, kind, paths, arguments.processor)
    rates = {side: [] for side in (OURS, *STYLES)}
    for _ in range(arguments.rounds):
        for side, found in rates.items():
            line = command(program, side, kind, ["rate", str(arguments.seconds)], paths)
            one = json.loads(output(line, arguments.processor))
            found.append(one["pages"] / one["seconds"])
    ratios = {style: statistics.median(ours / theirs for ours, theirs in zip(rates[OURS], rates[style])) for style in STYLES}
    return {"kind": kind, "pages": len(paths), "bytes": sum(path.stat().st_size for path in paths) // len(paths),
            "films": count / len(paths), "rates": rates, "ratios": ratios}


def run(arguments) -> list[dict]:
    program = programs.program(arguments.bin, "scraper_bench")
    measured = []
    with tempfile.TemporaryDirectory(prefix="filmoteka-bench-") as folder:
        for kind in pages.MAKERS:
            print(f"{kind}: {arguments.rounds} rounds", flush=True)
            paths = pages.write(pathlib.Path(folder), kind, arguments.pages, arguments.seed)
            measured.append(measure(program, kind, arguments, paths))
    return measured
