"""One peer in a process of its own, so that none has the other's memory, and each can be ended when its time is up."""

import json
import multiprocessing
import os
import pathlib
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator

from . import asking, peer_class
from .peer import Peer
from .text import Films

END_SECONDS = 40  # for a peer to end its servers


def filled(peer: Peer, films: Films, say: Callable[[str], None]) -> Iterator[dict]:
    say("filling")
    begin = time.perf_counter()
    peer.fill(films)
    yield {"value": "fill", "number": time.perf_counter() - begin, "unit": "s"}
    yield {"value": "of that making or reading the films", "number": films.seconds, "unit": "s"}
    yield {"value": "index", "number": peer.index_bytes() / max(films.count, 1), "unit": "bytes a film"}


def measured(peer: Peer, generate: list[str], queries: pathlib.Path, rounds: int, say: Callable[[str], None]) -> Iterator[dict]:
    with subprocess.Popen(generate, stdout=subprocess.PIPE) as generator:
        yield from filled(peer, Films(generator.stdout), say)
    if generator.returncode != 0:
        raise RuntimeError(f"{generate[0]} ended with {generator.returncode}")
    for fact in ("setup", "measured"):
        yield {"fact": fact, "text": getattr(peer, fact)}
    yield {"fact": "version", "text": peer.version()}
    say("asking")
    yield from asking.ask_all(peer, [json.loads(line) for line in queries.open(encoding="utf-8")], rounds)


def ranked(peer: Peer, films: pathlib.Path, queries: pathlib.Path) -> Iterator[dict]:
    peer.fill(Films(map(json.dumps, json.loads(films.read_text(encoding="utf-8")))))
    yield from asking.relevance(peer, json.loads(queries.read_text(encoding="utf-8")))


def _work(lines, name: str, folder: pathlib.Path, use: Callable[[Peer], Iterator[dict]]) -> None:
    # A group of its own, so that it can be ended with all that it started.
    os.setpgid(0, 0)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    peer = peer_class(name)(folder)
    try:
        for line in use(peer):
            lines.send(line)
    except KeyboardInterrupt:
        pass
    finally:
        peer.stop()


def end(process: multiprocessing.Process) -> None:
    """By SIGINT, at which PostgreSQL ends at once too."""
    for number in (signal.SIGINT, signal.SIGKILL):
        if not process.is_alive():
            return
        os.killpg(process.pid, number)
        process.join(END_SECONDS)


def run(name: str, use: Callable[[Peer], Iterator[dict]], limit: float) -> tuple[list[dict], str]:
    """The lines that `use` gave within `limit` seconds, and why there are no more of them; "" when it came to its end."""
    with tempfile.TemporaryDirectory(prefix="filmoteka-bench-", ignore_cleanup_errors=True) as outer:
        os.chmod(outer, 0o711)  # PostgreSQL runs as a user of its own
        folder = pathlib.Path(outer) / name
        folder.mkdir()
        receiving, sending = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(target=_work, args=(sending, name, folder, use))
        lines: list[dict] = []
        until = time.monotonic() + limit
        process.start()
        sending.close()
        try:
            while True:
                if not receiving.poll(max(until - time.monotonic(), 0)):
                    return lines, f"not done within {limit:.0f} s"
                lines.append(receiving.recv())
        except EOFError:
            process.join(END_SECONDS)
            return lines, "" if process.exitcode == 0 else "failed"
        finally:
            end(process)
