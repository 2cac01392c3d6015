"""SQLite's FTS5."""

import pathlib
import sqlite3
import time
from collections.abc import Iterable

from .peer import PAGE_SIZE, Peer, size_of
from .text import Film

WEIGHTS = "bm25(10.0, 8.0, 4.0, 2.0, 1.0)"
SIMILAR = 0.4  # the share of a query's trigrams that a name must have to be taken for what was meant

SCHEMA = f"""
CREATE TABLE films (id INTEGER PRIMARY KEY, views INTEGER NOT NULL, title TEXT NOT NULL, names TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(title, other_titles, people, year, description, content='',
                                      tokenize='unicode61 remove_diacritics 2', prefix='1 2 3');
CREATE VIRTUAL TABLE shapes USING fts5(names, content='', tokenize='trigram');
INSERT INTO words (words, rank) VALUES ('rank', '{WEIGHTS}');
"""
READY = """
CREATE INDEX films_title ON films (title, views DESC);
INSERT INTO words (words) VALUES ('optimize');
INSERT INTO shapes (shapes) VALUES ('optimize');
ANALYZE;
"""
EXACT = f"SELECT id FROM films WHERE title = ? ORDER BY views DESC LIMIT {PAGE_SIZE}"
FIND = f"SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT {PAGE_SIZE}"
COUNT = "SELECT count(*) FROM words WHERE words MATCH ?"
LIKE = f"""SELECT films.id, films.names FROM (SELECT rowid FROM shapes WHERE shapes MATCH ? ORDER BY rank LIMIT {PAGE_SIZE})
           AS like JOIN films ON films.id = like.rowid"""


def trigrams(text: str) -> set[str]:
    return {text[at:at + 3] for at in range(len(text) - 2)}


class Search(Peer):
    title = "SQLite FTS5"
    measured = "in the process that asks, through Python's sqlite3: the page and the total are two statements, exact titles a third"
    setup = ("contentless FTS5, unicode61 with remove_diacritics 2, prefix indexes of 1 to 3 letters, bm25 with column weights, "
             "titles that are the query first; when nothing matches, a second index of trigrams, any of them, sorted by bm25. "
             "It has no Russian stemmer")

    def __init__(self, folder: pathlib.Path):
        super().__init__(folder)
        self.connection = sqlite3.connect(folder / "films.db", isolation_level=None)
        # What is filled here can be filled again: durability would only slow it down.
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -524288", "mmap_size = 34359738368",
                        "temp_store = MEMORY"):
            self.connection.execute(f"PRAGMA {setting}")

    def fill(self, films: Iterable[Film]) -> None:
        self.connection.executescript(SCHEMA)
        self.connection.execute("BEGIN")
        for film in films:
            self.connection.execute("INSERT INTO films VALUES (?, ?, ?, ?)", (film.id, film.views, film.title, film.names))
            self.connection.execute("INSERT INTO words (rowid, title, other_titles, people, year, description) "
                                    "VALUES (?, ?, ?, ?, ?, ?)", (film.id, film.title, film.other_titles, film.people,
                                                                  film.year, film.description))
            self.connection.execute("INSERT INTO shapes (rowid, names) VALUES (?, ?)", (film.id, f" {film.names} "))
        self.connection.execute("COMMIT")
        self.connection.executescript(READY)

    def search(self, words: list[str]) -> tuple[list[int], int | None]:
        match = " ".join(f'"{word}"' for word in words) + " *"
        total = self.connection.execute(COUNT, (match,)).fetchone()[0]
        if total == 0:
            return self.nearest(" ".join(words)), None
        page = [row[0] for row in self.connection.execute(EXACT, (" ".join(words),))]
        page += [row[0] for row in self.connection.execute(FIND, (match,)) if row[0] not in page]
        return page[:PAGE_SIZE], total

    def nearest(self, text: str) -> list[int]:
        wanted = trigrams(f" {text} ")
        if not wanted:
            return []
        match = " OR ".join(f'"{one}"' for one in sorted(wanted))
        return [row[0] for row in self.connection.execute(LIKE, (match,))
                if len(wanted & trigrams(f" {row[1]} ")) >= SIMILAR * len(wanted)]

    def nothing(self) -> None:
        self.connection.execute("SELECT 1").fetchone()

    def index_bytes(self) -> int:
        return size_of(self.folder)

    def processor_seconds(self) -> float:
        return time.thread_time()

    def version(self) -> str:
        return f"SQLite {sqlite3.sqlite_version}"

    def stop(self) -> None:
        self.connection.close()
