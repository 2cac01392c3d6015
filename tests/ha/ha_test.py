#!/usr/bin/python3
"""One part after the other of a whole cluster (deploy/ha) dies under readers and writers; a row of figures for each.

  ha_test.py [--list] [FAILURE...]     all unless told

Passed: no acknowledged write is lost or there twice, at least 99.9 % of the reads are answered in time, writes never stand
still for more than 30 s, and the cluster is whole again after it.
"""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "deploy/ha"))
import checks  # noqa: E402
import health  # noqa: E402
from cluster import Cluster, MACHINES  # noqa: E402
from failures import DOWN_SECONDS, FAILURES  # noqa: E402
from processes import wait_until  # noqa: E402
from film_source import SOURCES, FILMS, Site  # noqa: E402
from topology import free_base  # noqa: E402
from writers import Writer  # noqa: E402

PROGRAMS = pathlib.Path(os.environ.get("FILMOTEKA_BIN", ROOT / "build/release/bin"))
READS_A_SECOND = 200
IN_TIME_SECONDS = 2
WRITERS = 3
SURVIVE_SECONDS = 90
WHOLE_SECONDS = 150
CATCH_UP_SECONDS = 20
SOURCE_SECONDS = 120  # the runs of a minute, and those that were taken over
LEAST_READS_OK = 0.999
LONGEST_WRITE_GAP = 30
COLUMNS = "{:24} {:>7} {:>9} {:>7} {:>7} {:>11} {:>8} {:>6} {:>11}"
HEADING = COLUMNS.format("failure", "reads", "ok %", "p50 ms", "p99 ms", "write gap s", "acked", "lost", "whole in s")


class Experiments:
    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.site = Site()
        self.cluster = Cluster(folder / "cluster", PROGRAMS, free_base(MACHINES))
        self.cluster.environment = self.environment()
        self.readers = None
        self.writers: list[Writer] = []
        self.wrong: list[str] = []

    def environment(self) -> dict[str, str]:
        """One machine's visitors come from one address; and there is a source to be read all the time."""
        sources = self.folder / "sources"
        sources.mkdir()
        for name, text in self.site.definitions().items():
            (sources / name).write_text(text)
        return {"FILMOTEKA_GATEWAY_RATE_LIMIT_ENABLED": "false", "FILMOTEKA_SCRAPER_SOURCES": str(sources),
                "FILMOTEKA_SCRAPER_FETCH_DELAY": "500ms", "FILMOTEKA_SCRAPER_LEASE": "5s"}

    def begin(self):
        self.folder.chmod(0o711)
        health.bring_up(self.cluster, self.cluster.environment)
        self.wait_until_whole("the start")
        at = self.cluster.topology
        services = [(machine, at.ports["metadata"]) for machine in at.machines[:2]]
        self.writers = [Writer(number, services, self.cluster.secrets["token"]) for number in range(WRITERS)]
        for writer in self.writers:
            writer.start()
        wait_until(lambda: all(len(writer.so_far()) >= 20 for writer in self.writers), "the first films", 30)
        (self.folder / "reads").touch()
        self.readers = subprocess.Popen(
            [sys.executable, pathlib.Path(__file__).parent / "readers.py", f"http://{at.at(1, 'site')}", str(READS_A_SECOND),
             self.folder / "reads"], stdin=subprocess.DEVNULL)
        wait_until(lambda: len(self.reads(0, time.monotonic())) > READS_A_SECOND, "the first reads", 30)

    def end(self):
        for writer in self.writers:
            writer.ended.set()
        if self.readers:
            self.readers.send_signal(signal.SIGTERM)
            self.readers.wait()
        for process in self.cluster.processes.values():
            process.signal_all(signal.SIGCONT)
            process.kill()
        self.site.stop()

    def wait_until_whole(self, after: str):
        try:
            wait_until(lambda: not health.problems(self.cluster), f"a whole cluster after {after}", WHOLE_SECONDS)
        except TimeoutError as error:
            raise AssertionError(f"{error}: " + "; ".join(health.problems(self.cluster))) from None

    def reads(self, begin: float, end: float) -> list[tuple[float, int]]:
        """(latency, status) of those that were due between the two."""
        lines = (line.split() for line in (self.folder / "reads").read_text().splitlines() if line.count(" ") == 2)
        return [(float(latency), int(status)) for due, latency, status in lines if begin <= float(due) < end]

    def try_one(self, name: str) -> list[str]:
        """What was not as it has to be."""
        failure = FAILURES[name](self.cluster)
        begin = time.monotonic()
        failure.strike()
        wait_until(failure.survived, f"{name} to be survived", SURVIVE_SECONDS)
        # Half dead is a state too: the others have to go on in it.
        wait_until(lambda: time.monotonic() > begin + DOWN_SECONDS and all(w.times_after(begin + 1) for w in self.writers),
                   f"each writer to go on after {name}", SURVIVE_SECONDS)
        failure.repair()
        self.wait_until_whole(name)
        end = time.monotonic()
        return self.judge(name, begin, end)

    def judge(self, name: str, begin: float, end: float) -> list[str]:
        # Before they rest for the check.
        times = sorted([begin, *(t for writer in self.writers for t in writer.times_after(begin)), time.monotonic()])
        gap = max(later - earlier for earlier, later in zip(times, times[1:]))
        acknowledged, missing, wrong = self.check_films()
        due = int((end - begin) * READS_A_SECOND)
        wait_until(lambda: len(self.reads(begin, end)) >= due - 1, "the reads to be answered", 30)
        reads = self.reads(begin, end)
        latencies = sorted(latency for latency, _ in reads)
        good = sum(status in (200, 304) and latency <= IN_TIME_SECONDS for latency, status in reads) / len(reads)
        print(COLUMNS.format(name, len(reads), f"{100 * good:.3f}", f"{1000 * latencies[len(latencies) // 2]:.1f}",
                             f"{1000 * latencies[len(latencies) * 99 // 100]:.1f}", f"{gap:.1f}", acknowledged, missing,
                             f"{end - begin:.1f}"), flush=True)
        if good < LEAST_READS_OK:
            statuses = sorted({status for _, status in reads})
            wrong.append(f"{100 - 100 * good:.3f} % of the reads failed or took longer than {IN_TIME_SECONDS} s ({statuses})")
        if gap > LONGEST_WRITE_GAP:
            wrong.append(f"no write was acknowledged for {gap:.1f} s")
        return wrong

    def check_films(self) -> tuple[int, int, list[str]]:
        """How many films were acknowledged up to now, how many of them are not everywhere, and what is wrong."""
        acknowledged = {key: rating for writer in self.writers for key, rating in writer.pause().items()}
        try:
            wrong = [surprise for writer in self.writers for surprise in writer.surprises]
            missing = set()
            for where, films in self.places():
                gone = checks.lost(acknowledged, films())
                end = time.monotonic() + CATCH_UP_SECONDS
                while gone and time.monotonic() < end:
                    gone = checks.lost(acknowledged, films())
                missing |= set(gone)
                wrong += [f"{key} was acknowledged and is not {where}" for key in gone[:5]]
                wrong += [f"{title} is there twice {where}" for title in checks.duplicates(films())[:5]]
        finally:
            for writer in self.writers:
                writer.go_on()
        for machine in range(2):
            if health.metric(self.cluster, "metadata", machine, "filmoteka_metadata_store_went_back_total"):
                wrong.append(f"metadata{machine + 1} has seen what the database lost later")
        return len(acknowledged), len(missing), wrong

    def places(self):
        at = self.cluster.topology
        for machine in range(2):
            yield f"at metadata{machine + 1}", lambda machine=machine: checks.listed(
                f"http://{at.at(machine, 'metadata')}", self.cluster.secrets["token"])
        database = at.databases(range(3), self.cluster.secrets, "?target_session_attrs=read-write&connect_timeout=5")
        yield "in the leader's tables", lambda: checks.stored(database)

    def check_the_source(self) -> list[str]:
        """What the scrapers brought in while they and all else died: each film once."""
        ask = next(iter(self.places()))[1]
        films = []

        def all_there():
            films[:] = [title for source, title, _ in ask() if source in SOURCES]
            return len(films) == FILMS == len(set(films))

        try:
            wait_until(all_there, "all films of the source", SOURCE_SECONDS)
            return []
        except TimeoutError:
            pass
        return [f"of the source's {FILMS} films there are {len(films)}, {len(set(films))} different ones"]

    def logs(self) -> str:
        return "\n".join(f"--- {name}\n{process.last_words()[-800:]}" for name, process in self.cluster.processes.items())


def run(names: list[str]) -> int:
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="filmoteka-ha-") as holder:
        experiments = Experiments(pathlib.Path(holder))
        try:
            begin = time.monotonic()
            experiments.begin()
            print(f"the cluster is whole after {time.monotonic() - begin:.0f} s", flush=True)
            print(HEADING, flush=True)
            for name in [*names, "source"]:
                wrong = experiments.check_the_source() if name == "source" else experiments.try_one(name)
                passed, failed = passed + (not wrong), failed + bool(wrong)
                for line in wrong:
                    print(f"FAIL {name}: {line}", flush=True)
        except (AssertionError, TimeoutError, OSError, subprocess.SubprocessError) as error:
            print(f"FAIL: {error}\n{experiments.logs()}", flush=True)
            failed += 1
        finally:
            experiments.end()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def main() -> int:
    names = sys.argv[1:]
    if names == ["--list"]:
        print("\n".join(FAILURES))
        return 0
    unknown = [name for name in names if name not in FAILURES]
    if unknown:
        sys.exit(f"no such failure: {', '.join(unknown)}; there are {', '.join(FAILURES)}")
    # An interruption is an end like any other: what was started is ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    return run(names or list(FAILURES))


if __name__ == "__main__":
    sys.exit(main())
