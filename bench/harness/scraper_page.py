"""The part of docs/performance.md that bench/scraper.py writes."""

import statistics

from . import document

RESULTS = document.FOLDER / "scraper.json"
BEGIN = "<!-- bench/scraper.py writes from here -->"
MIB = 1 << 20


def table(head: list[str], rows: list[list[str]]) -> list[str]:
    return ["| " + " | ".join(one) + " |" for one in (head, ["---"] * len(head), *rows)] + [""]


def rate(values: list[float]) -> str:
    return f"{statistics.median(values):,.0f} ({min(values):,.0f}–{max(values):,.0f})"


def rates_text(measured: dict | None) -> list[str]:
    if not measured:
        return []
    rows = []
    for one in measured["kinds"]:
        rates, ratios = one["rates"], one["ratios"]
        rows.append([one["kind"], f"{one['bytes'] / 1024:.0f} KiB, {one['films']:.0f} films", rate(rates["filmoteka"]),
                     rate(rates["item_loaders"]), f"**{ratios['item_loaders']:.1f}**", rate(rates["plain_callbacks"]),
                     f"**{ratios['plain_callbacks']:.1f}**"])
    return ["### Pages a second of one core", "", document.measured_when(measured) +
            f" {measured['rounds']} rounds of {measured['seconds']} processor seconds each; all rounds in brackets.", "",
            *table(["pages", "size", "Filmoteka", "Scrapy, item loaders", "ratio", "Scrapy, plain callbacks", "ratio"], rows)]


def memory_text(measured: dict | None) -> list[str]:
    if not measured:
        return []
    rows = [[f"{one['films']:,}", f"{one['seconds']:.0f}", f"{one['resident'] / MIB:.0f}"] for one in measured["samples"]]
    return [f"### Memory: a run of {measured['films']:,} films", "", document.measured_when(measured) +
            f" {measured['pages']:,} answers of {measured['page_bytes'] / 1024:.0f} KiB, all films at metadata after "
            f"{measured['arrived_seconds']:.0f} s.", "",
            *table(["films taken", "seconds", "resident memory of the scraper, MiB"], rows),
            f"At most {measured['peak'] / MIB:.0f} MiB; the bound that the benchmark holds it to is {measured['bound'] / MIB:.0f} MiB.", ""]


def text_of(kept: dict) -> str:
    return "\n".join([f"Machine: {kept['machine']}.", "", *rates_text(kept.get("rates")), *memory_text(kept.get("memory"))])


def write(kept: dict) -> None:
    document.write_between(BEGIN, text_of(kept))
