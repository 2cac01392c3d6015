#!/usr/bin/python3
"""kill -9 (and SIGSTOP) of the metadata service, of a replica and of PostgreSQL at random moments under writes: nothing
acknowledged is lost, nothing that is repeated happens twice, and the catalogue in memory is equal to the database.

  kill9_test.py [--kills N] [TEST...]     kills in each test; 3 unless told
"""

import pathlib
import random
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import comparison  # noqa: E402
import harness  # noqa: E402
import postgres  # noqa: E402
from replica import Replica  # noqa: E402
from writer import Writer  # noqa: E402

WRITERS = 3
START_SECONDS = 0.6  # about what a start takes with the tests' build
STANDSTILL_SECONDS = 0.5, 3
# PostgreSQL ends a transaction whose client says nothing, and then the other replica goes on.
OTHER_SECONDS = 15
kills = 3


class Chaos(harness.TestCase):
    def setUp(self):
        super().setUp()
        self.random = random.Random(20261123)
        self.replicas = []
        self.writers = []
        self.server = None
        self.addCleanup(self.end)

    def end(self):
        for replica in self.replicas:
            replica.end()
        for writer in self.writers:
            writer.ended = True
            writer.go.set()
            writer.join(60)

    def use_postgres(self) -> tuple[str, str]:
        self.server = postgres.Postgres(self.folder / "pg")
        self.addCleanup(self.server.stop)
        return "--database", self.server.url

    def replica(self, *arguments) -> Replica:
        self.replicas.append(Replica(self.folder, self.data / str(len(self.replicas)), *arguments))
        return self.replicas[-1]

    def start_writers(self, *replicas):
        self.writers = [Writer(number, replicas[number % len(replicas)].port)
                        for number in range(max(WRITERS, 2 * len(replicas)))]
        for writer in self.writers:
            writer.start()

    def writers_of(self, replica: Replica) -> list[Writer]:
        return [writer for writer in self.writers if writer.port == replica.port]

    def set_off(self):
        """The writers work when it returns, and have for a random time since the first answer."""
        before = sum(writer.acknowledged for writer in self.writers)
        for writer in self.writers:
            writer.go.set()
        harness.wait_until(lambda: sum(writer.acknowledged for writer in self.writers) > before, "a write")
        time.sleep(self.random.uniform(0.02, 0.5))

    def let_end(self):
        """The writers end what they are at."""
        for writer in self.writers:
            writer.go.clear()
        for writer in self.writers:
            self.assertTrue(writer.idle.wait(90), "a write hangs")

    def under_writes(self, *strikes):
        self.set_off()
        for strike in strikes:
            strike()
        self.let_end()

    def goes_on(self, replica: Replica, seconds: float):
        """Its writers get answers to what they ask from now on."""
        before = {writer: writer.acknowledged for writer in self.writers_of(replica)}
        harness.wait_until(lambda: all(writer.acknowledged > count + 1 for writer, count in before.items()),
                           "a replica to go on writing", seconds)

    def check(self):
        """Each catalogue is the database's (a service that was not restarted may have to catch up first)."""
        for writer in self.writers:
            writer.repeat_unanswered()
        rows = []
        for replica in self.replicas:
            rows, wrong = [], []

            def agreed():
                rows[:] = comparison.stored_films(replica.url)
                wrong[:] = comparison.differences(replica.url, rows, self.random)
                return not wrong

            try:
                harness.wait_until(agreed, "the catalogue to equal the database", 20)
            except AssertionError as error:
                self.fail(f"{error}:\n" + "\n".join(wrong[:20]))
        for writer in self.writers:
            self.assertEqual(writer.settle(rows), [], "acknowledged, but not there")
            self.assertEqual(writer.surprises, [])

    def report(self, what: str, strikes=None):
        acknowledged = sum(writer.acknowledged for writer in self.writers)
        unanswered = sum(writer.unanswered for writer in self.writers)
        self.assertGreater(acknowledged, kills)
        print(f"{what}: {strikes or f'{kills} kills'}, {acknowledged} writes acknowledged, {unanswered} unanswered, "
              "0 lost", flush=True)

    def kill_the_service(self, *arguments):
        service = self.replica(*arguments)
        service.start()
        self.start_writers(service)
        for _ in range(kills):
            self.under_writes(service.kill)
            service.start()
            self.check()

    def kill_the_start(self, *arguments):
        """The first ones while the tables are made, the others while the films are loaded."""
        service = self.replica(*arguments)
        self.start_writers(service)
        for _ in range(kills):
            for _ in range(2):
                service.launch()
                time.sleep(self.random.uniform(0.01, START_SECONDS))
                service.kill()
            service.start()
            self.under_writes(service.kill)
        service.start()
        self.check()

    def test_the_service_on_sqlite(self):
        self.kill_the_service()
        self.report("service on SQLite")

    def test_the_service_on_postgresql(self):
        self.kill_the_service(*self.use_postgres())
        self.report("service on PostgreSQL")

    def test_the_start_on_sqlite(self):
        self.kill_the_start()
        self.report("start of the service on SQLite", f"{3 * kills} kills")

    def test_the_start_on_postgresql(self):
        self.kill_the_start(*self.use_postgres())
        self.report("start of the service on PostgreSQL", f"{3 * kills} kills")

    def test_postgresql(self):
        service = self.replica(*self.use_postgres())
        service.start()
        self.start_writers(service)
        for _ in range(kills):
            self.under_writes(self.server.kill)
            self.server.start()
            self.check()
        self.report("PostgreSQL")

    def test_both_at_once(self):
        """And the service comes back before its database does."""
        service = self.replica(*self.use_postgres())
        service.start()
        self.start_writers(service)
        for _ in range(kills):
            self.under_writes(*self.random.sample([service.kill, self.server.kill], 2))
            service.launch()
            self.server.start()
            service.wait()
            self.check()
        self.report("service and PostgreSQL together")

    def test_one_of_two_replicas(self):
        database = self.use_postgres()
        pair = [self.replica(*database), self.replica(*database)]
        for replica in pair:
            replica.launch()  # both make the tables
        for replica in pair:
            replica.wait()
        self.start_writers(*pair)
        for number in range(kills):
            killed, other = pair[number % 2], pair[1 - number % 2]
            self.set_off()
            killed.kill()
            self.goes_on(other, 10)
            self.let_end()
            killed.start()
            self.check()
        self.report("one of two replicas")

    def test_a_replica_that_stands_still(self):
        """In the middle of a write perhaps, with the row locked that all writers lock first."""
        database = self.use_postgres()
        pair = [self.replica(*database), self.replica(*database)]
        for replica in pair:
            replica.start()
        self.start_writers(*pair)
        for number in range(kills):
            still, other = pair[number % 2], pair[1 - number % 2]
            self.set_off()
            still.stop()
            try:
                self.goes_on(other, OTHER_SECONDS)
            finally:
                still.go_on()
            self.let_end()
            self.check()
        self.report("a replica that stands still", f"{kills} times")

    def test_postgresql_stands_still(self):
        """Reads are answered meanwhile."""
        service = self.replica(*self.use_postgres())
        service.start()
        self.start_writers(service)
        for _ in range(kills):
            self.set_off()
            self.server.stand_still()
            try:
                end = time.monotonic() + self.random.uniform(*STANDSTILL_SECONDS)
                while time.monotonic() < end:
                    asked = time.monotonic()
                    comparison.page_of(service.url, "facets=genre&per_page=5")
                    self.assertLess(time.monotonic() - asked, 2, "a list waited for the database")
            finally:
                self.server.go_on()
            self.let_end()
            self.check()
        self.report("PostgreSQL stands still", f"{kills} times")


if __name__ == "__main__":
    if "--kills" in sys.argv:
        at = sys.argv.index("--kills")
        kills = int(sys.argv[at + 1])
        del sys.argv[at:at + 2]
    harness.main()
