#!/usr/bin/python3
"""kill -9 of the metadata service and of PostgreSQL at random moments under writes: nothing acknowledged is lost, and
the catalogue in memory is equal to the database afterwards.

  kill9_test.py [--kills N] [TEST...]     kills in each test; 8 unless told
"""

import json
import pathlib
import random
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import harness  # noqa: E402
import postgres  # noqa: E402
from writer import BASE, Writer  # noqa: E402

WRITERS = 3
SUMMARY = ("id", "revision", "title", "rating", "views")
kills = 8


class Kill9(harness.TestCase):
    def setUp(self):
        super().setUp()
        self.random = random.Random(20261123)
        self.port, self.ops_port = harness.free_port(), harness.free_port()
        self.url = f"http://127.0.0.1:{self.port}{BASE}"
        self.service = None
        self.writers = []
        self.addCleanup(self.end)

    def end(self):
        for writer in self.writers:
            writer.ended = True
            writer.go.set()
            writer.join(60)
        if self.service is not None and self.service.process.poll() is None:
            self.service.kill()

    def start_service(self, *arguments):
        self.service = harness.Program(self.folder, "filmoteka-metadata", "--data", self.data, "--listen",
                                       f"127.0.0.1:{self.port}", "--ops-listen", f"127.0.0.1:{self.ops_port}", *arguments)
        self.service.wait_ready(f"http://127.0.0.1:{self.ops_port}/readyz")

    def start_writers(self):
        self.writers = [Writer(number, ("127.0.0.1", self.port)) for number in range(WRITERS)]
        for writer in self.writers:
            writer.start()

    def under_writes(self, strike):
        """Lets the writers work, strikes at a random moment, and lets them end what they were at."""
        for writer in self.writers:
            writer.go.set()
        time.sleep(self.random.uniform(0.02, 0.5))
        strike()
        for writer in self.writers:
            writer.go.clear()
        for writer in self.writers:
            self.assertTrue(writer.idle.wait(60), "a write hangs")

    def stored(self) -> list[dict]:
        """All films in the database; waits for a service that has not noticed yet that it is back."""
        answer = harness.wait_until(lambda: (got := harness.get(self.url + "/export"))[0] != 503 and got, "an export", 10)
        self.assertEqual(answer[0], 200)
        lines = [json.loads(line) for line in answer[2].splitlines()]
        self.assertIn("end", lines[-1], "the export was cut off")
        return [line for line in lines if "id" in line]

    def shown(self) -> dict[int, tuple]:
        films, cursor = {}, ""
        while cursor is not None:
            status, page = harness.get_json(
                f"{self.url}/movies?include_inactive=true&sort=added_at&per_page=100" + (cursor and f"&cursor={cursor}"))
            self.assertEqual(status, 200, page)
            films.update({film["id"]: tuple(film[field] for field in SUMMARY) for film in page["items"]})
            cursor = page["page"]["next_cursor"]
        return films

    def check(self):
        """The catalogue is the database's (a service that was not restarted may have to catch up first)."""
        def agreed():
            rows = self.stored()
            return rows if {row["id"]: tuple(row.get(field) for field in SUMMARY) for row in rows} == self.shown() else None

        rows = harness.wait_until(agreed, "the catalogue to equal the database")
        stored = {row["source_id"]: row for row in rows}
        for writer in self.writers:
            self.assertEqual(writer.settle(stored), [], "acknowledged, but not there")
            self.assertEqual(writer.surprises, [])

    def report(self, what: str):
        acknowledged = sum(writer.acknowledged for writer in self.writers)
        unanswered = sum(writer.unanswered for writer in self.writers)
        self.assertGreater(acknowledged, kills)
        print(f"{what}: {kills} kills, {acknowledged} writes acknowledged, {unanswered} unanswered, 0 lost", flush=True)

    def kill_the_service(self, *arguments):
        self.start_service(*arguments)
        self.start_writers()
        for _ in range(kills):
            self.under_writes(self.service.kill)
            self.start_service(*arguments)
            self.check()

    def test_the_service_on_sqlite(self):
        self.kill_the_service()
        self.report("service on SQLite")

    def test_the_service_on_postgresql(self):
        server = postgres.Postgres(self.folder / "pg")
        self.addCleanup(server.stop)
        self.kill_the_service("--database", server.url)
        self.report("service on PostgreSQL")

    def test_postgresql(self):
        server = postgres.Postgres(self.folder / "pg")
        self.addCleanup(server.stop)
        self.start_service("--database", server.url)
        self.start_writers()
        for _ in range(kills):
            self.under_writes(server.kill)
            server.start()
            self.check()
        self.report("PostgreSQL")


if __name__ == "__main__":
    if "--kills" in sys.argv:
        at = sys.argv.index("--kills")
        kills = int(sys.argv[at + 1])
        del sys.argv[at:at + 2]
    harness.main()
