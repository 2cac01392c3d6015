"""docs/performance.md: what its generated part is made of, and where results are kept."""

import datetime
import os
import pathlib
import platform
import subprocess

from . import programs, results

DOCUMENT = programs.ROOT / "docs/performance.md"
FOLDER = programs.ROOT / "docs/performance"
RESULTS = FOLDER / "metadata.json"
BUSY_LOAD = 3  # a load average before a run from which on its times are not to be trusted
BEGIN, END = "<!-- bench/metadata.py writes from here -->", "<!-- to here -->"


def machine() -> str:
    cpu = next((line.partition(":")[2].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return f"{os.cpu_count()} × {cpu}, {memory:.0f} GB, {platform.system()} {platform.release()}"


def stamp() -> dict:
    revision = subprocess.run(["git", "-C", str(programs.ROOT), "rev-parse", "--short", "HEAD"], check=False,
                              capture_output=True, text=True).stdout.strip()
    return {"date": datetime.date.today().isoformat(), "revision": revision or "unknown",
            "load": " ".join(f"{one:.1f}" for one in os.getloadavg())}


def measured_when(measured: dict) -> str:
    return f"{measured['date']}, revision {measured['revision']}, load average before {measured['load']}."


def http_markdown(measured: dict | None) -> str:
    if not measured:
        return ""
    lines = [f"### Over HTTP: 2,000 different lists of {measured['films']:,} films",
             "", f"{measured_when(measured)} The server has one processor, the load generator the other.", "",
             "| connections | requests/s | CPU µs a request | requests/s of one core | p50 ms | p99 ms | requests/s, all rounds |",
             "|---|---|---|---|---|---|---|"]
    for row in measured["rows"]:
        lines.append(f"| {row['connections']} | {row['rate']:,.0f} | {row['micros']:.0f} | {1e6 / row['micros']:,.0f} | "
                     f"{row['p50_ms']:.3f} | {row['p99_ms']:.3f} | {row['rates']} |")
    return "\n".join([*lines, ""])


def replicas_markdown(measured: dict | None) -> str:
    if not measured:
        return ""
    lines = [f"### Two replicas on one PostgreSQL, {measured['films']:,} films",
             "", f"{measured_when(measured)} From the acknowledgement of a change by one replica until the other shows it: the "
             "promise is 200 ms.", "",
             "| change | measured | p50 ms | p99 ms | longest ms |", "|---|---|---|---|---|"]
    for row in measured["rows"]:
        lines.append(f"| {row['change']} | {row['count']:,} × | {row['p50_ms']:.2f} | {row['p99_ms']:.2f} | "
                     f"{row['max_ms']:.2f} |")
    return "\n".join([*lines, ""])


def busy(kept: dict) -> str:
    """What the figures are worth when the machine had other work."""
    loads = [float(one["load"].split()[0]) for one in [*kept["runs"], kept.get("http"), kept.get("replicas")] if one]
    if max(loads, default=0) < BUSY_LOAD:
        return ""
    return (f"**The machine was busy with other work in some of these runs (load averages up to {max(loads):.0f}): their p50 "
            "and p99 are mostly waiting for a processor. Requests of one core are by processor time, and nearer to the "
            "truth.**\n")


def text_of(kept: dict) -> str:
    return "\n".join([f"Machine: {kept.get('machine', machine())}. PostgreSQL: {results.server_facts(kept)}.", "",
                      busy(kept), results.markdown(kept), http_markdown(kept.get("http")), replicas_markdown(kept.get("replicas"))])


def write_between(begin: str, text: str) -> None:
    """In place of what stands behind the line `begin` up to the next END."""
    before, found, rest = DOCUMENT.read_text(encoding="utf-8").partition(begin)
    if not found:
        raise SystemExit(f"{DOCUMENT} has no line {begin}")
    after = rest.partition(END)[2]
    DOCUMENT.write_text(f"{before}{begin}\n\n{text}\n{END}{after}", encoding="utf-8")


def write(kept: dict) -> None:
    write_between(BEGIN, text_of(kept))
    results.draw(kept, FOLDER / "metadata.svg")
