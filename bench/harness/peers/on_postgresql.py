"""PostgreSQL's text search and pg_trgm, over a connection of psycopg2."""

import os
import pathlib
from collections.abc import Iterable, Iterator

import psycopg2
import psycopg2.errors

from ..postgres import Postgres
from ..processes import TICKS_PER_SECOND
from .peer import PAGE_SIZE, Peer
from .text import Film

MEBIBYTE = 2**20
# Snowball without its lists of stop words: titles are made of them ("The Who", "Он и она").
SCHEMA = """
CREATE EXTENSION pg_trgm;
CREATE EXTENSION pg_prewarm;
CREATE TEXT SEARCH DICTIONARY films_russian (TEMPLATE = snowball, LANGUAGE = russian);
CREATE TEXT SEARCH DICTIONARY films_english (TEMPLATE = snowball, LANGUAGE = english);
CREATE TEXT SEARCH CONFIGURATION films (COPY = russian);
ALTER TEXT SEARCH CONFIGURATION films ALTER MAPPING FOR word, hword, hword_part WITH films_russian;
ALTER TEXT SEARCH CONFIGURATION films ALTER MAPPING FOR asciiword, asciihword, hword_asciipart WITH films_english;
CREATE UNLOGGED TABLE rows (id integer, views bigint, title text, other_titles text, people text, year text, description text);
"""
READY = (
    """CREATE TABLE films AS SELECT id, views, title, title || ' ' || other_titles AS names,
         setweight(to_tsvector('films', title || ' ' || other_titles), 'A') || setweight(to_tsvector('films', people), 'B') ||
         setweight(to_tsvector('films', year), 'C') || setweight(to_tsvector('films', description), 'D') AS document
       FROM rows""",
    "DROP TABLE rows",
    "ALTER TABLE films ALTER COLUMN document SET STATISTICS 1000",
    "CREATE INDEX films_document ON films USING gin (document) WITH (fastupdate = off)",
    "CREATE INDEX films_names ON films USING gin (names gin_trgm_ops) WITH (fastupdate = off)",
    "VACUUM (ANALYZE) films",
    "CHECKPOINT",
    "SELECT pg_prewarm('films'), pg_prewarm('films_document'), pg_prewarm('films_names')",
)
PREPARE = f"""
SET plan_cache_mode = force_custom_plan;
SET pg_trgm.word_similarity_threshold = 0.4;
SET statement_timeout = '60s';
PREPARE find (text, text) AS
  SELECT id, count(*) OVER () FROM films WHERE document @@ to_tsquery('films', $1)
  ORDER BY title = $2 DESC, ts_rank(document, to_tsquery('films', $1), 1) DESC, views DESC, id LIMIT {PAGE_SIZE};
PREPARE nearest (text) AS
  SELECT id, count(*) OVER () FROM films WHERE names %> $1 ORDER BY names <<-> $1, views DESC, id LIMIT {PAGE_SIZE};
"""


def settings() -> tuple[str, ...]:
    """Those of the metadata service's benchmark (bench/metadata/server.cpp)."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // MEBIBYTE
    return (f"shared_buffers={memory // 4}MB", f"effective_cache_size={memory // 2}MB", "work_mem=64MB",
            f"maintenance_work_mem={min(memory // 16, 1024)}MB", "random_page_cost=1.1", "effective_io_concurrency=100", "jit=off",
            "max_wal_size=8GB", "wal_level=minimal", "max_wal_senders=0", "checkpoint_timeout=30min", "autovacuum=off",
            "default_statistics_target=500")


class Lines:
    """Films as COPY reads them. Folded text holds nothing that COPY would take for its own."""

    def __init__(self, films: Iterable[Film]):
        self.lines = self.lines_of(films)
        self.rest = b""

    @staticmethod
    def lines_of(films: Iterable[Film]) -> Iterator[bytes]:
        for film in films:
            yield (f"{film.id}\t{film.views}\t{film.title}\t{film.other_titles}\t{film.people}\t{film.year}\t"
                   f"{film.description}\n").encode()

    def read(self, size: int) -> bytes:
        pieces = [self.rest]
        length = len(self.rest)
        while length < size:
            line = next(self.lines, None)
            if line is None:
                break
            pieces.append(line)
            length += len(line)
        whole = b"".join(pieces)
        self.rest = whole[size:]
        return whole[:size]


class Search(Peer):
    title = "PostgreSQL FTS + pg_trgm"
    measured = ("over one connection on a unix socket, statements prepared and planned for their own values; the total in the same "
                "statement")
    setup = ("one table with a tsvector of four weights (Russian and English Snowball, no stop words), GIN over it and over the "
             "trigrams of all titles; titles that are the query first, then ts_rank, then views; when nothing matches, word "
             "similarity of at least 0.4. An answer later than 60 s counts as none")

    def __init__(self, folder: pathlib.Path):
        super().__init__(folder)
        self.server = Postgres(folder / "postgres", settings(), ctype="C.UTF-8")
        self.connection = None

    def fill(self, films: Iterable[Film]) -> None:
        self.connection = psycopg2.connect(self.server.url)
        self.connection.autocommit = True
        self.cursor = self.connection.cursor()
        self.cursor.execute(SCHEMA)
        self.cursor.copy_expert("COPY rows FROM STDIN", Lines(films), size=1 << 18)
        for statement in READY:
            self.cursor.execute(statement)
        self.cursor.execute(PREPARE)

    def search(self, words: list[str]) -> tuple[list[int], int | None]:
        text = " ".join(words)
        try:
            rows = self.rows("EXECUTE find (%s, %s)", " & ".join(words) + ":*", text) or self.rows("EXECUTE nearest (%s)", text)
        except psycopg2.errors.QueryCanceled:
            return [], None
        return [row[0] for row in rows], rows[0][1] if rows else 0

    def rows(self, statement: str, *values: str) -> list[tuple]:
        self.cursor.execute(statement, values)
        return self.cursor.fetchall()

    def nothing(self) -> None:
        self.cursor.execute("SELECT 1")
        self.cursor.fetchall()

    def index_bytes(self) -> int:
        self.cursor.execute("SELECT pg_total_relation_size('films')")
        return self.cursor.fetchone()[0]

    def processor_seconds(self) -> float:
        """Of the backend, and of parallel workers that have ended: the postmaster has waited for them."""
        nanoseconds = int(pathlib.Path(f"/proc/{self.connection.info.backend_pid}/schedstat").read_text().split()[0])
        ended = pathlib.Path(f"/proc/{self.server.process.pid}/stat").read_text().rpartition(")")[2].split()[13:15]
        return nanoseconds * 1e-9 + sum(map(int, ended)) / TICKS_PER_SECOND

    def version(self) -> str:
        self.cursor.execute("SHOW server_version")
        return f"PostgreSQL {self.cursor.fetchone()[0]}"

    def stop(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.server.stop()
