"""Results of metadata_bench: kept in a JSON file run by run, shown as Markdown and as a plot."""

import json
import pathlib

from . import plot

SERVICE = ("sqlite", "postgresql", "catalogue")
NAMES = {"sqlite": "service on SQLite", "postgresql": "service on PostgreSQL", "catalogue": "catalogue alone",
         "sql": "SQL"}
PLOTTED = ["first page by -rating", "genre + years, exact total", "genre + years + rating, total, 7 facets",
           "rare genre, exact total", "no match", "page 10,000 by number"]
# What is no question asked many times over: the order of the second table.
OTHERS = ["batch upsert, new films", "batch upsert, unchanged films", "restore, films", "views, durable",
          "start, until ready", "catalogue from the generator", "cursor walk of everything", "memory a film beyond its text",
          "resident memory of the process", "load, indexes and ANALYZE", "table and indexes, a film"]


def load(path: pathlib.Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"runs": []}


def save(path: pathlib.Path, results: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def add_run(results: dict, run: dict) -> None:
    """In place of an earlier one of the same subject and size."""
    # A catalogue on a store says all that the catalogue alone does.
    replaced = {run["subject"], "catalogue"} if run["subject"] in SERVICE else {run["subject"]}
    others = [one for one in results["runs"] if one["films"] != run["films"] or one["subject"] not in replaced]
    results["runs"] = sorted([*others, run], key=lambda one: (one["films"], one["subject"]))


def by_question(results: dict, films: int) -> dict:
    """{subject: {question: line}}"""
    return {run["subject"]: {line["question"]: line for line in run["lines"] if "question" in line}
            for run in results["runs"] if run["films"] == films}


def sizes(results: dict) -> list[int]:
    return sorted({run["films"] for run in results["runs"]})


def check(results: dict) -> list[str]:
    """Totals and facets that differ between subjects that were asked the same."""
    found = {}
    for run in results["runs"]:
        for line in run["lines"]:
            if "check" in line:
                found.setdefault((run["films"], line["check"]), {})[run["subject"]] = line["found"]
    return [f"{films} films, {name}: {totals}" for (films, name), totals in found.items()
            if len(set(totals.values())) > 1]


def number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value >= 0.001 else f"{value:.1e}"


def times(line: dict | None) -> str:
    return f"{number(line['p50_ms'])} / {number(line['p99_ms'])}" if line else "–"


def per_core(line: dict | None) -> str:
    return number(line["per_core_second"]) if line else "–"


def question_table(found: dict) -> list[str]:
    services = [subject for subject in SERVICE if subject in found]
    head = ["question", *(f"p50 / p99 ms, {NAMES[one]}" for one in services), "requests/s of one core",
            "p50 / p99 ms, SQL", "requests/s of one core, SQL", "p50 ms, SQL with 2 workers", "SQL p50 : service p50"]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    sql = found.get("sql", {})
    questions = [name for name, line in found[services[0]].items() if "per_core_second" in line] if services else \
                [name for name, line in sql.items() if "per_core_second" in line]
    for name in questions:
        ours = found[services[0]].get(name) if services else None
        theirs = sql.get(name)
        parallel = sql.get(name + ", with two parallel workers")
        ratio = f"{theirs['p50_ms'] / ours['p50_ms']:,.0f}" if ours and theirs else "–"
        cells = [name, *(times(found[one].get(name)) for one in services), per_core(ours), times(theirs),
                 per_core(theirs), number(parallel["value"]) if parallel else "–", ratio]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def other_cell(line: dict | None) -> str:
    if line is None:
        return "–"
    if "value" in line:
        return f"{number(line['value'])} {line['unit']}"
    return f"{number(line['per_second'])}/s (p50 / p99 {times(line)} ms)"


def other_table(found: dict) -> list[str]:
    subjects = [one for one in (*SERVICE, "sql") if one in found]
    lines = ["| | " + " | ".join(NAMES[one] for one in subjects) + " |", "|---" * (len(subjects) + 1) + "|"]
    for name in OTHERS:
        if any(name in found[one] for one in subjects):
            lines.append(f"| {name} | " + " | ".join(other_cell(found[one].get(name)) for one in subjects) + " |")
    return lines


def markdown(results: dict) -> str:
    lines = []
    for films in sizes(results):
        found = by_question(results, films)
        lines += [f"### {films:,} films", ""]
        for run in results["runs"]:
            if run["films"] == films:
                lines.append(f"- {run['subject']}: {run['date']}, revision {run['revision']}, load average before "
                             f"{run['load']}, {run['seconds']:.0f} s")
        lines += ["", *question_table(found), "", *other_table(found), ""]
    return "\n".join(lines)


def server_facts(results: dict) -> str:
    return next((line["text"] for run in results["runs"] for line in run["lines"] if line.get("fact") == "server"), "")


def draw(results: dict, path: pathlib.Path) -> None:
    panels = []
    for name in PLOTTED:
        ours, theirs = {}, {}
        for films in sizes(results):
            found = by_question(results, films)
            mine = next((found[one][name] for one in SERVICE if name in found.get(one, {})), None)
            if mine:
                ours[films] = mine["p50_ms"]
            if name in found.get("sql", {}):
                theirs[films] = found["sql"][name]["p50_ms"]
        panels.append((name, [("metadata service", ours), ("PostgreSQL with the right indexes", theirs)]))
    plot.write(path, panels)
