"""Where the programs are, and how ours are started."""

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


def run_gateway(folder: pathlib.Path, work: pathlib.Path, processors: set[int], arguments: list[str],
                settings: dict[str, str] | None = None):
    """A gateway with one I/O thread that is done with its start, its port, and that of its metrics. Without limits unless
    `settings` (variables) say otherwise."""
    port, operations = free_port(), free_port()
    server = Server("gateway", [program(folder, "filmoteka-gateway"), "--listen", f"127.0.0.1:{port}",
                                "--ops-listen", f"127.0.0.1:{operations}", *arguments],
                    work / f"gateway-{port}.log", processors,
                    {"FILMOTEKA_GATEWAY_THREADS": "1", "FILMOTEKA_GATEWAY_RATE_LIMIT_ENABLED": "off",
                     **(settings or {})})
    server.wait_for(f"http://127.0.0.1:{operations}/readyz")
    server.settle()  # it compresses its documents
    return server, port, operations


def start_gateway(folder: pathlib.Path, work: pathlib.Path, processors: set[int], metadata_port: int,
                  settings: dict[str, str] | None = None):
    """A gateway in front of metadata, and its port."""
    server, port, _ = run_gateway(folder, work, processors, ["--metadata", f"http://127.0.0.1:{metadata_port}"], settings)
    return server, port
