"""The part of docs/reliability.md that tests/load/run.py writes, of figures that are kept run by run."""

import json
import os
import pathlib
import platform
import subprocess

import paths

PAGE = paths.ROOT / "docs/reliability.md"
KEPT = paths.ROOT / "docs/reliability/figures.json"


def table(head: list[str], rows: list[list[str]]) -> list[str]:
    return ["| " + " | ".join(one) + " |" for one in (head, ["---"] * len(head), *rows)]


def revision() -> str:
    return subprocess.run(["git", "-C", paths.ROOT, "rev-parse", "--short", "HEAD"], capture_output=True,
                          text=True).stdout.strip()


def machine() -> str:
    model = next((line.split(":", 1)[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return f"{os.cpu_count()} processors ({model}), {memory:.0f} GiB, Linux {platform.release()}"


def keep(name: str, outcome, seed: int, seconds: float, load: float, date):
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    kept[name] = {"date": str(date), "revision": revision(), "machine": machine(), "seed": seed, "seconds": round(seconds),
                  "load": round(load, 1), "head": outcome.head, "rows": outcome.rows, "notes": outcome.notes,
                  "checks": [[what, holds] for what, holds in outcome.checks]}
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")


def markdown(one: dict) -> list[str]:
    kept = [what for what, holds in one["checks"] if not holds]
    judged = "all held" if not kept else "NOT held: " + "; ".join(kept)
    return [*table(one["head"], one["rows"]), "", *(f"- {note}" for note in one["notes"]),
            f"- {len(one['checks'])} checks, {judged}. {one['date']}, revision {one['revision']}, seed {one['seed']}, "
            f"{one['seconds']} s, load average before {one['load']}; {one['machine']}", ""]


def write():
    """Between the marks of each experiment."""
    text = PAGE.read_text()
    for name, one in json.loads(KEPT.read_text()).items():
        begin, end = f"<!-- figures of {name} -->\n", f"<!-- end of {name} -->"
        before, _, rest = text.partition(begin)
        if not rest:
            raise SystemExit(f"{PAGE.name} has no place for {name}")
        text = before + begin + "\n" + "\n".join(markdown(one)) + "\n" + end + rest.partition(end)[2]
    PAGE.write_text(text)
