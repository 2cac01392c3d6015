"""No descriptor is left: the limit of open files is lowered under a running process and clients fill it."""

import resource
import socket
import time

import paths  # noqa: F401
import driver
import experiment
import plan
import sites

FILMS = 1_000
RATE = 100
SPARE = 20  # descriptors beyond those in use
CLIENTS = 300
SECONDS = 5
BUSY_SHARE = 0.2
BACK_SECONDS = 5


def run(settings) -> experiment.Outcome:
    outcome = experiment.Outcome(["phase", "reads ok, %", "turned away with Retry-After", "failed", "p50 / p99 / p99.9 ms",
                                  "processor of the server, %"])
    with sites.embedded(FILMS) as site:
        path = plan.mixed(site.folder / "plan", site.url, FILMS, settings.seed, without=("view",))
        usual = resource.prlimit(site.id, resource.RLIMIT_NOFILE)
        in_use = sites.descriptors(site.id)

        def measure(name: str, rate: float, **more) -> tuple[driver.Figures, float]:
            before, begin = sites.processor_seconds(site.id), time.monotonic()
            if rate:
                figures = driver.run(site.port, path, rate, SECONDS, seed=settings.seed, **more).figures()
            else:
                time.sleep(SECONDS)
                figures = driver.Figures()
            share = (sites.processor_seconds(site.id) - before) / (time.monotonic() - begin)
            answered = f"{figures.availability:.2f}" if rate else "–"
            outcome.rows.append([name, answered, f"{figures.turned_away:,}", f"{figures.failed:,}",
                                 figures.milliseconds() if rate else "–", f"{100 * share:.1f}"])
            return figures, share

        usual_load, _ = measure("before", RATE)
        resource.prlimit(site.id, resource.RLIMIT_NOFILE, (in_use + SPARE, usual[1]))
        held = []
        try:
            for _ in range(CLIENTS):
                held.append(socket.create_connection(("127.0.0.1", site.port), timeout=5))
            _, share = measure(f"none left, {CLIENTS} clients that say nothing, no load", 0)
            outcome.check(f"the accept loop does not spin: {100 * share:.1f} % of a processor", share < BUSY_SHARE)
            measure("none left, and new clients at the usual rate", RATE, timeout=2)
        finally:
            for one in held:
                one.close()
        begin = time.monotonic()
        sites.harness.wait_until(lambda: sites.harness.get(site.url + "/api/v1/home")[0] == 200, "an answer", 30)
        back = time.monotonic() - begin
        outcome.check(f"served again {back:.1f} s after the clients had gone, with the lower limit", back <= BACK_SECONDS)
        resource.prlimit(site.id, resource.RLIMIT_NOFILE, usual)
        after, _ = measure("after", RATE)
        outcome.check("all is served afterwards", after.availability == 100 and usual_load.availability == 100)
        outcome.check("no descriptor is lost", sites.descriptors(site.id) <= in_use + SPARE)
    return outcome
