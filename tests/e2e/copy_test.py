#!/usr/bin/python3
"""filmoteka copy from SQLite to PostgreSQL and back: while the source is served, and killed again and again."""

import json
import random
import signal
import subprocess
import time

import harness
import postgres

FILMS = 10_000
BATCH = 4_000  # films that a copy writes in one transaction


class Copy(harness.TestCase):
    def setUp(self):
        super().setUp()
        self.server = postgres.Postgres(self.folder / "postgres")
        self.addCleanup(self.server.stop)
        path = self.folder / "films.ndjson"
        with open(path, "w", encoding="utf-8") as file:
            for number in range(FILMS):
                file.write(json.dumps({"source": "test", "source_id": f"f{number}", "source_url": "",
                                       "title": f"Фильм {number}", "year": 1950 + number % 70}) + "\n")
        harness.filmoteka("import", path, "--source", "filmoteka", "--data", self.data)
        self.sqlite = f"sqlite:{self.data}/metadata.db"

    def copy(self, source: str, target: str, check=True):
        return harness.filmoteka("copy", "--from", source, "--to", target, check=check)

    def export(self, data, database=None) -> list[str]:
        env = {"FILMOTEKA_METADATA_DATABASE": database} if database else None
        return harness.filmoteka("export", "--data", data, env=env).stdout.splitlines()

    def start_copy(self) -> subprocess.Popen:
        process = subprocess.Popen([str(harness.BIN / "filmoteka"), "copy", "--from", self.sqlite, "--to",
                                    self.server.url], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        self.addCleanup(lambda: process.poll() is None and (process.kill(), process.communicate()))
        return process

    def copied_up_to(self) -> int:
        """The revision that the target has come to."""
        return int(self.server.ask("SELECT revision FROM metadata.catalogue") or 0)

    def kill_a_copy(self, when) -> int:
        """Kills one in the middle of its work; gives the revision that the target had come to."""
        process = self.start_copy()
        harness.wait_until(lambda: when() or process.poll() is not None, "the moment to kill the copy")
        process.kill()
        _, errors = process.communicate()
        self.assertEqual(process.returncode, -signal.SIGKILL, f"it ended before it was killed: {errors}")
        return self.copied_up_to()

    def test_a_copy_that_is_killed_again_and_again_goes_on(self):
        rng = random.Random(1)
        for _ in range(4):  # while it starts, makes the tables or brings the first films
            end = time.monotonic() + rng.uniform(0.01, 0.2)
            self.kill_a_copy(lambda: time.monotonic() > end)
        position = 0
        while position + BATCH < FILMS:  # each one has to bring a batch more than the one before
            before, position = position, self.kill_a_copy(lambda: self.copied_up_to() > position)
            self.assertGreater(position, before)
        process = self.start_copy()
        out, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, errors)
        self.assertIn(f"(an earlier run had come to {position})", out)
        self.assertIn(f"{FILMS:,} films are the same in both", out)
        self.assertEqual(self.export(self.folder / "other", self.server.url), self.export(self.data))

    def test_readers_and_writers_of_the_source_go_on(self):
        program = self.up("--no-starter").wait()
        process = self.start_copy()
        written = 0
        end = time.monotonic() + 120
        while process.poll() is None:
            self.assertLess(time.monotonic(), end, "the copy does not end")
            status, page = harness.get_json(program.metadata + "/internal/v1/movies?per_page=1")
            self.assertEqual((status, page["page"]["total"]), (200, FILMS + written))
            row = {"source": "late", "source_id": str(written), "source_url": "", "title": f"Поздний {written}"}
            status, _, _ = harness.get(program.metadata + "/internal/v1/movies:batch",
                                       {"Content-Type": "application/x-ndjson"}, "POST", json.dumps(row).encode())
            self.assertEqual(status, 200)
            written += 1
        out, errors = process.communicate()
        is_last = "changed at the source meanwhile" not in out
        self.assertEqual(process.returncode, 0 if is_last else 3, errors)
        self.assertGreater(written, 0)
        program.stop()
        self.assertIn("an earlier run had come to", self.copy(self.sqlite, self.server.url).stdout)
        self.assertEqual(self.export(self.folder / "other", self.server.url), self.export(self.data))

    def test_there_and_back_is_the_same(self):
        self.copy(self.sqlite, self.server.url)
        self.copy(self.server.url, f"sqlite:{self.folder}/back/metadata.db")
        self.assertEqual(self.export(self.folder / "back"), self.export(self.data))

    def test_what_cannot_be_copied_is_said(self):
        harness.filmoteka("import", self.folder / "films.ndjson", "--source", "filmoteka", "--data",
                          self.folder / "other", env={"FILMOTEKA_METADATA_DATABASE": self.server.url})
        full = self.copy(self.sqlite, self.server.url, check=False)
        self.assertEqual(full.returncode, 1)
        self.assertIn("holds other films", full.stderr)
        absent = self.copy(f"sqlite:{self.folder}/nothing.db", self.server.url, check=False)
        self.assertEqual(absent.returncode, 1)
        self.assertIn("nothing.db", absent.stderr)
        secret = self.copy(self.sqlite, f"postgresql://u:geheim@127.0.0.1:{harness.free_port()}/x", check=False)
        self.assertEqual(secret.returncode, 1)
        self.assertIn("postgresql://u:***@127.0.0.1", secret.stderr)
        self.assertNotIn("geheim", secret.stderr)
        wrong = self.copy("films.csv", self.server.url, check=False)
        self.assertEqual(wrong.returncode, 2)


if __name__ == "__main__":
    harness.main()
