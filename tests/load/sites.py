"""The sites that are tested: real processes on loopback, on the same ports however often they are started."""

import contextlib
import os
import pathlib
import signal
import subprocess
import tempfile

import paths  # noqa: F401
import harness
import plan
import postgres
import redis_server
from replica import lasting_port

# Without quotas for the one client that there is, and without sources in the internet.
ALONE = {"FILMOTEKA_GATEWAY_RATE_LIMIT_ENABLED": "off", "FILMOTEKA_SCRAPER_RUN_SCHEDULES": "off"}
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
# A gateway that has once had an answer stays ready without any metadata service: it goes on serving what it keeps.
HAPROXY = """\
global
    maxconn 8000
defaults
    mode http
    timeout connect 500ms
    timeout client 60s
    timeout server 12s
    timeout check 500ms
    retries 2
    option redispatch 1
    retry-on conn-failure empty-response
frontend site
    bind 127.0.0.1:{port}
    default_backend gateways
backend gateways
    option httpchk GET /api/v1/readyz
    default-server check inter 500ms fastinter 200ms fall 2 rise 2 on-marked-down shutdown-sessions observe layer4
{servers}
"""


class Process:
    """A program of ours that is started, killed and stopped again and again."""

    def __init__(self, folder: pathlib.Path, name: str, program: str, *arguments, env=None, under=(), ready="/readyz"):
        self.folder, self.name, self.program_name, self.arguments = folder, name, program, arguments
        self.env, self.under = env or {}, under
        self.port, self.operations = lasting_port(), lasting_port()
        self.ready = f"http://127.0.0.1:{self.operations}{ready}"
        self.program = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def id(self) -> int:
        return self.program.process.pid

    def launch(self):
        self.program = harness.Program(self.folder, self.program_name, *self.arguments, "--listen",
                                       f"127.0.0.1:{self.port}", "--ops-listen", f"127.0.0.1:{self.operations}",
                                       env=self.env, under=self.under)

    def start(self):
        self.launch()
        self.wait()

    def wait(self, seconds: float = 60):
        self.program.wait_ready(self.ready, seconds)

    def is_ready(self) -> bool:
        return harness.get(self.ready)[0] == 200

    def kill(self):
        self.program.kill()

    def pause(self):
        self.program.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.program.process.send_signal(signal.SIGCONT)

    def end(self):
        if self.program is not None and self.program.process.poll() is None:
            self.program.kill()

    def is_alive(self) -> bool:
        return self.program.process.poll() is None

    def metrics(self) -> str:
        return harness.get(f"http://127.0.0.1:{self.operations}/metrics")[2].decode()


def processor_seconds(process: int) -> float:
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_bytes(process: int) -> int:
    return int(pathlib.Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE


def descriptors(process: int) -> int:
    return len(os.listdir(f"/proc/{process}/fd"))


class Embedded(Process):
    """`filmoteka up`: everything in one process, the films in SQLite."""

    def __init__(self, folder: pathlib.Path, data: pathlib.Path, *arguments, env=None, under=()):
        super().__init__(folder, "filmoteka", "filmoteka", env=env, under=under)
        self.data, self.arguments = data, arguments
        self.port = harness.free_port_block()
        self.operations = self.port + 1000
        self.ready = f"{self.url}/api/v1/readyz"
        self.metadata = [f"http://127.0.0.1:{self.port + 1}"]
        self.processes = [self]

    def launch(self):
        self.program = harness.Program(self.folder, "filmoteka", "up", "--data", self.data, "--port", self.port,
                                       *self.arguments, env=self.env, under=self.under)


class Proxy(Process):
    """HAProxy in front of the gateways."""

    def __init__(self, folder: pathlib.Path, gateways: list[Process]):
        super().__init__(folder, "HAProxy", "haproxy")
        self.ready = f"{self.url}/api/v1/readyz"
        servers = "\n".join(f"    server {gateway.name} 127.0.0.1:{gateway.port}" for gateway in gateways)
        self.configuration = folder / "haproxy.cfg"
        self.configuration.write_text(HAPROXY.format(port=self.port, servers=servers))

    def launch(self):
        self.program = Command(self.folder / "haproxy.log", ["haproxy", "-db", "-f", str(self.configuration)])


class Command(harness.Program):
    """Any program."""

    def __init__(self, log: pathlib.Path, command: list[str]):
        self.log_path = log
        self.log = open(log, "ab")
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT,
                                        env={**os.environ, "PATH": os.environ.get("PATH", "") + ":/usr/sbin:/sbin"})


class Cluster:
    """Two gateways behind HAProxy, two metadata services on one PostgreSQL, and Redis."""

    def __init__(self, folder: pathlib.Path, gateway_env=None):
        self.folder = folder
        self.postgres = self.redis = None
        self.processes: list[Process] = []
        self.gateway_env = gateway_env or {}

    def start(self):
        self.postgres = postgres.Postgres(self.folder / "postgres")
        self.redis = redis_server.Redis(self.folder / "redis")
        shared = "--redis", self.redis.url
        self.services = [Process(self.folder, f"metadata-{number}", "filmoteka-metadata", "--data",
                                 self.folder / f"metadata-{number}", "--database", self.postgres.url, *shared)
                         for number in (1, 2)]
        self.processes += self.services
        for service in self.services:
            service.start()
        self.metadata = [service.url for service in self.services]
        named = [part for url in self.metadata for part in ("--metadata", url)]
        self.gateways = [Process(self.folder, f"gateway-{number}", "filmoteka-gateway", "--data",
                                 self.folder / f"gateway-{number}", *named, *shared, "--rate-limit", "off",
                                 env=self.gateway_env) for number in (1, 2)]
        self.processes += self.gateways
        for gateway in self.gateways:
            gateway.start()
        self.proxy = Proxy(self.folder, self.gateways)
        self.processes.append(self.proxy)
        self.proxy.start()
        self.port, self.url = self.proxy.port, self.proxy.url
        return self

    def end(self):
        for process in reversed(self.processes):
            process.end()
        for server in (self.redis, self.postgres):
            if server is not None:
                server.stop()


@contextlib.contextmanager
def folder():
    with tempfile.TemporaryDirectory(prefix="filmoteka-load-", ignore_cleanup_errors=True) as name:
        os.chmod(name, 0o711)  # PostgreSQL runs as a user of its own
        yield pathlib.Path(name)


@contextlib.contextmanager
def cluster(films: int, **settings):
    with folder() as place:
        site = Cluster(place, **settings)
        try:
            site.start()
            plan.films.put_films(site.services[0].port, films)
            yield site
        finally:
            site.end()


class Pair:
    """A gateway and a metadata service on SQLite, processes of their own."""

    def __init__(self, folder: pathlib.Path, env, under_gateway=(), under_metadata=()):
        self.folder = folder
        self.service = Process(folder, "metadata", "filmoteka-metadata", "--data", folder / "metadata", env=env,
                               under=under_metadata)
        self.gateway = Process(folder, "gateway", "filmoteka-gateway", "--data", folder / "gateway", "--metadata",
                               self.service.url, env=env, under=under_gateway)
        self.port, self.url = self.gateway.port, self.gateway.url


@contextlib.contextmanager
def pair(films: int, env=None, under_gateway=(), under_metadata=()):
    with folder() as place:
        site = Pair(place, {**ALONE, **(env or {})}, under_gateway, under_metadata)
        try:
            site.service.start()
            plan.films.put_films(site.service.port, films)
            site.gateway.start()
            yield site
        finally:
            site.gateway.end()
            site.service.end()


@contextlib.contextmanager
def embedded(films: int, *arguments, env=None, data: pathlib.Path | None = None, under=()):
    with folder() as place:
        site = Embedded(place, data or place / "data", "--no-starter", *arguments, under=under,
                        env={**ALONE, **(env or {})})
        try:
            site.start()
            plan.films.put_films(site.port + 1, films)
            yield site
        finally:
            site.end()
