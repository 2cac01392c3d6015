"""What an experiment gives back, and what all of them share: load and writers around a failure."""

import dataclasses
import time

import paths  # noqa: F401
import driver
import harness
import history
import plan
from recorder import Recorders

LATE_SECONDS = 0.5  # an answer that took longer is none that a visitor is content with
LONGEST_SECONDS = 600
WRITES = "view"  # the class of requests that is none of reads


@dataclasses.dataclass
class Outcome:
    head: list[str]
    rows: list[list[str]] = dataclasses.field(default_factory=list)
    checks: list[tuple[str, bool]] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)

    def check(self, what: str, holds: bool):
        self.checks.append((what, bool(holds)))


FAILURE_HEAD = ["failure", "site", "reads ok, %", "p50 / p99 / p99.9 ms before", "during", "after", "reads well after, s",
                "longest write gap, s", "writes acknowledged / unknown / lost"]


@dataclasses.dataclass
class Struck:
    """What was seen of one failure."""

    result: driver.Result
    history: history.Summary
    struck: float
    mended: float
    ended: float
    write_gap: float
    statuses: dict
    refusals: list[str]

    @property
    def before(self) -> driver.Figures:
        return self.result.during(0, self.struck, without=WRITES)

    @property
    def during(self) -> driver.Figures:
        """Until reads are well again."""
        return self.result.during(self.struck, self.well, without=WRITES)

    @property
    def after(self) -> driver.Figures:
        return self.result.during(self.well, without=WRITES)

    @property
    def well(self) -> float:
        return max(self.mended, self.result.last_trouble(self.struck, LATE_SECONDS, WRITES) or 0)

    @property
    def reads(self) -> driver.Figures:
        """From the strike to the end."""
        return self.result.during(self.struck, without=WRITES)

    @property
    def availability(self) -> float:
        return self.reads.availability

    def row(self, name: str, site: str) -> list[str]:
        return [name, site, f"{self.availability:.2f}", self.before.milliseconds(), self.during.milliseconds(),
                self.after.milliseconds(), f"{self.well - self.mended:.1f}", f"{self.write_gap:.1f}",
                f"{self.history.acknowledged:,} / {self.history.unknown:,} / {self.history.lost:,}"]


class UnderLoad:
    """Mixed load and writers; as a context: `mark_strike()`, `mark_mend()` in it, and `struck()` after it."""

    def __init__(self, site, films: int, rate: float, seed: int, *, write_rate: float = 5, writers: int = 4,
                 before: float = 3, after: float = 5, replicas: list[str] | None = None):
        self.site, self.before, self.after = site, before, after
        path = plan.mixed(site.folder / f"plan-{seed}", site.url, films, seed)
        self.recorders = Recorders(replicas or site.metadata, writers, write_rate, seed=seed)
        self.arguments = (site.port, path, rate, LONGEST_SECONDS), {"seed": seed}
        self.strike_time = self.mend_time = self.end_time = 0.0
        self.driver = self.result = None

    def __enter__(self):
        positional, named = self.arguments
        self.driver = driver.Driver(*positional, **named)
        self.recorders.__enter__()
        time.sleep(self.before)
        self.mark_strike()
        return self

    def mark_strike(self):
        self.strike_time = time.monotonic()

    def mark_mend(self):
        self.mend_time = time.monotonic()

    def __exit__(self, kind, *_):
        try:
            if kind is None:
                if not self.mend_time:
                    self.mark_mend()
                time.sleep(self.after)
                self.end_time = time.monotonic()
                self.result = self.driver.stop()
        finally:
            self.driver.end()
            self.recorders.__exit__()

    def struck(self, seconds: float = 60) -> Struck:
        settled = self.recorders.settle(harness.wait_until, seconds)
        statuses, refusals = {}, []
        for one in self.recorders.all:
            refusals += one.refusals
            for status, count in one.statuses.items():
                statuses[status] = statuses.get(status, 0) + count
        return Struck(self.result, settled, self.strike_time, self.mend_time, self.end_time, self.write_gap(), statuses, refusals)

    def write_gap(self) -> float:
        """The longest time from the strike on in which no write was acknowledged."""
        times = sorted(one.end for recorder in self.recorders.all for one in recorder.operations
                       if isinstance(one, history.Write) and one.outcome == history.OK and one.end >= self.strike_time)
        moments = [self.strike_time, *times, self.end_time]
        return max(later - earlier for earlier, later in zip(moments, moments[1:]))
