"""Mixed load without any failure, at several rates, and the peak of one hot answer in a closed loop (wrk, h2load)."""

import re
import subprocess

import paths  # noqa: F401
import driver
import experiment
import harness
import plan
import sites
from recorder import Recorders

FILMS = 5_000
RATES = [100, 300, 1_000, 2_000]
SECONDS = 10
HOT = "/api/v1/movies?sort=-views"


def closed_loop(url: str) -> list[str]:
    """Requests a second of one cached answer, as two load generators see them."""
    wrk = subprocess.run(["wrk", "-t1", "-c64", "-d5s", url + HOT], check=True, capture_output=True, text=True).stdout
    h2load = subprocess.run(["h2load", "--h1", "-t1", "-c64", "-D5", url + HOT], check=True, capture_output=True, text=True).stdout
    return [f"wrk, 64 connections: {float(re.search(r'Requests/sec: *([0-9.]+)', wrk).group(1)):,.0f} requests a second",
            f"h2load --h1, 64 connections: {float(re.search(r'finished in .*?, ([0-9.]+) req/s', h2load).group(1)):,.0f} requests a second"]


def run(settings) -> experiment.Outcome:
    outcome = experiment.Outcome(["site", "requests a second", "answered, %", "p50 / p99 / p99.9 ms", "of them search",
                                  "filters", "film", "batches written a second", "history"])
    for kind, make in (("one process", sites.embedded), ("cluster", sites.cluster)):
        with make(FILMS) as site:
            path = plan.mixed(site.folder / "plan", site.url, FILMS, settings.seed)
            driver.run(site.port, path, 300, 4)  # caches fill
            for number, rate in enumerate(RATES):
                with Recorders(site.metadata, 2, 5, seed=settings.seed + 100 * number) as recorders:
                    result = driver.run(site.port, path, rate, SECONDS, seed=settings.seed)
                found = recorders.settle(harness.wait_until)
                all_of_them = result.figures()
                outcome.rows.append([kind, f"{rate:,}", f"{all_of_them.availability:.3f}", all_of_them.milliseconds(),
                                     *(result.figures(request_class=name).milliseconds() for name in ("search", "filters", "film")),
                                     "10", f"{found.acknowledged} acknowledged, {len(found.violations)} violations"])
                if rate <= 300:
                    outcome.check(f"{kind}, {rate} requests a second: all answered", all_of_them.availability == 100)
                outcome.check(f"{kind}, {rate} requests a second: no contradiction in the history", not found.violations)
            outcome.notes += [f"{kind}, a hot answer, generator and server on the same two processors: {line}"
                              for line in closed_loop(site.url)]
    return outcome
