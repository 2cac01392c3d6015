#!/usr/bin/python3
"""From release N to N+1 and back to N under load: two metadata replicas, two gateways and a scraper on one PostgreSQL are
replaced in turn. N+1 is filmoteka-metadata-next, which brings one more migration (tests/e2e/next_schema)."""

import http.client
import json
import random
import threading
import time

import harness
import postgres
from two_scrapers_test import ON_A_PAGE, PAGES, Site, definition

FILMS = 400
READERS = 4
SOURCES = 3
SCRAPED = SOURCES * PAGES * ON_A_PAGE  # films that the scraper brings meanwhile


def row(source: str, number: int) -> dict:
    return {"source": source, "source_id": f"f{number}", "source_url": "", "title": f"Фильм {number} из {source}", "year": 1990}


class Readers:
    """Threads that ask the gateways' address without a pause, over kept connections; any answer but 200 is an error."""

    def __init__(self, port: int):
        self.port = port
        self.ended = threading.Event()
        self.lock = threading.Lock()  # guards answers and errors
        self.answers = 0
        self.errors: list[str] = []
        self.turn = "before"  # what is being replaced
        self.threads = [threading.Thread(target=self.run, args=(seed,)) for seed in range(READERS)]
        for thread in self.threads:
            thread.start()

    def run(self, seed: int):
        rng = random.Random(seed)
        while not self.ended.is_set():
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                while self.ask(connection, rng) and not self.ended.is_set():
                    pass
            except (OSError, http.client.HTTPException) as error:
                self.fail(repr(error))
            finally:
                connection.close()

    def ask(self, connection, rng) -> bool:
        """True: the connection may be used again."""
        # Many different addresses: most are not in the cache.
        path = rng.choice([f"/api/v1/movies?per_page=5&page={rng.randrange(1, 60)}&sort=-added_at",
                           f"/api/v1/movies/{rng.randrange(1, FILMS)}", f"/api/v1/movies?q={rng.randrange(FILMS)}", "/api/v1/home"])
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            self.fail(f"{path}: {answer.status} {body[:300]}")
        else:
            json.loads(body)
            with self.lock:
                self.answers += 1
        return not answer.will_close

    def fail(self, text: str):
        with self.lock:
            self.errors.append(f"{self.turn}: {text}")

    def end(self):
        self.ended.set()
        for thread in self.threads:
            thread.join()


class Writers:
    """One thread adds films at the metadata replicas, as scrapers do: refused by one, it asks the other. One counts views
    through the gateways. Both repeat what was refused."""

    def __init__(self, gateway: str, metadata: list[str]):
        self.gateway = gateway
        self.metadata = metadata
        self.films = 0  # acknowledged: new-0 … new-(n-1)
        self.views = 0  # acknowledged
        self.refused: dict[int, int] = {}  # by status; 0: no connection
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=run) for run in (self.write_films, self.count_views)]
        for thread in self.threads:
            thread.start()

    def post(self, url: str, body: bytes, kind: str) -> bool:
        status, _, _ = harness.get(url, {"Content-Type": kind}, "POST", body)
        if 200 <= status < 300:
            return True
        self.refused[status] = self.refused.get(status, 0) + 1
        time.sleep(0.01)
        return False

    def write_films(self):
        turn = 0
        while not self.ended.is_set():
            body = json.dumps(row("new", self.films)).encode()
            if self.post(self.metadata[turn % 2] + "/internal/v1/movies:batch", body, "application/x-ndjson"):
                self.films += 1
                time.sleep(0.005)
            else:
                turn += 1

    def count_views(self):
        while not self.ended.is_set():
            self.views += self.post(f"{self.gateway}/api/v1/movies/{1 + self.views % 50}/views", b"", "application/json")
            time.sleep(0.02)

    def end(self):
        self.ended.set()
        for thread in self.threads:
            thread.join()


class RollingUpgrade(harness.TestCase):
    def setUp(self):
        super().setUp()
        self.server = postgres.Postgres(self.folder / "postgres")
        self.addCleanup(self.server.stop)
        self.env = {"FILMOTEKA_COMMON_DATABASE": self.server.url, "FILMOTEKA_GATEWAY_SHARE_PORT": "true",
                    # Slow enough to be at work in each of the turns.
                    "FILMOTEKA_SCRAPER_FETCH_DELAY": "500ms", "FILMOTEKA_SCRAPER_FETCH_SOURCE_DELAYS": "false",
                    "FILMOTEKA_SCRAPER_LEASE": "3s", "FILMOTEKA_SCRAPER_FIRST_RUN_DELAY": "100ms",
                    "FILMOTEKA_SCRAPER_FIRST_RETRY": "500ms"}
        self.site = Site()
        self.addCleanup(self.site.stop)
        (self.folder / "sources").mkdir()
        for number in range(SOURCES):
            name = f"site{number}"
            (self.folder / "sources" / f"{name}.yaml").write_text(definition(name, self.site.url, schedule=True))

    def start(self, name: str, *arguments, port: int) -> harness.Service:
        program = harness.Service(self.folder, name, *arguments, port=port, env=self.env)
        self.addCleanup(lambda: program.process.poll() is None and program.kill())
        return program

    def start_metadata(self, name: str, number: int) -> harness.Service:
        return self.start(name, "--data", self.folder / f"metadata-{number}", port=self.ports[number])

    def start_gateway(self) -> harness.Service:
        return self.start("filmoteka-gateway", "--metadata", ",".join(self.urls), "--rate-limit", "false", port=self.gateway_port)

    def start_scraper(self) -> harness.Service:
        return self.start("filmoteka-scraper", "--data", self.folder / "scraper", "--metadata", self.urls[0], "--sources",
                          self.folder / "sources", port=self.scraper_port)

    def begin(self):
        self.ports = [harness.free_port(), harness.free_port()]
        self.gateway_port, self.scraper_port = harness.free_port(), harness.free_port()
        self.urls = [f"http://127.0.0.1:{port}" for port in self.ports]
        self.metadata = [self.start_metadata("filmoteka-metadata", number).wait() for number in range(2)]
        body = "".join(json.dumps(row("old", number)) + "\n" for number in range(FILMS)).encode()
        status, _, _ = harness.get(self.urls[0] + "/internal/v1/movies:batch", {"Content-Type": "application/x-ndjson"}, "POST", body)
        self.assertEqual(status, 200)
        self.gateways = [self.start_gateway().wait() for _ in range(2)]
        self.scraper = self.start_scraper().wait()

    def replace(self, service: harness.Service, start) -> harness.Service:
        """What rolls a service: it stops, ending what it has begun, and its successor is waited for."""
        self.turn += 1
        self.replaced = service
        self.readers.turn = f"turn {self.turn}, {service.log_path.name}"
        answers, films = self.readers.answers, self.writers.films
        self.assertEqual(service.stop(), 0)
        fresh = start().wait()
        # Ready is not enough: a gateway asks a replica that was away again when a probe of its own was answered.
        harness.wait_until(lambda: all(map(self.asks_all, self.gateways)), "the gateways to ask both replicas")
        harness.wait_until(lambda: self.readers.answers > answers + 200 and self.writers.films > films + 5, "reads and writes after it")
        return fresh

    def asks_all(self, gateway: harness.Service) -> bool:
        return gateway is self.replaced or sum(
            line.startswith("filmoteka_gateway_replica_in{") and line.endswith(" 1") for line in gateway.metrics().splitlines()) == 2

    def roll(self, metadata: str, after_first=lambda: None):
        for number in range(2):
            self.metadata[number] = self.replace(self.metadata[number], lambda number=number: self.start_metadata(metadata, number))
            if number == 0:
                after_first()
        for number in range(2):
            self.gateways[number] = self.replace(self.gateways[number], self.start_gateway)
        self.scraper = self.replace(self.scraper, self.start_scraper)

    def count(self, which: str) -> int:
        return int(self.server.ask(f"SELECT count(*) FROM metadata.movies WHERE {which}") or -1)

    def schema(self) -> str:
        return self.server.ask("SELECT max(name) FROM metadata.schema_migrations")

    def has_expanded(self) -> bool:
        return self.server.ask("SELECT to_regclass('metadata.studios')") != ""

    def test_up_and_down_again_without_an_error(self):
        self.begin()
        self.turn = 0
        released = self.schema()
        self.readers = Readers(self.gateway_port)
        self.writers = Writers(f"http://127.0.0.1:{self.gateway_port}", self.urls)
        try:
            # N and N+1 side by side on the schema of N+1 after the first.
            self.roll("filmoteka-metadata-next", lambda: self.assertTrue(self.has_expanded()))
            self.assertIn("_expand_studios", self.schema())
            # Back: N starts on a schema that is newer than it, and has only been expanded.
            self.roll("filmoteka-metadata")
            harness.wait_until(lambda: self.count("source LIKE 'site%'") == SCRAPED, "all that the scraper brings", 60)
        finally:
            self.readers.end()
            self.writers.end()
        self.assertEqual([error[:300] for error in self.readers.errors], [])
        self.assertLessEqual(set(self.writers.refused), {0, 503}, "only what may be tried again")
        print(f"{self.readers.answers} reads, {self.writers.films} films and {self.writers.views} views acknowledged, {SCRAPED} films scraped; "
              f"writes tried again, by status (0: no connection): {self.writers.refused}")
        self.expect_all_writes()
        self.expect_a_contracted_schema_to_be_refused(released)

    def expect_all_writes(self):
        # A second reader on the same database: what a replica knows is what is stored.
        stored = self.count("source = 'new'")
        self.assertGreaterEqual(stored, self.writers.films)
        missing = self.server.ask(f"SELECT count(*) FROM generate_series(0, {self.writers.films - 1}) AS number WHERE NOT EXISTS"
                                  " (SELECT FROM metadata.movies WHERE source = 'new' AND source_id = 'f' || number)")
        self.assertEqual(missing, "0", "acknowledged films that are lost")
        views = self.server.ask("SELECT coalesce(sum(views), 0) FROM metadata.local_views")
        self.assertGreaterEqual(int(views), self.writers.views, "acknowledged views that are lost")
        for replica in self.metadata:
            total = harness.get_json(replica.url + "/internal/v1/movies?per_page=1")[1]["page"]["total"]
            self.assertEqual(total, FILMS + stored + SCRAPED)

    def expect_a_contracted_schema_to_be_refused(self, released: str):
        number = int(self.schema().split("_")[0]) + 1
        self.server.ask(f"INSERT INTO metadata.schema_migrations VALUES ({number}, '{number:04}_contract_titles', 'x', 'now')")
        self.assertEqual(self.metadata[0].stop(), 0)
        late = self.start_metadata("filmoteka-metadata", 0)
        late.process.wait(60)
        self.assertNotEqual(late.stop(), 0)
        self.assertIn("written by a newer Filmoteka", late.output())
        self.assertIn(f"this program knows {int(released.split('_')[0])}", late.output())
        # Who runs goes on.
        self.assertEqual(harness.get(self.urls[1] + "/internal/v1/movies?per_page=1")[0], 200)


if __name__ == "__main__":
    harness.main()
