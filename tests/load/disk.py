"""A full disk under mixed load and writes: the films' (SQLite), and the one that the log goes to."""

import pathlib
import time

import paths  # noqa: F401
import experiment
import plan
import sites
from small_disk import SmallDisk

FILMS = 1_000
RATE = 150
FULL_SECONDS = 4
DATA_MEGABYTES, LOG_MEGABYTES = 40, 6
BACK_SECONDS = 5


def site_on(data: pathlib.Path, logs: pathlib.Path) -> sites.Embedded:
    return sites.Embedded(logs, data, "--no-starter", env=sites.ALONE)


def strike(outcome, disk: SmallDisk, site: sites.Embedded, place: pathlib.Path, name: str, seed: int) -> experiment.Struck:
    try:
        site.start()
        plan.films.put_films(site.port + 1, FILMS)
        site.folder = place  # of what the test itself writes
        load = experiment.UnderLoad(site, FILMS, RATE, seed)
        with load:
            end = time.monotonic() + FULL_SECONDS
            while time.monotonic() < end:
                disk.fill()
                time.sleep(0.05)
            disk.free()
            load.mark_mend()
        struck = load.struck()
        assert site.is_alive(), "it ended"
    finally:
        site.end()
    outcome.rows.append(struck.row(name, "one process"))
    outcome.check(f"{name}: every read answered", struck.availability == 100)
    outcome.check(f"{name}: nothing lost, {struck.history.acknowledged} acknowledged", not struck.history.violations)
    outcome.notes.append(f"{name}: writes by status: {struck.statuses}")
    return struck


def run(settings) -> experiment.Outcome:
    outcome = experiment.Outcome(experiment.FAILURE_HEAD)
    with sites.folder() as place:
        disk = SmallDisk(place / "films", DATA_MEGABYTES)
        try:
            struck = strike(outcome, disk, site_on(disk.folder / "data", place), place, "the films' disk is full", settings.seed)
        finally:
            disk.unmount()
        outcome.check("the films' disk is full: writes are refused by 503 or 507, and say why",
                      set(struck.statuses) <= {200, 503, 507} and len(struck.statuses) > 1 and
                      all("disk" in refusal for refusal in struck.refusals))
        outcome.check(f"the films' disk is full: writes go on without a restart, within {BACK_SECONDS} s",
                      struck.write_gap <= FULL_SECONDS + BACK_SECONDS)
        disk = SmallDisk(place / "logs", LOG_MEGABYTES)
        try:
            struck = strike(outcome, disk, site_on(place / "data", disk.folder), place, "the logs' disk is full", settings.seed)
        finally:
            disk.unmount()
        outcome.check("the logs' disk is full: every write acknowledged", set(struck.statuses) == {200})
    return outcome
