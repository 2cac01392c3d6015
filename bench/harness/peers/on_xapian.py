"""Xapian, through its Python bindings."""

import os
import pathlib
import time
from collections.abc import Iterable

import xapian

from .peer import PAGE_SIZE, Peer, size_of
from .text import Film

VIEWS = 0  # the slot of what equal films are sorted by
WHOLE_TITLE = "XT"  # the prefix of a term that is a title as a whole
LONGEST_TERM = 240  # bytes, of 245 that are possible
TITLE, OTHER_TITLES, PEOPLE, REST = 8, 6, 3, 1  # how many times each word of these is counted
BOOST = 100.0  # of a film whose title is the query


def whole_title(title: str) -> str:
    return WHOLE_TITLE + title.encode()[:LONGEST_TERM].decode(errors="ignore")


class Search(Peer):
    title = "Xapian"
    measured = "in the process that asks, through its Python bindings"
    setup = ("glass database, compacted; Russian stemmer, words without positions, those of titles and names counted several times; "
             "the last word partial; a term for the whole title; when nothing matches, its spelling correction (up to two edits) of "
             "words that are not there, from the words of titles and names")

    def __init__(self, folder: pathlib.Path):
        super().__init__(folder)
        self.database = None

    def fill(self, films: Iterable[Film]) -> None:
        os.environ.setdefault("XAPIAN_FLUSH_THRESHOLD", "100000")  # documents; 10,000 is for small machines
        growing = xapian.WritableDatabase(str(self.folder / "growing"), xapian.DB_CREATE_OR_OVERWRITE)
        writer = xapian.TermGenerator()
        writer.set_stemmer(xapian.Stem("ru"))
        writer.set_database(growing)
        for film in films:
            document = xapian.Document()
            writer.set_document(document)
            writer.set_flags(xapian.TermGenerator.FLAG_SPELLING)
            writer.index_text_without_positions(film.title, TITLE)
            writer.index_text_without_positions(film.other_titles, OTHER_TITLES)
            writer.index_text_without_positions(film.people, PEOPLE)
            writer.set_flags(0)
            writer.index_text_without_positions(f"{film.year} {film.description}", REST)
            document.add_term(whole_title(film.title))
            document.add_value(VIEWS, xapian.sortable_serialise(film.views))
            growing.replace_document(film.id, document)
        growing.commit()
        growing.compact(str(self.folder / "compact"))
        growing.close()
        for path in (self.folder / "growing").iterdir():
            path.unlink()
        self.open()

    def open(self) -> None:
        self.database = xapian.Database(str(self.folder / "compact"))
        self.stem = xapian.Stem("ru")
        self.parser = xapian.QueryParser()
        self.parser.set_stemmer(self.stem)
        self.parser.set_database(self.database)
        self.parser.set_default_op(xapian.Query.OP_AND)
        # An unfinished word stands for its most frequent endings.
        self.parser.set_max_expansion(1000, xapian.Query.WILDCARD_LIMIT_MOST_FREQUENT, xapian.QueryParser.FLAG_PARTIAL)
        self.enquire = xapian.Enquire(self.database)
        self.enquire.set_sort_by_relevance_then_value(VIEWS, True)

    def search(self, words: list[str]) -> tuple[list[int], int | None]:
        text = " ".join(words)
        found, total = self.page(self.parser.parse_query(text, xapian.QueryParser.FLAG_PARTIAL), text)
        if total == 0:
            meant = " ".join(map(self.respelt, words))
            if meant != text:
                return self.page(self.parser.parse_query(meant, 0), meant)
        return found, total

    def respelt(self, word: str) -> str:
        """The query parser would respell words too that are there."""
        if self.database.term_exists("Z" + self.stem(word).decode()):
            return word
        return self.database.get_spelling_suggestion(word, 2).decode() or word

    def page(self, query: "xapian.Query", text: str) -> tuple[list[int], int]:
        # Its weight is the boost for the one film in a million that has this title, and less for popular titles.
        title = xapian.Query(xapian.Query.OP_SCALE_WEIGHT, xapian.Query(whole_title(text)), BOOST)
        self.enquire.set_query(xapian.Query(xapian.Query.OP_AND_MAYBE, query, title))
        # Checking all documents makes the number exact.
        matches = self.enquire.get_mset(0, PAGE_SIZE, self.database.get_doccount())
        return [match.docid for match in matches], matches.get_matches_estimated()

    def nothing(self) -> None:
        self.enquire.set_query(xapian.Query(whole_title("")))
        self.enquire.get_mset(0, 1)

    def index_bytes(self) -> int:
        return size_of(self.folder)

    def processor_seconds(self) -> float:
        return time.thread_time()

    def version(self) -> str:
        return f"Xapian {xapian.version_string()}"

    def stop(self) -> None:
        if self.database is not None:
            self.database.close()
