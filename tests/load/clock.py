"""The wall clock is set forward and back under mixed load and writes, and what becomes of the schedules of sources."""

import time

import paths
import experiment
import sites
import harness
from faked_clock import FakedClock
from simulated_rutube import FakeRutube, definition

FILMS = 1_000
RATE = 100
OFFSETS = {"an hour forward": 3600, "two hours back": -3600, "a day and an hour forward": 86400, "two days back": -86400,
           "right again": 0}
QUIET_SECONDS = 3
BUSY_SHARE = 0.2
NOTICED_SECONDS = 75  # a source that waits for its time looks at the clock once a minute


def run(settings) -> experiment.Outcome:
    outcome = experiment.Outcome(experiment.FAILURE_HEAD)
    with sites.folder() as place:
        clock = FakedClock(place)
        site = sites.Embedded(place, place / "data", "--no-starter", env={**sites.ALONE, **clock.env(sites.harness.BIN / "filmoteka")})
        try:
            site.start()
            sites.plan.films.put_films(site.port + 1, FILMS)
            for number, (name, offset) in enumerate(OFFSETS.items()):
                load = experiment.UnderLoad(site, FILMS, RATE, settings.seed + 10 * number)
                with load:
                    clock.set(offset)
                    time.sleep(1)
                    load.mark_mend()
                struck = load.struck()
                begin = sites.processor_seconds(site.id)
                time.sleep(QUIET_SECONDS)
                share = (sites.processor_seconds(site.id) - begin) / QUIET_SECONDS
                outcome.rows.append(struck.row(f"clock set {name}", "one process"))
                outcome.check(f"{name}: every read answered", struck.availability == 100)
                outcome.check(f"{name}: every write acknowledged and found",
                              set(struck.statuses) == {200} and not struck.history.violations)
                outcome.check(f"{name}: idle afterwards, {100 * share:.0f} % of a processor", share < BUSY_SHARE)
        finally:
            site.end()
    schedules(outcome)
    return outcome


def schedules(outcome):
    """A source that is due every hour: what was missed is made up for once, and set back nothing is due."""
    if not (harness.BIN / "filmoteka-fake-rutube").exists():
        harness.BIN = paths.ROOT / "build/dev/bin"  # a release build has no simulated Rutube
    with sites.folder() as place:
        rutube = FakeRutube(place, "--films", "20")
        site = None
        try:
            (place / "sources").mkdir()
            (place / "sources/rutube-test.yaml").write_text(definition(rutube.url) + "\nschedule:\n  every: 1h\n")
            clock = FakedClock(place)
            site = sites.Embedded(place, place / "data", "--no-starter", env={
                **clock.env(harness.BIN / "filmoteka"), "FILMOTEKA_SCRAPER_SOURCES": str(place / "sources"),
                "FILMOTEKA_SCRAPER_FIRST_RUN_DELAY": "100ms", "FILMOTEKA_SCRAPER_FETCH_SOURCE_DELAYS": "false",
                "FILMOTEKA_SCRAPER_FETCH_DELAY": "0ms"})
            site.start()

            def ended() -> int:
                items = harness.get_json(f"http://127.0.0.1:{site.port + 2}/internal/v1/runs?limit=100")[1]["items"]
                return len(items) if all(run["state"] == "done" for run in items) else 0

            harness.wait_until(lambda: ended() == 1, "the first run", 60)
            for name, offset, runs in (("70 minutes forward", 4_200, 2), ("two days forward", 172_800, 3),
                                       ("half an hour back", 171_000, 3)):
                clock.set(offset)
                begin = time.monotonic()
                harness.wait_until(lambda: ended() >= runs, "the run that is due", NOTICED_SECONDS)
                noticed = time.monotonic() - begin
                time.sleep(2)
                outcome.notes.append(f"schedules, clock set {name}: {ended()} runs in all, the due one {noticed:.0f} s after")
                outcome.check(f"schedules, clock set {name}: {ended()} runs of a source due every hour, {runs} expected", ended() == runs)
        finally:
            if site is not None:
                site.end()
            rutube.kill()
