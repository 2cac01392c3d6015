"""Films and queries as all peers get them: folded by the application, since not every peer can fold ё and accents."""

import dataclasses
import json
import re
import time
import unicodedata
from collections.abc import Iterable, Iterator

LATIN_WITH_ACCENT = re.compile("[À-ɏḀ-ỿ]")
WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """NFKC, lower case, ё→е, accents off Latin letters; whatever is neither letter nor digit parts words."""
    text = unicodedata.normalize("NFKC", text).lower().replace("ё", "е")
    if LATIN_WITH_ACCENT.search(text):
        text = LATIN_WITH_ACCENT.sub(lambda found: unicodedata.normalize("NFD", found[0])[0], text)
    return WORD.findall(text)


def fold(text: str | None) -> str:
    return " ".join(words_of(text)) if text else ""


@dataclasses.dataclass(slots=True)
class Film:
    """All text is folded."""

    id: int
    title: str
    other_titles: str  # original title and aliases, one behind the other
    people: str
    year: str
    description: str
    views: int

    @property
    def names(self) -> str:
        return f"{self.title} {self.other_titles}" if self.other_titles else self.title


def film_of(row: dict) -> Film:
    others = [fold(one) for one in [row.get("original_title"), *(row.get("aliases") or [])]]
    return Film(id=row["id"], title=fold(row["title"]), other_titles=" ".join(one for one in others if one),
                people=" ".join(fold(one) for one in row.get("cast") or []), year=str(row.get("year") or ""),
                description=fold(row.get("description")), views=row.get("views") or 0)


class Films:
    """Films from lines of JSON, and how long it took to get and fold them."""

    def __init__(self, rows: Iterable[str | bytes]):
        self.rows = rows
        self.seconds = 0.0
        self.count = 0

    def __iter__(self) -> Iterator[Film]:
        rows = iter(self.rows)
        while True:
            begin = time.perf_counter()
            row = next(rows, None)
            film = film_of(json.loads(row)) if row is not None else None
            self.seconds += time.perf_counter() - begin
            if film is None:
                return
            self.count += 1
            yield film
