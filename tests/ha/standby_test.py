#!/usr/bin/python3
"""A metadata service on a standby of PostgreSQL, as another region has it: it answers reads, follows what is written elsewhere,
and refuses writes; and it goes on when its standby becomes the leader."""

import json
import os
import pathlib
import pwd
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import harness  # noqa: E402
import postgres  # noqa: E402

SEEN_SECONDS = 5


class Standby(postgres.Postgres):
    def __init__(self, folder: pathlib.Path, leader: postgres.Postgres):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        self.user = leader.user
        if self.user:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self.process = None
        subprocess.run([postgres.programs() / "pg_basebackup", "-D", self.folder / "data", "-R", "--checkpoint=fast", "-d",
                        leader.url], check=True, cwd="/", **self.user)
        self.start()

    def promote(self):
        self.ask("SELECT pg_promote()")


def films(first: int, count: int) -> bytes:
    return json.dumps([{"source": "test", "source_id": str(number), "title": f"Film {number}", "year": 1990}
                       for number in range(first, first + count)]).encode()


class OnAStandby(harness.TestCase):
    def setUp(self):
        super().setUp()
        self.leader = postgres.Postgres(self.folder / "leader")
        self.addCleanup(self.leader.stop)
        self.writer = self.service("filmoteka-metadata", "--data", self.folder / "writer", "--database", self.leader.url)
        self.write(self.writer, 0, 50)
        self.standby = Standby(self.folder / "standby", self.leader)
        self.addCleanup(self.standby.stop)
        self.reader = self.service("filmoteka-metadata", "--data", self.folder / "reader", "--database",
                                   self.standby.url + "&target_session_attrs=any")

    def write(self, service: harness.Service, first: int, count: int, expected=200):
        status, headers, body = harness.get(service.url + "/internal/v1/movies:batch", method="POST", body=films(first, count),
                                            headers={"Content-Type": "application/json"})
        self.assertEqual(status, expected, body)
        return headers

    @staticmethod
    def total(service: harness.Service) -> int:
        return harness.get_json(service.url + "/internal/v1/movies?per_page=1")[1]["page"]["total"]

    def test_it_reads_and_follows_and_refuses_writes(self):
        self.assertEqual(self.total(self.reader), 50)
        self.write(self.writer, 50, 50)
        begin = time.monotonic()
        harness.wait_until(lambda: self.total(self.reader) == 100, "the other's films", SEEN_SECONDS)
        print(f"seen after {time.monotonic() - begin:.2f} s", flush=True)
        status, feed = harness.get_json(self.reader.url + "/internal/v1/changes?since=50")
        self.assertEqual((status, len(feed["changes"])), (200, 50))
        refused = self.write(self.reader, 100, 1, expected=503)
        self.assertIn("Retry-After", refused)
        self.assertEqual(self.total(self.reader), 100)
        # It has not tried to listen all the time, which no standby lets anybody do.
        self.assertLessEqual((self.standby.folder / "log").read_text().count("cannot execute LISTEN"), 2)

    def test_a_gateway_serves_films_from_it(self):
        gateway = self.service("filmoteka-gateway", "--data", self.folder / "gateway", "--metadata", self.reader.url)
        status, page = harness.get_json(gateway.url + "/api/v1/movies?per_page=1")
        self.assertEqual((status, page["page"]["total"]), (200, 50))
        self.write(self.writer, 50, 1)
        harness.wait_until(lambda: harness.get_json(gateway.url + "/api/v1/movies?per_page=1")[1]["page"]["total"] == 51,
                           "the gateway to hear of the film", SEEN_SECONDS)

    def test_it_takes_writes_when_its_standby_leads(self):
        self.leader.kill()
        self.standby.promote()
        harness.wait_until(lambda: harness.get(self.reader.url + "/internal/v1/movies:batch", method="POST", body=films(50, 1),
                                               headers={"Content-Type": "application/json"})[0] == 200, "a write", 20)
        self.assertEqual(self.total(self.reader), 51)
        harness.wait_until(lambda: "filmoteka_metadata_store_listening 1" in self.reader.metrics(), "it to listen", 20)


if __name__ == "__main__":
    harness.main()
