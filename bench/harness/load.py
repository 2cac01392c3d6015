"""Load by wrk: requests a second, latencies, and the processor time that a server spent on each request."""

import dataclasses
import re
import statistics
import subprocess

from .processes import Server

UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


@dataclasses.dataclass
class Load:
    """One run against one server."""

    requests: int
    seconds: float
    failures: int
    user_seconds: float
    system_seconds: float
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        return self.requests / self.seconds

    @property
    def user_micros(self) -> float:
        return self.user_seconds / self.requests * 1e6

    @property
    def system_micros(self) -> float:
        return self.system_seconds / self.requests * 1e6

    @property
    def processor_micros(self) -> float:
        return self.user_micros + self.system_micros


def seconds_of(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * UNITS[unit]


def run_wrk(server: Server, url: str, *, seconds: int, connections: int, processors: str, script: str | None = None,
            script_arguments: tuple[str, ...] = (), headers: tuple[str, ...] = ()) -> Load:
    command = ["taskset", "-c", processors, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    for header in headers:
        command += ["-H", header]
    if script:
        command += ["-s", script]
    command += [url, *(["--", *script_arguments] if script_arguments else [])]
    before = server.processor_seconds()
    output = subprocess.run(command, check=True, capture_output=True, text=True, timeout=seconds + 30).stdout
    after = server.processor_seconds()
    total = re.search(r"(\d+) requests in ([\d.]+(?:us|ms|s|m)),", output)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", output)
    failures = int(bad.group(1)) if bad else 0
    failures += sum(map(int, broken.groups())) if broken else 0
    return Load(
        requests=int(total.group(1)),
        seconds=seconds_of(total.group(2)),
        failures=failures,
        user_seconds=after[0] - before[0],
        system_seconds=after[1] - before[1],
        p50=seconds_of(re.search(r"^\s+50%\s+(\S+)", output, re.MULTILINE).group(1)),
        p99=seconds_of(re.search(r"^\s+99%\s+(\S+)", output, re.MULTILINE).group(1)),
    )


def median(loads: list[Load], field: str) -> float:
    return statistics.median(getattr(load, field) for load in loads)


def spread(loads: list[Load], field: str) -> str:
    values = sorted(getattr(load, field) for load in loads)
    return f"{values[0]:.1f}–{values[-1]:.1f}"
