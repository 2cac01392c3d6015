"""Clients that write films through the batch API and read them, and keep a record for history.py.

Each version of a film has all its fields made of one number, so that a read shows which write it saw, and a film mixed of
two writes is no version of it."""

import http.client
import itertools
import json
import random
import threading
import time
import urllib.parse

import history

BASE = "/internal/v1"
ROWS = 5  # in a batch at most
SOURCE = "recorder"
TIMEOUT_SECONDS = 15


def title_of(film: str) -> str:
    return f"Record {film}"


def row_of(film: str, version: int) -> dict:
    return {"source": SOURCE, "source_id": film, "title": title_of(film), "year": 1900 + version % 120,
            "duration_seconds": 1000 + version % 9000, "description": f"{film}, version {version}"}


def version_of(film: str, shown: dict):
    """The number, or what is shown when that is no version of the film."""
    text = shown.get("description") or ""
    number = text.removeprefix(f"{film}, version ")
    if number != text and number.isdecimal():
        row = row_of(film, int(number))
        if all(shown.get(field) == value for field, value in row.items()):
            return int(number)
    return json.dumps({field: shown.get(field) for field in row_of(film, 0)}, ensure_ascii=False)


class Client:
    """One connection at a time to each replica; an answer, or None if nobody knows."""

    def __init__(self, timeout: float = TIMEOUT_SECONDS):
        self.timeout = timeout
        self.connections = {}

    def ask(self, replica: str, method: str, path: str, body=None):
        try:
            connection = self.connections.get(replica)
            if connection is None:
                address = urllib.parse.urlsplit(replica)
                connection = http.client.HTTPConnection(address.hostname, address.port, timeout=self.timeout)
                self.connections[replica] = connection
            connection.request(method, BASE + path, None if body is None else json.dumps(body),
                               {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text else None
        except (OSError, http.client.HTTPException, ValueError):
            self.forget(replica)
            return None

    def close(self):
        for replica in list(self.connections):
            self.forget(replica)

    def forget(self, replica: str):
        connection = self.connections.pop(replica, None)
        if connection is not None:
            connection.close()


class Recorder(threading.Thread):
    """One writer with `films` films of its own: `rate` batches a second, each followed by a read of what it wrote at the
    same replica and one of any film at any replica. A replica that does not answer is left for the next one."""

    def __init__(self, name: str, replicas: list[str], rate: float, films: int, seed: int):
        super().__init__(daemon=True)
        self.name = name
        self.replicas = replicas
        self.at = seed % len(replicas)
        self.rate = rate
        self.films = [f"{name}-{number}" for number in range(films)]
        self.random = random.Random(seed)
        self.versions = itertools.count(1)
        self.ids: dict[str, int] = {}  # of films of which a write was acknowledged
        self.operations: list = []
        self.statuses: dict[int, int] = {}  # of writes; 0: no answer
        self.slowest = 0.0
        self.refusals: list[str] = []  # what a write was told that did not succeed
        self.ended = threading.Event()
        self.client = Client()

    def run(self):
        due = time.monotonic()
        while not self.ended.is_set():
            self.write()
            due = max(due + 1 / self.rate, time.monotonic() - 1)
            self.ended.wait(max(0.0, due - time.monotonic()))

    def write(self):
        replica = self.replicas[self.at]
        films = self.random.sample(self.films, self.random.randint(1, min(ROWS, len(self.films))))
        versions = {film: next(self.versions) for film in films}
        start = time.monotonic()
        answer = self.client.ask(replica, "POST", "/movies:batch", [row_of(*one) for one in versions.items()])
        end = time.monotonic()
        self.slowest = max(self.slowest, end - start)
        status = answer[0] if answer else 0
        self.statuses[status] = self.statuses.get(status, 0) + 1
        results = answer[1]["results"] if status == 200 else [None] * len(films)
        for film, result in zip(films, results):
            self.operations.append(history.Write(film, versions[film], replica, start, end, outcome_of(status, result)))
            if result and "id" in result:
                self.ids[film] = result["id"]
        if status == 200:
            self.read(films[0], replica)
        else:
            self.refusals.append(f"{status} {(answer[1] or {}).get('detail', '') if answer else 'no answer'}")
            self.at = (self.at + 1) % len(self.replicas)
        if self.ids:
            self.read(self.random.choice(list(self.ids)), self.random.choice(self.replicas))

    def read(self, film: str, replica: str, final: bool = False) -> bool:
        start = time.monotonic()
        answer = self.client.ask(replica, "GET", f"/movies/{self.ids[film]}")
        end = time.monotonic()
        if answer is None or answer[0] not in (200, 404):
            return False
        value = history.MISSING if answer[0] == 404 else version_of(film, answer[1])
        self.operations.append(history.Read(film, value, replica, start, end, final))
        return True


def outcome_of(status: int, result) -> str:
    if status == 200:
        return history.OK if result["status"] in ("created", "updated", "unchanged") else history.FAILED
    # A server that fails may have stored it all the same.
    return history.UNKNOWN if status == 0 or status >= 500 else history.FAILED


class Recorders:
    """Several of them; as a context: they work inside of it."""

    def __init__(self, replicas: list[str], count: int = 4, rate: float = 5, films: int = 20, seed: int = 1):
        self.replicas = replicas
        self.all = [Recorder(f"r{seed}-{number}", replicas, rate, films, seed + number) for number in range(count)]

    def __enter__(self):
        for one in self.all:
            one.start()
        return self

    def __exit__(self, *_):
        for one in self.all:
            one.ended.set()
        for one in self.all:
            one.join(2 * TIMEOUT_SECONDS)
            assert not one.is_alive(), "a write hangs"

    def acknowledged(self) -> int:
        return sum(one.statuses.get(200, 0) for one in self.all)

    def settle(self, wait_until, seconds: float = 30) -> history.Summary:
        """When they have ended: each film is read at each replica, which may take `seconds` to catch up, and all is judged."""
        for one in self.all:
            for replica in self.replicas:
                one.client.forget(replica)
        self.wait_for_same(wait_until, seconds)
        for one in self.all:
            for film in one.ids:
                for replica in self.replicas:
                    wait_until(lambda: one.read(film, replica, final=True), f"{film} at {replica}", seconds)
        return history.summary(operation for one in self.all for operation in one.operations)

    def wait_for_same(self, wait_until, seconds: float):
        """No replica is behind another one."""
        def revisions():
            answers = [self.all[0].client.ask(replica, "GET", "/changes?since=1000000000000000") for replica in self.replicas]
            return [answer[1].get("revision") for answer in answers if answer and answer[0] == 200]

        if len(self.replicas) > 1:
            wait_until(lambda: len(found := revisions()) == len(self.replicas) and len(set(found)) == 1,
                       "all replicas to be at the same revision", seconds)
