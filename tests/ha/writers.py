"""Writers of the metadata API that remember what was acknowledged to them, and repeat what was not."""

import http.client
import json
import random
import threading
import time

PAUSE_SECONDS = 0.2  # between two batches
RETRY_SECONDS = 0.1
PATIENCE_SECONDS = 8  # metadata refuses a write after five seconds
FILMS_IN_A_BATCH = 5
GENRES = ("драма", "комедия", "боевик", "вестерн", "мюзикл")


def title_of(key: str) -> str:
    return f"Stored {key}"


class Writer(threading.Thread):
    """Has films of its own. Asks one metadata service until it does not answer, then the next one; a batch is repeated until
    it is acknowledged. `acknowledged`: key → rating, of the last acknowledged write; `times`: when batches were."""

    def __init__(self, number: int, services: list[tuple[str, int]], token: str):
        super().__init__(daemon=True)
        self.random = random.Random(number)
        self.name = f"ha{number}"
        self.services, self.service = services, number % len(services)
        self.headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        self.connection = None
        self.acknowledged: dict[str, float] = {}
        self.times: list[float] = []
        self.surprises: list[str] = []
        self.repeated = 0
        self.lock = threading.Lock()  # guards acknowledged and times, which others read
        self.ended = threading.Event()
        self.may_go = threading.Event()
        self.may_go.set()
        self.rests = threading.Event()

    def run(self):
        while not self.ended.is_set():
            if not self.may_go.is_set():
                self.rests.set()
                self.may_go.wait(0.1)
                continue
            rows = self.next_rows()
            while not self.send(rows):
                self.repeated += 1
                if self.ended.wait(RETRY_SECONDS):
                    return
            self.ended.wait(PAUSE_SECONDS)

    def next_rows(self) -> list[dict]:
        """Some new films, some known ones with another rating."""
        keys = self.random.sample(sorted(self.acknowledged), min(len(self.acknowledged), FILMS_IN_A_BATCH - 2))
        keys += [f"{self.name}-{len(self.acknowledged) + n}" for n in range(FILMS_IN_A_BATCH - len(keys))]
        return [self.row_of(key) for key in keys]

    def row_of(self, key: str) -> dict:
        rating = self.random.randrange(1, 100) / 10
        return {"source": self.name, "source_id": key, "title": title_of(key), "year": 1950 + sum(key.encode()) % 70,
                "rating": rating, "genres": [GENRES[int(rating) % 5]]}

    def send(self, rows: list[dict]) -> bool:
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection(*self.services[self.service], timeout=PATIENCE_SECONDS)
            self.connection.request("POST", "/internal/v1/movies:batch", json.dumps(rows), self.headers)
            answer = self.connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            self.next_service()
            return False
        if answer.status in (503, 504):
            self.next_service()
            return False
        if answer.status != 200:
            self.surprises.append(f"{self.name}: a batch gave {answer.status} {text[:300]!r}")
            self.next_service()
            return False
        results = json.loads(text)["results"]
        bad = [result for result in results if result["status"] not in ("created", "updated", "unchanged")]
        self.surprises += [f"{self.name}: {result}" for result in bad]
        with self.lock:
            self.times.append(time.monotonic())
            self.acknowledged |= {row["source_id"]: row["rating"] for row in rows}
        return True

    def next_service(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None
        self.service = (self.service + 1) % len(self.services)

    def pause(self) -> dict[str, float]:
        """Returns when what was asked for is acknowledged; nothing else is then, until go_on()."""
        self.may_go.clear()
        self.rests.clear()
        if not self.rests.wait(60):
            raise AssertionError(f"{self.name} got no answer to its write for a minute")
        return self.so_far()

    def go_on(self):
        self.may_go.set()

    def so_far(self) -> dict[str, float]:
        with self.lock:
            return dict(self.acknowledged)

    def times_after(self, begin: float) -> list[float]:
        with self.lock:
            return [moment for moment in self.times if moment >= begin]
