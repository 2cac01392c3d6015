"""A run of very many films through a whole scraper into a whole metadata service, and the scraper's memory meanwhile."""

import json
import pathlib
import tempfile
import time
import urllib.request

from .. import programs
from ..processes import Server, free_port
from . import long_source

BOUND = 256 << 20  # bytes of resident memory for a million films
LIMIT_SECONDS = 290
SAMPLE_SECONDS = 0.5
SHOWN = 10  # samples that are kept
DEFINITION = programs.ROOT / "bench/scraper/long-run.yaml"


def ask(url: str, method: str = "GET") -> dict:
    with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=30) as answer:
        return json.loads(answer.read() or b"{}")


def start_scraper(folder: pathlib.Path, work: pathlib.Path, source: str, metadata_port: int) -> tuple[Server, str]:
    sources = work / "sources"
    sources.mkdir()
    text = DEFINITION.read_text(encoding="utf-8").replace("http://127.0.0.1:9998", source)
    (sources / DEFINITION.name).write_text(text, encoding="utf-8")
    port, operations = free_port(), free_port()
    server = Server("scraper", [programs.program(folder, "filmoteka-scraper"), "--data", str(work / "scraper"),
                                "--listen", f"127.0.0.1:{port}", "--ops-listen", f"127.0.0.1:{operations}",
                                "--metadata", f"http://127.0.0.1:{metadata_port}", "--sources", str(sources)],
                    work / "scraper.log", {0, 1},
                    {"FILMOTEKA_SCRAPER_FETCH_DELAY": "0ms", "FILMOTEKA_SCRAPER_FETCH_SOURCE_DELAYS": "false"})
    server.wait_for(f"http://127.0.0.1:{operations}/readyz")
    return server, f"http://127.0.0.1:{port}/internal/v1"


def watch(server: Server, api: str) -> tuple[list[dict], dict]:
    """Samples until all films are at metadata, and the run as it ended."""
    run = ask(f"{api}/sources/long-run/run", "POST")
    run_id = run.get("id") or ask(f"{api}/runs")["items"][0]["id"]
    begin = time.monotonic()
    samples = []
    while True:
        run = ask(f"{api}/runs/{run_id}")
        samples.append({"films": run["films"], "seconds": time.monotonic() - begin, "resident": server.resident_bytes()})
        if run["state"] == "done":
            return samples, run
        if samples[-1]["seconds"] > LIMIT_SECONDS:
            raise SystemExit(f"not done within {LIMIT_SECONDS} s: {run}")
        time.sleep(SAMPLE_SECONDS)


def peak_bytes(server: Server) -> int:
    """What the kernel has seen, between the samples too."""
    status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) << 10


def some(samples: list[dict]) -> list[dict]:
    """The first sample from each further tenth of the films on, and the last one."""
    most = samples[-1]["films"]
    steps = [next(number for number, one in enumerate(samples) if one["films"] * SHOWN >= most * step) for step in range(SHOWN)]
    return [samples[number] for number in sorted({*steps, len(samples) - 1})]


def run(arguments) -> dict:
    with tempfile.TemporaryDirectory(prefix="filmoteka-bench-") as name:
        work = pathlib.Path(name)
        source, address = long_source.start(arguments.films)
        servers = []
        try:
            metadata, port = programs.start_metadata(arguments.bin, work, {0, 1})
            servers.append(metadata)
            scraper, api = start_scraper(arguments.bin, work, address, port)
            servers.append(scraper)
            samples, ended = watch(scraper, api)
            peak = peak_bytes(scraper)
            total = ask(f"http://127.0.0.1:{port}/internal/v1/movies?per_page=1")["page"]["total"]
        finally:
            for server in reversed(servers):
                server.stop()
            source.terminate()
            source.join()
    if (ended["end_reason"], ended["films"], total) != ("complete", arguments.films, arguments.films):
        raise SystemExit(f"{total} of {arguments.films} films arrived: {ended}")
    if peak > BOUND:
        raise SystemExit(f"the scraper took {peak >> 20} MiB, more than {BOUND >> 20}: {some(samples)}")
    return {"films": total, "pages": ended["fetched"], "page_bytes": len(long_source.page(1, arguments.films)),
            "arrived_seconds": samples[-1]["seconds"], "samples": some(samples), "peak": peak, "bound": BOUND}
