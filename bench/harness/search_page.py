"""The part of docs/performance.md that bench/search.py writes."""

import itertools

from . import document
from .results import number

RESULTS = document.FOLDER / "search.json"
BEGIN = "<!-- bench/search.py writes from here -->"
NAMES = {"filmoteka": "Filmoteka", "postgresql": "PostgreSQL FTS + pg_trgm", "sqlite": "SQLite FTS5", "xapian": "Xapian",
         "groonga": "Groonga"}
FEW = 100  # queries looked at, below which a share says how many they were
VALUES = ["fill", "of that making or reading the films", "index", "resident memory", "the smallest request"]


def table(head: list[str], rows: list[list[str]]) -> list[str]:
    return ["| " + " | ".join(one) + " |" for one in (head, ["---"] * len(head), *rows)] + [""]


def in_order(runs: list[dict]) -> list[dict]:
    return sorted(runs, key=lambda run: list(NAMES).index(run["peer"]))


def by(key: str, run: dict) -> dict:
    return {line[key]: line for line in run["lines"] if key in line}


def share(part: float | None, whole: float = 1) -> str:
    return "–" if part is None else f"{100 * part / whole:.0f} %"


def times(line: dict | None) -> str:
    return f"{number(line['p50_ms'])} / {number(line['p99_ms'])}" if line else "–"


def per_core(line: dict | None) -> str:
    return number(line["per_core_second"]) if line else "–"


def found(line: dict | None) -> str:
    """The film that was looked for; where none was, whether there is an answer."""
    if not line:
        return "–"
    if "looked_for" in line:
        return share(line["found"], line["looked_for"]) + (f" of {line['looked_for']}" if line["looked_for"] < FEW else "")
    return f"{share(line['answered'], line['queries'])} answered"


def total(line: dict | None) -> str:
    if not line or "total" not in line:
        return "–"
    return number(line["total"]) if line["total"] else "0"


def value(line: dict | None) -> str:
    return f"{number(line['number'])} {line['unit']}" if line else "–"


def when(run: dict) -> str:
    version = by("fact", run).get("version", {}).get("text", "")
    ended = f"; **{run['ended']}**" if run["ended"] else ""
    return (f"- {version or NAMES[run['peer']]}: {run['date']}, revision {run['revision']}, load average before {run['load']}, "
            f"{run['seconds']:.0f} s{ended}")


def setups(runs: list[dict]) -> list[str]:
    """What each peer is and how it was asked, by its last run."""
    facts = {run["peer"]: by("fact", run) for run in in_order(runs)}
    return [f"- **{one['version']['text']}**: {one['setup']['text']}. Asked {one['measured']['text']}."
            for one in facts.values() if "version" in one] + [""]


def size_text(films: int, runs: list[dict]) -> list[str]:
    runs = in_order(runs)
    names = [NAMES[run["peer"]] for run in runs]
    kinds = [by("kind", run) for run in runs]
    order = list(dict.fromkeys(itertools.chain.from_iterable(kinds)))

    def of_kinds(cell) -> list[list[str]]:
        return [[kind, *(cell(one.get(kind)) for one in kinds)] for kind in order]

    values = [by("value", run) for run in runs]
    rows = [[what, *(value(one.get(what)) for one in values)] for what in VALUES if any(what in one for one in values)]
    return [f"### Search: {films:,} films", "", *map(when, runs), "",
            *table(["p50 / p99 ms", *names], of_kinds(times)),
            *table(["queries/s of one core", *names], of_kinds(per_core)),
            *table(["the film is on the first page", *names], of_kinds(found)),
            *table(["films found by a query, mean", *names], of_kinds(total)),
            *table(["", *names], rows)]


def relevance_text(runs: list[dict]) -> list[str]:
    runs = in_order(runs)
    if not runs:
        return []
    groups = [by("group", run) for run in runs]
    order = list(dict.fromkeys(itertools.chain.from_iterable(groups)))

    def cell(line: dict | None) -> str:
        return f"{share(line['success_1'])} / {share(line['success_3'])} / {line['mrr']:.2f}" if line else "–"

    queries = {name: line["queries"] for one in groups for name, line in one.items()}
    return ["### Search: relevance", "",
            f"{runs[0]['date']}, revision {runs[0]['revision']}. Success at 1 / success at 3 / mean reciprocal rank.", "",
            *table(["group", "queries", *(NAMES[run["peer"]] for run in runs)],
                   [[name, str(queries[name]), *(cell(one.get(name)) for one in groups)] for name in order])]


def text_of(kept: dict) -> str:
    runs = sorted(kept.get("runs", []), key=lambda run: run["films"])
    lines = [f"Machine: {kept.get('machine', document.machine())}.", "", document.busy({"runs": runs}), *setups(runs)]
    for films, of_size in itertools.groupby(runs, key=lambda run: run["films"]):
        lines += size_text(films, list(of_size))
    return "\n".join([*lines, *relevance_text(kept.get("relevance", []))])


def write(kept: dict) -> None:
    document.write_between(BEGIN, text_of(kept))
