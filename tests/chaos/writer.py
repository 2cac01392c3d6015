"""Writes films without pause and remembers what may be true of each: what was acknowledged, and, after a write whose
answer never came, both what was before and what was asked for."""

import collections
import http.client
import json
import random
import threading
import time

import harness

HEADERS = {"Content-Type": "application/json"}
BASE = "/internal/v1"
GENRES = ["драма", "комедия", "боевик", "вестерн", "мюзикл"]
PAUSE_SECONDS = 0.01  # before a server that is away is asked again


class Film:
    """The values that each field may have now; a set of one value once everything was answered."""

    def __init__(self):
        self.id = None
        self.exists = {False}
        self.rating = {None}  # brought by sources
        self.description = {None}  # brought by edits
        self.views = [0, 0]  # at least, at most


def title_of(key: str) -> str:
    return f"Kill {key}"


def row_of(key: str, rating: float) -> dict:
    """The genres follow the rating, so that they change with it."""
    tenths = round(rating * 10)
    return {"source": "chaos", "source_id": key, "title": title_of(key), "year": 1950 + sum(key.encode()) % 70,
            "rating": rating, "genres": sorted({GENRES[tenths % 5], GENRES[tenths % 3]})}


class Writer(threading.Thread):
    """One of several; each has films of its own. Works while `go` is set; `idle` tells that it does not."""

    def __init__(self, number: int, port: int):
        super().__init__(daemon=True)
        self.random = random.Random(number)
        self.name = f"w{number}"
        self.port = port
        self.films: dict[str, Film] = {}
        self.unanswered_posts: dict[str, dict] = {}  # key → row
        self.go = threading.Event()
        self.idle = threading.Event()
        self.ended = False
        self.acknowledged = 0
        self.unanswered = 0
        self.surprises: list[str] = []
        self.connection = None

    def run(self):
        while not self.ended:
            if not self.go.is_set():
                self.idle.set()
                self.go.wait(0.05)
                continue
            self.idle.clear()
            self.random.choice([self.batch, self.batch, self.create, self.edit, self.view, self.delete])()
        self.forget_connection()
        self.idle.set()

    def forget_connection(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def ask(self, method: str, path: str, body=None, headers=None):
        """(status, answer); status 0: nobody knows what became of it."""
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40)
            self.connection.request(method, BASE + path, None if body is None else json.dumps(body),
                                    HEADERS | (headers or {}))
            answer = self.connection.getresponse()
            text = answer.read()
            if answer.status >= 500:
                self.unanswered += 1
                return 0, None
            self.acknowledged += 1
            return answer.status, json.loads(text) if text else None
        except (OSError, http.client.HTTPException):
            self.unanswered += 1
            self.forget_connection()
            time.sleep(PAUSE_SECONDS)
            return 0, None

    def surprise(self, what: str):
        self.surprises.append(f"{self.name}: {what}")

    def some_rating(self) -> float:
        return self.random.randrange(1, 100) / 10

    def batch(self):
        """Some new films, some known ones with another rating and other genres."""
        known = [key for key, film in self.films.items() if film.exists == {True}]
        keys = self.random.sample(known, min(len(known), 5))
        keys += [f"{self.name}-{len(self.films) + i}" for i in range(self.random.randrange(1, 15))]
        rows = [row_of(key, self.some_rating()) for key in keys]
        for row in rows:
            film = self.films.setdefault(row["source_id"], Film())
            film.rating.add(row["rating"])
            film.exists.add(True)
        status, answer = self.ask("POST", "/movies:batch", rows)
        if status == 0:
            return
        if status != 200:
            return self.surprise(f"a batch gave {status}")
        for row, result in zip(rows, answer["results"]):
            if result["status"] not in ("created", "updated", "unchanged"):
                self.surprise(f"{row['source_id']} was {result['status']}")
            film = self.films[row["source_id"]]
            film.id, film.exists, film.rating = result["id"], {True}, {row["rating"]}

    def create(self):
        """A film of its own, by a call that may be repeated; and sometimes it is, though it was answered."""
        key = f"{self.name}-{len(self.films)}"
        row = row_of(key, self.some_rating())
        film = self.films[key] = Film()
        film.exists.add(True)
        film.rating.add(row["rating"])
        if self.post(key, row) and self.random.random() < 0.3:
            self.post(key, row)

    def post(self, key: str, row: dict) -> bool:
        self.unanswered_posts[key] = row
        status, answer = self.ask("POST", "/movies", row, {"Idempotency-Key": key})
        if status == 0:
            return False
        del self.unanswered_posts[key]
        film = self.films[key]
        if status != 201 or film.id not in (None, answer["id"]):
            self.surprise(f"the creation of {key} (film {film.id}) gave {status} {answer}")
            return False
        film.id, film.exists, film.rating = answer["id"], {True}, {row["rating"]}
        return True

    def repeat_unanswered(self):
        """As a client does that heard nothing, or 503: again, until it is answered. While the thread is idle."""
        for key, row in list(self.unanswered_posts.items()):
            self.forget_connection()
            harness.wait_until(lambda: self.post(key, row) or key not in self.unanswered_posts,
                               f"an answer to the repeated creation of {key}", 30)

    def some_film(self) -> Film | None:
        known = [film for film in self.films.values() if film.exists == {True} and film.id is not None]
        return self.random.choice(known) if known else None

    def edit(self):
        film = self.some_film()
        if film is None:
            return
        text = f"edit {self.random.randrange(10**9)}"
        film.description.add(text)
        status, _ = self.ask("PATCH", f"/movies/{film.id}", {"description": text})
        if status == 200:
            film.description = {text}
        elif status != 0:
            self.surprise(f"an edit gave {status}")

    def view(self):
        film = self.some_film()
        if film is None:
            return
        film.views[1] += 1
        status, _ = self.ask("POST", f"/movies/{film.id}/views")
        if status == 202:
            film.views[0] += 1
        elif status != 0:
            self.surprise(f"a view gave {status}")

    def delete(self):
        film = self.some_film()
        if film is None or self.random.random() < 0.6:
            return
        film.exists.add(False)
        status, _ = self.ask("DELETE", f"/movies/{film.id}")
        if status == 204:
            film.exists = {False}
        elif status != 0:
            self.surprise(f"a deletion gave {status}")

    def settle(self, rows: list[dict]) -> list[str]:
        """What of the stored films contradicts what may be true; what is true from now on."""
        wrong = []
        stored = {row["source_id"]: row for row in rows}
        films_of = collections.Counter(row["title"] for row in rows)
        for key, film in self.films.items():
            row = stored.get(key)
            if (row is not None) not in film.exists:
                wrong.append(f"{key} {'is' if row else 'is not'} there")
            film.exists = {row is not None}
            if row is None:
                continue
            if films_of[title_of(key)] != 1:
                wrong.append(f"{key} is there {films_of[title_of(key)]} times")
            for field in ("rating", "description"):
                if row.get(field) not in getattr(film, field):
                    wrong.append(f"{key}: {field} is {row.get(field)}, not one of {getattr(film, field)}")
                setattr(film, field, {row.get(field)})
            if not film.views[0] <= row["views"] <= film.views[1]:
                wrong.append(f"{key}: {row['views']} views, not {film.views[0]} to {film.views[1]}")
            film.id, film.views = row["id"], [row["views"], row["views"]]
        return wrong
