"""The part of docs/performance.md that bench/gateway.py writes."""

import statistics

from . import document
from .results import number

RESULTS = document.FOLDER / "gateway.json"
BEGIN = "<!-- bench/gateway.py writes from here -->"
OURS, PROXY = "gateway", "gateway `--origin`"
NGINX, VARNISH, HAPROXY, FILE = "nginx `proxy_cache`", "Varnish", "HAProxy cache", "nginx, static file"
SUBJECTS = [OURS, PROXY, NGINX, VARNISH, HAPROXY, FILE]
SECOND, MISS, PASS = "gateway, from Redis", "gateway, miss", "nginx `proxy_pass`"
PROMISED = {NGINX: 0.75, VARNISH: 0.45, HAPROXY: 0.85}


def micros(one: dict) -> float:
    """Processor time of a request."""
    return user(one) + system(one)


def user(one: dict) -> float:
    return one["user_seconds"] / one["requests"] * 1e6


def system(one: dict) -> float:
    return one["system_seconds"] / one["requests"] * 1e6


def median(rounds: list[dict], value) -> float:
    return statistics.median(map(value, rounds))


def spread(rounds: list[dict]) -> str:
    values = sorted(map(micros, rounds))
    return f"{values[0]:.1f}–{values[-1]:.1f}"


def ratio(ours: list[dict], theirs: list[dict]) -> float:
    """The median of what the rounds say: what the machine does to one, it does to the next."""
    return statistics.median(micros(one) / micros(other) for one, other in zip(ours, theirs))


def table(head: list[str], rows: list[list[str]]) -> list[str]:
    return ["| " + " | ".join(one) + " |" for one in (head, ["---"] * len(head), *rows)] + [""]


def cells(rounds: list[dict]) -> list[str]:
    rate = median(rounds, lambda one: one["requests"] / one["seconds"])
    failures = sum(one["failures"] for one in rounds)
    failed = f", {failures:,} failed" if failures else ""
    return [f"{rate:,.0f}{failed}", f"{median(rounds, micros):.1f}", f"{median(rounds, user):.1f}", f"{median(rounds, system):.1f}",
            spread(rounds), *(milliseconds(median(rounds, lambda one, key=key: one[key])) for key in ("p50", "p99"))]


def milliseconds(seconds: float) -> str:
    """wrk gives no percentiles, 0, where nearly all of many answers in one read took the longest time."""
    return number(seconds * 1e3) if seconds > 0 else "–"


def of_scenario(measured: dict, scenario: str) -> dict[str, list[dict]]:
    return {row["subject"]: row["rounds"] for row in measured["pages"] if row["scenario"] == scenario}


def scenarios(measured: dict) -> list[str]:
    return list(dict.fromkeys(row["scenario"] for row in measured["pages"]))


HEAD = ["requests/s", "CPU µs a request", "user", "system", "CPU, all rounds", "p50 ms", "p99 ms"]


def ratios(measured: dict) -> list[str]:
    rows = []
    for scenario in scenarios(measured):
        found = of_scenario(measured, scenario)
        for ours in (OURS, PROXY):
            if ours in found:
                rows.append([scenario, ours, *(f"{ratio(found[ours], found[one]):.2f}" if one in found else "–"
                                               for one in (*PROMISED, FILE)), f"{median(found[ours], user):.1f}"])
    promised = ["promised", "", *(f"≤ {most}" for most in PROMISED.values()), "", "≤ 2.5"]
    return table(["its CPU a request, as a part of that of", "", *PROMISED, FILE, "its user µs"], [*rows, promised])


def scenario_text(measured: dict, scenario: str) -> list[str]:
    rows = []
    for name, rounds in of_scenario(measured, scenario).items():
        coding = rounds[0]["coding"]
        rows.append([name + (f" ({coding})" if coding != "identity" else ""), *cells(rounds)])
    return [f"**{scenario}**", "", *table(["", *HEAD], rows)]


def levels_text(measured: dict) -> list[str]:
    rows = [[row["subject"] + (f" ({median(row['rounds'], lambda one: one['share']):.0%})" if row["subject"] != PASS else ""),
             *cells(row["rounds"])] for row in measured["levels"]]
    return ["**2,000 different lists, 16 connections, 1 MiB of memory for the cache** (in brackets: how many of the requests were "
            "what the line says; the others were in memory)", "", *table(["", *HEAD], rows)]


def text_of(measured: dict) -> str:
    size = measured["bytes"]
    lines = [f"Machine: {measured['machine']}. {document.measured_when(measured)} {measured['rounds']} rounds of "
             f"{measured['round_seconds']} s, {measured['seconds']:.0f} s in all. The page: {size['identity']:,} bytes, "
             f"{size['gzip']:,} in gzip, {size['br']:,} in br.", "", *ratios(measured)]
    for scenario in scenarios(measured):
        lines += scenario_text(measured, scenario)
    lines += [f"Of Varnish's processor time {measured['varnish_log_share']:.0%} is `varnishncsa`'s, which writes its access log.", ""]
    lines += levels_text(measured)
    lines += [f"Memory of an idle connection at the gateway, with 10,000 of them: {measured['idle_bytes'] / 1024:.1f} KiB "
              "(promised: ≤ 20).", ""]
    return "\n".join(lines)


def write(measured: dict) -> None:
    document.write_between(BEGIN, text_of(measured))
