"""Starts servers on loopback, measures the processor time that they take, and stops them."""

import contextlib
import os
import pathlib
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
START_LIMIT_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, what: str, seconds: float) -> None:
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            raise SystemExit(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(0.05)


def children_of(pid: int) -> list[int]:
    """The processes that `pid` started, and theirs."""
    found = []
    for entry in pathlib.Path(f"/proc/{pid}/task").iterdir():
        for child in (entry / "children").read_text().split():
            found += [int(child), *children_of(int(child))]
    return found


class Server:
    """A running server. All of its processes are pinned to the processors given."""

    def __init__(self, name: str, command: list[str], log: pathlib.Path, processors: set[int], environment=None):
        self.name = name
        self.log = log
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(environment or {})},
                preexec_fn=lambda: os.sched_setaffinity(0, processors),
            )

    def wait_for(self, url: str) -> bytes:
        """Until `url` is answered with 200; gives the body. A server that does not come up is stopped."""
        limit = time.monotonic() + START_LIMIT_SECONDS
        while time.monotonic() < limit:
            if self.process.poll() is not None:
                break
            with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                with urllib.request.urlopen(url, timeout=5) as answer:
                    return answer.read()
            time.sleep(0.05)
        self.stop()
        tail = self.log.read_text(errors="replace")[-2000:]
        raise SystemExit(f"{self.name} did not answer {url}. The end of its log:\n{tail}")

    def processor_seconds(self) -> tuple[float, float]:
        """User and system time of all its processes so far."""
        user = system = 0
        for pid in [self.process.pid, *children_of(self.process.pid)]:
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            user += int(fields[11])
            system += int(fields[12])
        return user / TICKS_PER_SECOND, system / TICKS_PER_SECOND

    def settle(self) -> None:
        """Waits until it does nothing of its own any more."""
        def rests() -> bool:
            before = self.processor_seconds()
            time.sleep(0.3)
            return self.processor_seconds() == before

        wait_until(rests, f"{self.name} to rest", START_LIMIT_SECONDS)

    def resident_bytes(self) -> int:
        total = 0
        for pid in [self.process.pid, *children_of(self.process.pid)]:
            total += int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        return total

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Together:
    """Servers that are measured as one."""

    def __init__(self, servers: list[Server]):
        self.servers = servers

    def processor_seconds(self) -> tuple[float, float]:
        user, system = zip(*(server.processor_seconds() for server in self.servers))
        return sum(user), sum(system)

    def stop(self) -> None:
        for server in reversed(self.servers):
            server.stop()
