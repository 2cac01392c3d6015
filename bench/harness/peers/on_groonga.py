"""Groonga, through its own command over a pipe."""

import json
import pathlib
import subprocess
from collections.abc import Iterable

from ..programs import tool
from .peer import PAGE_SIZE, Peer, size_of
from .text import Film

SCHEMA = (
    "cache_limit 0",
    "table_create Films TABLE_HASH_KEY UInt32",
    "column_create Films title COLUMN_SCALAR ShortText",
    "column_create Films other_titles COLUMN_SCALAR Text",
    "column_create Films people COLUMN_SCALAR Text",
    "column_create Films year COLUMN_SCALAR ShortText",
    "column_create Films description COLUMN_SCALAR Text",
    "column_create Films views COLUMN_SCALAR Int64",
)
# Made when the films are there: much faster than beside them. TokenBigram takes runs of letters of alphabets as words.
INDEXES = (
    "table_create Titles TABLE_PAT_KEY ShortText",
    "column_create Titles films COLUMN_INDEX Films title",
    "table_create Words TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerNFKC150",
    "column_create Words films COLUMN_INDEX|WITH_SECTION Films title,other_titles,people,year,description",
)
MATCH = " || ".join(f"Words.films.{column} * {weight}" for column, weight in
                    {"title": 10, "other_titles": 8, "people": 4, "year": 2, "description": 1}.items())
PAGE = f"--sort_keys -_score,-views,_key --limit {PAGE_SIZE} --output_columns _key"


def near(word: str) -> str:
    """A condition: a title has a word that is spelt like this one. Short words must be as they are."""
    if len(word) <= 3:
        return f'(title @ "{word}" || other_titles @ "{word}")'
    options = f'{{"max_distance": {2 if len(word) > 5 else 1}, "with_transposition": true}}'
    return f'(fuzzy_search(title, "{word}", {options}) || fuzzy_search(other_titles, "{word}", {options}))'


class Search(Peer):
    title = "Groonga"
    measured = ("over a pipe to the groonga command, which costs less than its HTTP server; its cache of answers is off; exact titles "
                "are a second command")
    setup = ("a full text index over all columns (TokenBigram, NormalizerNFKC150) with a weight for each, the last word by its "
             "beginning; titles that are the query first, from an index of whole titles; when nothing matches, fuzzy_search for each "
             "word in the titles (one edit, two from six letters on). Its stemmer leaves Russian words as they are, so it is not used")

    def __init__(self, folder: pathlib.Path):
        super().__init__(folder)
        self.process = subprocess.Popen([tool("groonga"), "--log-path", str(folder / "log"), "-n", str(folder / "films.db")],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def command(self, text: str):
        self.process.stdin.write(text.encode() + b"\n")
        self.process.stdin.flush()
        return self.answer(text)

    def answer(self, text: str):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"groonga has ended at {text}")
        head, *body = json.loads(line)
        if head[0] != 0:
            raise RuntimeError(f"groonga refused {text}: {head}")
        return body[0] if body else None

    def fill(self, films: Iterable[Film]) -> None:
        for text in SCHEMA:
            self.command(text)
        put = self.process.stdin.write
        put(b"load --table Films\n[\n")
        for film in films:
            put(json.dumps({"_key": film.id, "title": film.title, "other_titles": film.other_titles, "people": film.people,
                            "year": film.year, "description": film.description, "views": film.views},
                           ensure_ascii=False).encode() + b",\n")
        put(b"]\n")
        self.process.stdin.flush()
        self.answer("load")
        for text in INDEXES:
            self.command(text)

    def search(self, words: list[str]) -> tuple[list[int], int | None]:
        text = " ".join(words)
        found, total = self.select(f"--match_columns '{MATCH}' --query '{text}*'")
        if total == 0:
            return self.select(f"--filter '{' && '.join(map(near, words))}'")
        page, _ = self.select(f"""--filter 'title == "{text}"'""")
        return (page + [film for film in found if film not in page])[:PAGE_SIZE], total

    def select(self, condition: str) -> tuple[list[int], int]:
        (total,), _, *rows = self.command(f"select Films {condition} {PAGE}")[0]
        return [row[0] for row in rows], total

    def nothing(self) -> None:
        self.command("cache_limit")

    def index_bytes(self) -> int:
        return size_of(self.folder)

    def processor_seconds(self) -> float:
        return int(pathlib.Path(f"/proc/{self.process.pid}/schedstat").read_text().split()[0]) * 1e-9

    def version(self) -> str:
        return f"Groonga {self.command('status')['version']}"

    def stop(self) -> None:
        self.process.stdin.close()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
