"""Five times as many questions as can be answered, in an open loop: goodput stays, the others are told when to come again."""

import re
import subprocess
import time

import paths  # noqa: F401
import driver
import experiment
import harness
import plan
import sites

FILMS = 300_000
SECONDS = 10
TIMES = 5
GOODPUT = 0.8
LONGEST_MS = 500
BACK_SECONDS = 5
# Processors: metadata has one, the gateway shares the other with the load.
SERVER, CLIENT = ("taskset", "-c", "0"), ("taskset", "-c", "1")
# Nothing is kept that could be asked for twice, and clients have no quotas.
SETTINGS = {"FILMOTEKA_GATEWAY_CACHE_MAX_BYTES": "1MiB", "FILMOTEKA_GATEWAY_CACHE_FRESH": "0s",
            "FILMOTEKA_GATEWAY_CACHE_STALE_WHILE_REVALIDATE": "0s", "FILMOTEKA_GATEWAY_CACHE_STALE_IF_ERROR": "0s",
            "FILMOTEKA_GATEWAY_ACCESS_LOG": "off", "FILMOTEKA_GATEWAY_THREADS": "1", "FILMOTEKA_METADATA_THREADS": "1",
            "FILMOTEKA_METADATA_LOG_LEVEL": "warning", "FILMOTEKA_GATEWAY_LOG_LEVEL": "error"}


def peak(site, path) -> float:
    """Answers a second in a closed loop: the rate at which wrk's connections are never idle."""
    targets = [line.split("\t")[2] for line in path.read_text().splitlines()[:20_000]]
    script = path.with_suffix(".lua")
    script.write_text("local targets = {" + ",".join(f'"{target}"' for target in targets) + "}\nlocal at = 0\n"
                      "function request() at = at % #targets + 1 return wrk.format('GET', targets[at]) end\n")
    output = subprocess.run([*CLIENT, "wrk", "-t1", "-c16", f"-d{SECONDS}s", "-s", script, site.url],
                            check=True, capture_output=True, text=True).stdout
    requests = int(re.search(r"(\d+) requests in", output).group(1))
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    return (requests - (int(bad.group(1)) if bad else 0)) / SECONDS


def run(settings) -> experiment.Outcome:
    outcome = experiment.Outcome(["phase", "requests a second", "answered a second", "turned away, %", "failed, %",
                                  "p50 / p99 / p99.9 ms of what was answered"])
    with sites.pair(FILMS, SETTINGS, CLIENT, SERVER) as site:
        path = plan.dear(site.folder / "plan", settings.seed)
        driver.run(site.port, path, 100, 3, processors=CLIENT[-1])
        best = peak(site, path)
        outcome.rows.append(["peak, 16 connections in a closed loop (wrk)", "–", f"{best:,.0f}", "0", "0", "–"])

        def measure(name: str, rate: float, since: float = 2) -> driver.Figures:
            """From `since` on."""
            result = driver.run(site.port, path, rate, SECONDS, processors=CLIENT[-1], connections=1_000, seed=settings.seed)
            figures = result.figures(since)
            length = SECONDS - since
            outcome.rows.append([name, f"{figures.sent / length:,.0f}", f"{figures.ok / length:,.0f}",
                                 f"{100 * figures.turned_away / figures.sent:.1f}",
                                 f"{100 * figures.failed / figures.sent:.2f}", figures.milliseconds()])
            outcome.notes.append(f"{name}: the load generator was behind by {1000 * result.behind:.0f} ms at most"
                                 + (f", failures: {dict(figures.failures)}" if figures.failed else ""))
            return figures

        measure("half of the peak", best / 2)
        over = measure(f"{TIMES} times the peak", TIMES * best)
        begin = time.monotonic()
        harness.wait_until(lambda: harness.get(site.url + "/api/v1/movies?year_from=1950&genre=драма".replace(
            "драма", "%D0%B4%D1%80%D0%B0%D0%BC%D0%B0"))[0] == 200, "an answer", 30)
        back = time.monotonic() - begin
        after = measure(f"half of the peak, {BACK_SECONDS} s after it", best / 2, BACK_SECONDS)
        goodput = over.ok / (SECONDS - 2)
        outcome.check(f"goodput is {100 * goodput / best:.0f} % of the peak, {100 * GOODPUT:.0f} at least", goodput >= GOODPUT * best)
        outcome.check(f"99 % of what is answered within {LONGEST_MS} ms", 1000 * over.quantile(0.99) <= LONGEST_MS)
        outcome.check("who is not answered is told when to come again (99 %)", over.failed <= 0.01 * over.sent)
        outcome.check(f"answers again after {back:.1f} s", back <= BACK_SECONDS)
        outcome.check("all is answered afterwards", after.availability >= 99.9)
    return outcome
