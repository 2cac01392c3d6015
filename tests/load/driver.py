"""The open-loop load driver (driver/) from Python: built when it is needed, run, and what it reports made sense of."""

import collections
import dataclasses
import json
import pathlib
import subprocess

import paths

SUB_BITS = 6  # as in driver/report.cpp
BUILD = paths.ROOT / "build/load"
FAILURES = ("status", "connect", "broken", "timeout")


def build() -> pathlib.Path:
    if not (BUILD / "build.ninja").exists():
        subprocess.run(["cmake", "-S", paths.ROOT / "tests/load/driver", "-B", BUILD, "-G", "Ninja"], check=True,
                       stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", BUILD], check=True, stdout=subprocess.DEVNULL)
    return BUILD / "load_driver"


def top_of(bucket: int) -> float:
    """The seconds below which the values of a bucket lie."""
    shift = max(0, (bucket >> SUB_BITS) - 1)
    return (((bucket - (shift << SUB_BITS)) + 1) << shift) / 1e6


@dataclasses.dataclass
class Figures:
    """Of some requests. Who is turned away with a time to come again is neither served nor failed."""

    ok: int = 0
    turned_away: int = 0
    failures: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    latencies: collections.Counter = dataclasses.field(default_factory=collections.Counter)

    @property
    def failed(self) -> int:
        return self.failures.total()

    @property
    def sent(self) -> int:
        return self.ok + self.turned_away + self.failed

    @property
    def availability(self) -> float:
        """The percentage of requests that were answered with what was asked for."""
        return 100 * self.ok / self.sent if self.sent else 100.0

    def quantile(self, share: float) -> float:
        """Seconds; 0 if nothing was answered."""
        wanted, seen = share * self.ok, 0
        for bucket in sorted(self.latencies):
            seen += self.latencies[bucket]
            if seen >= wanted:
                return top_of(bucket)
        return 0.0

    def late(self, seconds: float) -> int:
        return sum(count for bucket, count in self.latencies.items() if top_of(bucket) > seconds)

    def milliseconds(self) -> str:
        return " / ".join(milliseconds(self.quantile(share)) for share in (0.5, 0.99, 0.999))


def milliseconds(seconds: float) -> str:
    value = 1000 * seconds
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


class Result:
    def __init__(self, output: str, window: float):
        *lines, rest = [json.loads(line) for line in output.splitlines()]
        self.lines = lines
        self.window = window
        self.begin = rest["begin"]  # by time.monotonic()
        self.repeated = rest["repeated"]
        self.behind = rest["behind"]  # seconds by which the driver itself was late at most
        self.classes = sorted({line["class"] for line in lines})

    def during(self, begin: float, end: float = float("inf"), without: str | None = None) -> "Figures":
        """The same, by time.monotonic()."""
        return self.figures(begin - self.begin, end - self.begin, without=without)

    def figures(self, begin: float = 0.0, end: float = float("inf"), request_class: str | None = None,
                without: str | None = None) -> Figures:
        """Of the requests that were due in that time; seconds since the begin of the load."""
        total = Figures()
        for line in self.lines:
            if begin <= line["at"] < end and request_class in (None, line["class"]) and without != line["class"]:
                total.ok += line.get("ok", 0)
                total.turned_away += line.get("turned_away", 0)
                total.failures.update({name: line[name] for name in FAILURES if name in line})
                total.latencies.update(dict(line["latencies"]))
        return total

    def last_trouble(self, begin: float, late: float, without: str | None = None) -> float | None:
        """When the last request was due that failed or was late, by time.monotonic(), to the window's end."""
        bad = [line["at"] for line in self.lines if self.begin + line["at"] >= begin and line["class"] != without and
               (any(name in line for name in FAILURES) or any(top_of(bucket) > late for bucket, _ in line["latencies"]))]
        return self.begin + max(bad) + self.window if bad else None

    def by_class(self) -> list[list[str]]:
        rows = []
        for name in self.classes:
            one = self.figures(request_class=name)
            rows.append([name, f"{one.sent:,}", f"{one.ok:,}", f"{one.turned_away:,}", f"{one.failed:,}", one.milliseconds()])
        return rows


class Driver:
    """Runs in the background until its time is over."""

    def __init__(self, port: int, plan: pathlib.Path, rate: float, seconds: float, *, connections: int = 256,
                 timeout: float = 5, window: float = 0.1, seed: int = 1, processors: str | None = None):
        self.window = window
        pinned = ["taskset", "-c", processors] if processors else []
        flags = {"port": port, "plan": plan, "rate": rate, "seconds": seconds, "connections": connections,
                 "timeout": timeout, "window": window, "seed": seed}
        self.process = subprocess.Popen(
            [*pinned, build(), *(part for name, value in flags.items() for part in (f"--{name}", str(value)))],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)

    def stop(self) -> Result:
        """Nothing more is sent."""
        self.process.terminate()
        return self.result()

    def result(self) -> Result:
        output, _ = self.process.communicate()
        if self.process.returncode != 0:
            raise RuntimeError(f"the load driver ended with {self.process.returncode}")
        return Result(output, self.window)

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def run(*arguments, **named) -> Result:
    driver = Driver(*arguments, **named)
    try:
        return driver.result()
    finally:
        driver.end()
