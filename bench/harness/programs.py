"""Where the programs are, and how ours are started."""

import getpass
import os
import pathlib
import shutil

from .processes import Server, free_port

ROOT = pathlib.Path(__file__).resolve().parents[2]


def add_arguments(parser) -> None:
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "build/release/bin",
                        help="the folder of the programs (default: build/release/bin)")


def program(folder: pathlib.Path, name: str) -> str:
    path = folder / name
    if not os.access(path, os.X_OK):
        raise SystemExit(f"{path} is missing: build it first (cmake --preset release && cmake --build --preset release)")
    return str(path)


def tool(name: str) -> str:
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if found is None:
        raise SystemExit(f"{name} is missing: install the packages of tools/packages/bench.txt")
    return found


def start_metadata(folder: pathlib.Path, work: pathlib.Path, processors: set[int], data: pathlib.Path | None = None,
                   arguments: tuple[str, ...] = ()):
    """A metadata service and its port."""
    port, operations = free_port(), free_port()
    server = Server("metadata", [program(folder, "filmoteka-metadata"), "--data", str(data or work / "metadata"),
                                 "--listen", f"127.0.0.1:{port}", "--ops-listen", f"127.0.0.1:{operations}", *arguments],
                    work / "metadata.log", processors)
    server.wait_for(f"http://127.0.0.1:{operations}/readyz")
    return server, port


def start_gateway(folder: pathlib.Path, work: pathlib.Path, processors: set[int], metadata_port: int,
                  settings: dict[str, str] | None = None):
    """A gateway with one I/O thread, and its port. Without limits unless `settings` (variables) say otherwise."""
    port, operations = free_port(), free_port()
    server = Server("gateway", [program(folder, "filmoteka-gateway"), "--listen", f"127.0.0.1:{port}",
                                "--ops-listen", f"127.0.0.1:{operations}",
                                "--metadata", f"http://127.0.0.1:{metadata_port}"],
                    work / "gateway.log", processors,
                    {"FILMOTEKA_GATEWAY_THREADS": "1", "FILMOTEKA_GATEWAY_RATE_LIMIT_ENABLED": "off",
                     **(settings or {})})
    server.wait_for(f"http://127.0.0.1:{port}/api/v1/readyz")
    return server, port


def start_nginx(work: pathlib.Path, processors: set[int], metadata_port: int, static: bytes):
    """nginx with one worker: proxy_cache in front of metadata on one port, a static file on another."""
    proxy_port, static_port = free_port(), free_port()
    (work / "static").mkdir()
    (work / "static" / "page.json").write_bytes(static)
    template = (ROOT / "bench" / "nginx.conf").read_text()
    for name, value in {"WORK": work, "PROXY_PORT": proxy_port, "STATIC_PORT": static_port,
                        "METADATA_PORT": metadata_port, "USER": getpass.getuser()}.items():
        template = template.replace(f"@{name}@", str(value))
    configuration = work / "nginx.conf"
    configuration.write_text(template)
    server = Server("nginx", [tool("nginx"), "-c", str(configuration), "-e", str(work / "nginx-error.log")],
                    work / "nginx.log", processors)
    server.wait_for(f"http://127.0.0.1:{static_port}/page.json")
    return server, proxy_port, static_port
