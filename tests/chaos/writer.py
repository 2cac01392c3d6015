"""Writes films without pause and remembers what may be true of each: what was acknowledged, and, after a write whose
answer never came, both what was before and what was asked for."""

import http.client
import json
import random
import threading

HEADERS = {"Content-Type": "application/json"}
BASE = "/internal/v1"


class Film:
    """The values that each field may have now; a set of one value once everything was answered."""

    def __init__(self):
        self.id = None
        self.exists = {False}
        self.rating = {None}  # brought by batches
        self.description = {None}  # brought by edits
        self.views = [0, 0]  # at least, at most


class Writer(threading.Thread):
    """One of several; each has films of its own. Works while `go` is set; `idle` tells that it does not."""

    def __init__(self, number: int, address: tuple[str, int]):
        super().__init__(daemon=True)
        self.random = random.Random(number)
        self.name = f"w{number}"
        self.address = address
        self.films: dict[str, Film] = {}
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
            self.random.choice([self.batch, self.batch, self.edit, self.view, self.delete])()
        self.forget_connection()
        self.idle.set()

    def forget_connection(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def ask(self, method: str, path: str, body=None):
        """(status, answer); status 0: nobody knows what became of it."""
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection(*self.address, timeout=40)
            self.connection.request(method, BASE + path, None if body is None else json.dumps(body), HEADERS)
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
            return 0, None

    def surprise(self, what: str):
        self.surprises.append(f"{self.name}: {what}")

    def batch(self):
        """Some new films, some known ones with another rating."""
        known = [key for key, film in self.films.items() if film.exists == {True}]
        keys = self.random.sample(known, min(len(known), 5))
        keys += [f"{self.name}-{len(self.films) + i}" for i in range(self.random.randrange(1, 25))]
        rows = [{"source": "chaos", "source_id": key, "title": f"Kill {key}", "year": 1990,
                 "rating": self.random.randrange(1, 100) / 10} for key in keys]
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

    def settle(self, stored: dict[str, dict]) -> list[str]:
        """What of `stored` (source_id → film) contradicts what may be true; what is true from now on."""
        wrong = []
        for key, film in self.films.items():
            row = stored.get(key)
            if (row is not None) not in film.exists:
                wrong.append(f"{key} {'is' if row else 'is not'} there")
            film.exists = {row is not None}
            if row is None:
                continue
            for field in ("rating", "description"):
                if row.get(field) not in getattr(film, field):
                    wrong.append(f"{key}: {field} is {row.get(field)}, not one of {getattr(film, field)}")
                setattr(film, field, {row.get(field)})
            if not film.views[0] <= row["views"] <= film.views[1]:
                wrong.append(f"{key}: {row['views']} views, not {film.views[0]} to {film.views[1]}")
            film.id, film.views = row["id"], [row["views"], row["views"]]
        return wrong
