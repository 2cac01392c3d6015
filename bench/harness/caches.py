"""The origin of the caches, and the caches that the gateway is compared with. Each has one worker or I/O thread."""

import dataclasses
import getpass
import pathlib
import re
import urllib.request

from . import programs
from .processes import Server, Together, free_port

FOLDER = programs.ROOT / "bench/gateway"
PAGE = "page.json"


@dataclasses.dataclass
class Ports:
    """One for each @NAME@ of the configurations in bench/gateway/."""

    origin: int
    metadata: int
    cache: int = dataclasses.field(default_factory=free_port)
    passing: int = dataclasses.field(default_factory=free_port)
    static: int = dataclasses.field(default_factory=free_port)
    haproxy: int = dataclasses.field(default_factory=free_port)
    haproxy_metrics: int = dataclasses.field(default_factory=free_port)
    varnish: int = dataclasses.field(default_factory=free_port)


def configure(name: str, work: pathlib.Path, ports: Ports) -> str:
    """The path of bench/gateway/`name` with its @NAMES@ filled in."""
    text = (FOLDER / name).read_text()
    values = {"WORK": work, "USER": getpass.getuser(), "ORIGIN_PORT": ports.origin, "METADATA_PORT": ports.metadata,
              "CACHE_PORT": ports.cache, "PASS_PORT": ports.passing, "STATIC_PORT": ports.static,
              "HAPROXY_PORT": ports.haproxy, "HAPROXY_METRICS_PORT": ports.haproxy_metrics}
    for key, value in values.items():
        text = text.replace(f"@{key}@", str(value))
    path = work / name
    path.write_text(text)
    return str(path)


def write_page(work: pathlib.Path, bodies: dict[str, bytes]) -> None:
    """The page that the origin has, by coding: identity, gzip, br."""
    folder = work / "static"
    folder.mkdir()
    for coding, ending in {"identity": "", "gzip": ".gz", "br": ".br"}.items():
        (folder / (PAGE + ending)).write_bytes(bodies[coding])


def start_nginx(configuration: str, work: pathlib.Path, processors: set[int], ports: Ports, port: int) -> Server:
    """nginx by bench/gateway/`configuration`, which has the page at `port`."""
    server = Server(configuration, [programs.tool("nginx"), "-c", configure(configuration, work, ports),
                                    "-e", str(work / f"{configuration}.error.log")],
                    work / f"{configuration}.log", processors)
    server.wait_for(f"http://127.0.0.1:{port}/{PAGE}")
    return server


def start_haproxy(work: pathlib.Path, processors: set[int], ports: Ports) -> Server:
    server = Server("haproxy", [programs.tool("haproxy"), "-db", "-f", configure("haproxy.cfg", work, ports)],
                    work / "haproxy-access.log", processors)
    server.wait_for(f"http://127.0.0.1:{ports.haproxy}/{PAGE}")
    return server


def start_varnish(work: pathlib.Path, processors: set[int], ports: Ports) -> tuple[Together, Server]:
    """Varnish with the process that writes its access log; and that one alone.

    Left to itself it keeps gzip only, and unpacks it for each client that wants the plain page.
    """
    folder = work / "varnish"
    server = Server("varnish", [programs.tool("varnishd"), "-F", "-j", "none", "-n", str(folder),
                                "-a", f"127.0.0.1:{ports.varnish}", "-f", configure("varnish.vcl", work, ports),
                                "-s", "malloc,256m", "-p", "thread_pools=1", "-p", "http_gzip_support=off"],
                    work / "varnish.log", processors)
    server.wait_for(f"http://127.0.0.1:{ports.varnish}/{PAGE}")
    log = Server("varnishncsa", [programs.tool("varnishncsa"), "-n", str(folder), "-w", str(work / "varnish-access.log")],
                 work / "varnishncsa.log", processors)
    return Together([server, log]), log


def origin_requests(ports: Ports) -> int:
    """How many requests the origin has had."""
    with urllib.request.urlopen(f"http://127.0.0.1:{ports.origin}/requests", timeout=5) as answer:
        return int(re.search(r"requests\s+\d+ \d+ (\d+)", answer.read().decode()).group(1))
