"""What the end-to-end tests share: real programs on free ports in temporary folders, ended by their ids."""

import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("FILMOTEKA_BIN", ROOT / "build/dev/bin"))


def free_port_block() -> int:
    """A port P so that P..P+2 and P+1000..P+1002 (what `filmoteka up --port P` takes) are free."""
    for _ in range(200):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            base = probe.getsockname()[1]
        wanted = [base + offset for offset in (0, 1, 2, 1000, 1001, 1002)]
        if wanted[-1] > 65535:
            continue
        held = []
        try:
            for port in wanted:
                sock = socket.socket()
                held.append(sock)
                sock.bind(("127.0.0.1", port))
            return base
        except OSError:
            continue
        finally:
            for sock in held:
                sock.close()
    raise RuntimeError("no free block of ports")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, what: str, seconds: float = 60.0):
    """Asks `condition` until it gives something true; fails the test after `seconds`."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(0.02)


def get(url: str, headers=None, method="GET", body: bytes | None = None):
    """(status, headers, body bytes); connection errors give status 0."""
    request = urllib.request.Request(url, headers=headers or {}, method=method, data=body)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()
    except OSError:
        return 0, {}, b""


def get_json(url: str):
    status, _, body = get(url)
    return status, json.loads(body) if body else None


class Program:
    """A program of ours that runs in the background; its output goes to a file in `folder`."""

    def __init__(self, folder: pathlib.Path, name: str, *arguments: str, env=None, under=()):
        """`under`: a command before it (strace with its arguments), whose child it is then."""
        self.log_path = pathlib.Path(folder) / f"{name}-{time.monotonic_ns()}.log"
        self.log = open(self.log_path, "wb")
        self.process = subprocess.Popen(
            [*under, str(BIN / name), *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=self.log,
            stderr=subprocess.STDOUT, env={**os.environ, **(env or {})})

    def wait_ready(self, url: str, seconds: float = 60.0):
        def ready():
            if self.process.poll() is not None:
                raise AssertionError(f"it ended with {self.process.returncode}:\n{self.output()}")
            return get(url)[0] == 200

        wait_until(ready, f"{url} to be ready", seconds)

    def stop(self, number=signal.SIGTERM, seconds: float = 30.0) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"it did not stop within {seconds:.0f} s:\n{self.output()[-4000:]}") from None
        finally:
            self.log.close()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.log.close()

    def output(self) -> str:
        return self.log_path.read_text(errors="replace")


class Filmoteka(Program):
    """The all-in-one process on a free block of ports."""

    def __init__(self, folder: pathlib.Path, data: pathlib.Path, *arguments: str, env=None):
        self.port = free_port_block()
        super().__init__(folder, "filmoteka", "up", "--data", data, "--port", self.port, *arguments, env=env)
        self.url = f"http://127.0.0.1:{self.port}"
        self.metadata = f"http://127.0.0.1:{self.port + 1}"
        self.scraper = f"http://127.0.0.1:{self.port + 2}"

    def wait(self, seconds: float = 60.0):
        self.wait_ready(self.url + "/api/v1/readyz", seconds)
        return self

    def total(self) -> int:
        status, page = get_json(self.url + "/api/v1/movies?per_page=1")
        assert status == 200, f"GET /movies gave {status}"
        return page["page"]["total"]


class Service(Program):
    """One of the services by itself, on free ports unless told otherwise."""

    def __init__(self, folder: pathlib.Path, name: str, *arguments: str, port: int = 0, env=None):
        self.port = port or free_port()
        operations = free_port()
        super().__init__(folder, name, "--listen", f"127.0.0.1:{self.port}", "--ops-listen", f"127.0.0.1:{operations}",
                         *arguments, env=env)
        self.url = f"http://127.0.0.1:{self.port}"
        self.operations = f"http://127.0.0.1:{operations}"

    def wait(self, seconds: float = 60.0):
        self.wait_ready(self.operations + "/readyz", seconds)
        return self

    def metrics(self) -> str:
        return get(self.operations + "/metrics")[2].decode()


def filmoteka(*arguments: str, check=True, env=None) -> subprocess.CompletedProcess:
    """Runs a command of the all-in-one program to its end."""
    done = subprocess.run([str(BIN / "filmoteka"), *map(str, arguments)], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=300, env={**os.environ, **(env or {})})
    if check and done.returncode != 0:
        raise AssertionError(f"filmoteka {' '.join(map(str, arguments))} ended with {done.returncode}:\n"
                             f"{done.stdout}\n{done.stderr}")
    return done


class TestCase(unittest.TestCase):
    """Gives each test a folder of its own and ends what it started."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="filmoteka-test-")
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        self.data = self.folder / "data"

    def service(self, name: str, *arguments: str, port: int = 0) -> Service:
        program = Service(self.folder, name, *arguments, port=port)
        self.addCleanup(lambda: program.process.poll() is None and program.kill())
        return program.wait()

    def up(self, *arguments: str, env=None) -> Filmoteka:
        program = Filmoteka(self.folder, self.data, *arguments, env=env)
        self.addCleanup(lambda: program.process.poll() is None and program.kill())
        return program


def main():
    """unittest.main() with the closing line that ./test counts."""
    program = unittest.main(exit=False, verbosity=2)
    bad = len(program.result.failures) + len(program.result.errors)
    print(f"{program.result.testsRun - bad - len(program.result.skipped)} passed, {bad} failed")
    raise SystemExit(1 if bad else 0)
