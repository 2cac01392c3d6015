"""What every peer can do."""

import pathlib
from collections.abc import Iterable

from .text import Film

PAGE_SIZE = 24


def size_of(folder: pathlib.Path) -> int:
    """Bytes on disk, holes of sparse files left out."""
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())


class Peer:
    """One search over one set of films. `folder` is empty and its own. Text and queries are folded before they come here."""

    title = ""  # for people
    measured = ""  # what the times contain
    setup = ""  # how it is configured, in a sentence

    def __init__(self, folder: pathlib.Path):
        self.folder = folder

    def fill(self, films: Iterable[Film]) -> None:
        """Takes all films, and is ready to be asked afterwards."""
        raise NotImplementedError

    def search(self, words: list[str]) -> tuple[list[int], int | None]:
        """The first PAGE_SIZE films by relevance, and how many match; None where it cannot say so exactly. Every word must
        be there; the last may be unfinished. What is nearest when nothing matches. `words` are folded, at least one."""
        raise NotImplementedError

    def nothing(self) -> None:
        """The smallest request there is: what the way to the peer costs."""

    def index_bytes(self) -> int:
        raise NotImplementedError

    def processor_seconds(self) -> float:
        """Used so far by whoever answers."""
        raise NotImplementedError

    def version(self) -> str:
        raise NotImplementedError

    def stop(self) -> None:
        pass
