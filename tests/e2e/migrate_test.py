#!/usr/bin/python3
"""filmoteka migrate on a real PostgreSQL: asked, by several at once, and refused."""

import os
import subprocess

import harness
import postgres


class Migrate(harness.TestCase):
    def setUp(self):
        super().setUp()
        self.server = postgres.Postgres(self.folder / "postgres")
        self.addCleanup(self.server.stop)

    def settings(self, url=None) -> dict:
        return {"FILMOTEKA_METADATA_DATABASE": url or self.server.url}

    def migrate(self, *arguments: str, number=0, url=None):
        return harness.filmoteka("migrate", "--data", f"{self.data}{number}", *arguments, check=False,
                                 env=self.settings(url))

    def test_it_says_what_is_to_be_done_does_it_and_then_has_nothing_to_do(self):
        asked = self.migrate("--check")
        self.assertEqual(asked.returncode, 3, asked.stderr)
        self.assertFalse(os.path.exists(f"{self.data}0"), "asking makes nothing")
        self.assertIn("metadata: to be applied: 0001_movies", asked.stdout)
        self.assertIn("metadata: to be applied: 0001_movies", self.migrate("--check").stdout, "it only asked")
        done = self.migrate()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("metadata: applied 0001_movies", done.stdout)
        again = self.migrate("--check")
        self.assertEqual(again.returncode, 0, again.stdout)
        self.assertIn("metadata: up to date", again.stdout)

    def sqlite(self, *arguments: str, data=None):
        return harness.filmoteka("migrate", "--data", data or self.data, *arguments, check=False)

    def test_asking_about_files_touches_nothing_and_works_beside_a_service(self):
        asked = self.sqlite("--check")
        self.assertEqual(asked.returncode, 3, asked.stderr)
        self.assertFalse(os.path.exists(self.data), "asking makes nothing")
        self.assertEqual(self.sqlite().returncode, 0)
        before = sorted(os.listdir(self.data))
        asked = self.sqlite("--check")
        self.assertEqual(asked.returncode, 0, asked.stdout + asked.stderr)
        self.assertEqual(sorted(os.listdir(self.data)), before)
        program = self.up("--no-starter").wait()
        asked = self.sqlite("--check")
        self.assertEqual(asked.returncode, 0, asked.stdout + asked.stderr)
        refused = self.sqlite()
        self.assertEqual(refused.returncode, 1, "a service works in the folder")
        program.stop()

    def test_a_host_of_metadata_only_lacks_nothing(self):
        self.assertEqual(self.migrate().returncode, 0)
        asked = self.migrate("--check", number=7)
        self.assertEqual(asked.returncode, 0, asked.stdout)
        self.assertNotIn("scraper", asked.stdout)

    def test_many_at_once_on_an_empty_database(self):
        running = [subprocess.Popen([str(harness.BIN / "filmoteka"), "migrate", "--data", f"{self.data}{number}"],
                                    env={**os.environ, **self.settings()}, stdin=subprocess.DEVNULL,
                                    stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                   for number in range(6)]
        results = [(process.communicate(timeout=120), process.returncode) for process in running]
        for (_, errors), code in results:
            self.assertEqual(code, 0, errors)
        for name in sorted(path.stem for path in (harness.ROOT / "db/postgresql/metadata").glob("*.sql")):
            appliers = [out for (out, _), _ in results if f"metadata: applied {name}" in out]
            self.assertEqual(len(appliers), 1, f"{name} was applied once")
        self.assertEqual(self.migrate("--check", number=1).returncode, 0)

    def test_a_database_of_a_newer_program_is_refused(self):
        self.assertEqual(self.migrate().returncode, 0)
        subprocess.run(["psql", "-q", self.server.url, "-c",
                        "INSERT INTO metadata.schema_migrations VALUES (99, '0099_later', 'x', 'now')"], check=True)
        for arguments in ([], ["--check"]):
            refused = self.migrate(*arguments)
            self.assertEqual(refused.returncode, 1)
            self.assertIn("newer", refused.stderr)

    def test_a_database_that_is_not_there_is_said_without_its_password(self):
        url = f"postgresql://filmoteka:geheim@127.0.0.1:{harness.free_port()}/films"
        refused = self.migrate("--check", url=url)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("error: ", refused.stderr)
        self.assertNotIn("geheim", refused.stderr + refused.stdout)


if __name__ == "__main__":
    harness.main()
