#!/usr/bin/python3
"""filmoteka backup and restore: beside writers, killed in the middle, on a full disk, tampered with; SQLite and PostgreSQL;
point-in-time recovery by the commands of docs/backup.md."""

import contextlib
import hashlib
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time

import harness
import postgres

FILMS = 1_500


def row(number: int, source: str = "test") -> dict:
    return {"source": source, "source_id": f"f{number}", "source_url": "", "title": f"{'Поздний' if source == 'late' else source} {number} " + "о" * 200,
            "year": 1950 + number % 70, "description": f"Описание {number}. " * 20}


def add(metadata: str, rows: list[dict]) -> bool:
    body = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows).encode()
    status, _, _ = harness.get(metadata + "/internal/v1/movies:batch", {"Content-Type": "application/x-ndjson"}, "POST", body)
    return status == 200


class Writer:
    """Adds films to a running metadata until it is ended, and remembers those that were acknowledged."""

    def __init__(self, metadata: str):
        self.metadata = metadata
        self.acknowledged = 0  # films late-0 … late-(n-1)
        self.refused = 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        while not self.ended.is_set():
            rows = [row(number, "late") for number in range(self.acknowledged, self.acknowledged + 20)]
            if add(self.metadata, rows):
                self.acknowledged += len(rows)
            else:
                self.refused += 1
                time.sleep(0.01)

    def end(self):
        self.ended.set()
        self.thread.join()


class Backups(harness.TestCase):
    def setUp(self):
        super().setUp()
        self.target = self.folder / "backup"
        self.env = {}

    def run_it(self, *arguments, env=None):
        return harness.filmoteka(*arguments, check=False, env={**self.env, **(env or {})})

    def succeed(self, *arguments, env=None) -> str:
        done = self.run_it(*arguments, env=env)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def refuse(self, *arguments, says: str, code: int = 1, env=None):
        done = self.run_it(*arguments, env=env)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        self.assertIn(says, done.stderr)
        return done

    def export(self, data, env=None) -> list[str]:
        return self.succeed("export", "--data", data, env=env).splitlines()

    def fill(self, films: int = FILMS, data=None, env=None):
        path = self.folder / "films.ndjson"
        with open(path, "w", encoding="utf-8") as file:
            for number in range(films):
                file.write(json.dumps(row(number)) + "\n")
        self.succeed("import", path, "--source", "filmoteka", "--data", data or self.data, env=env)

    def manifest(self) -> dict:
        return json.loads((self.target / "manifest.json").read_text())

    def back_up_under_writes(self, metadata: str) -> int:
        """Gives how many late films had been acknowledged when the backup began."""
        writer = Writer(metadata)
        try:
            harness.wait_until(lambda: writer.acknowledged >= 100, "the first late films")
            before = writer.acknowledged
            self.succeed("backup", self.target, "--data", self.data)
            harness.wait_until(lambda: writer.acknowledged > before, "films after the backup")
        finally:
            writer.end()
        self.assertEqual(writer.refused, 0, "a backup does not stand in a writer's way")
        return before

    def expect_whole(self, restored: list[str], source: list[str], acknowledged: int):
        """The restored films are those of the source up to one revision, not one torn or missing."""
        films = self.manifest()["films"]
        self.assertEqual(len(restored), films + 1, "each film, and the last line")
        self.assertGreaterEqual(films, FILMS + acknowledged)
        self.assertLess(len(restored), len(source), "the writer went on")
        # Only new films were written, and an export is in the order of revisions.
        self.assertEqual(restored[:-1], source[:films])


class Sqlite(Backups):
    def test_a_backup_under_writes_has_what_was_acknowledged_before_it(self):
        self.fill()
        program = self.up("--no-starter").wait()
        acknowledged = self.back_up_under_writes(program.metadata)
        program.stop()
        said = self.succeed("backup", "--verify", self.target)
        self.assertIn(f"{self.manifest()['films']:,} films", said)
        restored = self.folder / "restored"
        self.succeed("restore", self.target, "--data", restored)
        self.expect_whole(self.export(restored), self.export(self.data), acknowledged)

    def test_the_restored_catalogue_is_served_and_is_the_same(self):
        self.fill()
        source = self.export(self.data)
        said = self.succeed("backup", self.target, "--data", self.data)
        self.assertRegex(said, rf"^backed up to .*backup: {FILMS:,} films, revision {FILMS:,}, [0-9.]+ MB\n$")
        self.assertEqual(oct((self.target).stat().st_mode)[-3:], "700", "its owner's only")
        manifest = self.manifest()
        self.assertEqual(manifest["format"], 1)
        self.assertEqual([part["file"] for part in manifest["parts"]], ["metadata.db"])
        # What was there is kept beside it.
        self.refuse("restore", self.target, "--data", self.data, says=f"There are {FILMS:,} films already")
        said = self.succeed("restore", self.target, "--data", self.data, "--replace")
        aside = pathlib.Path(said.split("what was there before is in ")[1].strip())
        self.assertEqual([path.name for path in aside.iterdir()], ["metadata.db"])
        self.assertEqual(self.export(self.data), source)
        program = self.up("--no-starter").wait()
        self.assertEqual(program.total(), FILMS)
        self.refuse("restore", self.target, "--data", self.data, "--replace", says="is used by process")
        program.stop()
        self.assertFalse(list(self.data.glob("*.restoring")))
        both = self.folder / "both"
        said = self.succeed("backup", both, "--data", self.data)
        self.assertTrue((both / "scraper.db").exists(), "the scraper's memory too, once there is one")

    def test_what_cannot_be_backed_up_or_restored_is_said(self):
        self.refuse("backup", self.target, "--data", self.data, says="There is nothing to back up")
        self.assertFalse(self.data.exists(), "asking makes nothing")
        self.fill(10)
        self.succeed("backup", self.target, "--data", self.data)
        self.refuse("backup", self.target, "--data", self.data, says="exists already")
        other = self.folder / "other"
        self.refuse("restore", self.folder, "--data", other, says="is not a backup")
        self.refuse("restore", self.target, "--data", other, says="the settings name a PostgreSQL",
                    env={"FILMOTEKA_METADATA_DATABASE": "postgresql://127.0.0.1/none"})
        good = self.manifest()
        for change, says in [({"format": 2}, "has format 2"), ({"parts": 1}, "is not the manifest")]:
            (self.target / "manifest.json").write_text(json.dumps({**good, **change}))
            self.refuse("restore", self.target, "--data", other, says=says)
        newer = json.loads(json.dumps(good))
        newer["parts"][0]["schemas"]["metadata"] = 99
        # The sums are right, and the file says itself what it is.
        database = self.target / "metadata.db"
        with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as connection:
            connection.execute("INSERT INTO schema_migrations VALUES (99, '0099_later', 'x', 'now')")
            connection.execute("PRAGMA journal_mode=DELETE")
        newer["parts"][0]["bytes"] = database.stat().st_size
        newer["parts"][0]["sha256"] = hashlib.sha256(database.read_bytes()).hexdigest()
        (self.target / "manifest.json").write_text(json.dumps(newer))
        self.refuse("restore", self.target, "--data", other, says="was made by a newer Filmoteka")
        self.assertFalse((other / "metadata.db").exists())

    def test_a_backup_that_was_tampered_with_is_refused(self):
        self.fill(200)
        self.succeed("backup", self.target, "--data", self.data)
        with open(self.target / "metadata.db", "r+b") as file:
            file.seek(20_000)
            byte = file.read(1)
            file.seek(20_000)
            file.write(bytes([byte[0] ^ 1]))
        self.refuse("backup", "--verify", self.target, says="SHA-256 differs")
        self.refuse("restore", self.target, "--data", self.folder / "other", says="SHA-256 differs")
        (self.target / "metadata.db").unlink()
        self.refuse("restore", self.target, "--data", self.folder / "other", says="lacks the file metadata.db")
        self.assertFalse((self.folder / "other").exists())

    @contextlib.contextmanager
    def small_disk(self, size: str):
        disk = self.folder / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", disk], capture_output=True).returncode:
            self.skipTest("no file system can be mounted here")
        try:
            yield disk
        finally:
            subprocess.run(["umount", disk], check=True)

    def test_a_full_disk_leaves_nothing(self):
        self.fill(1_000)
        with self.small_disk("300k") as disk:
            self.refuse("backup", disk / "backup", "--data", self.data, says="full")
            self.assertEqual(list(disk.iterdir()), [])
            self.succeed("backup", self.target, "--data", self.data)
            self.refuse("restore", self.target, "--data", disk / "data", says="No space left")
            self.assertEqual([path.name for path in (disk / "data").iterdir()], ["lock"])

    def start_backup(self) -> subprocess.Popen:
        process = subprocess.Popen([str(harness.BIN / "filmoteka"), "backup", str(self.target), "--data", str(self.data)],
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   env={**os.environ, **self.env})
        self.addCleanup(lambda: process.poll() is None and (process.kill(), process.communicate()))
        return process

    def partial_files(self) -> list[str]:
        with contextlib.suppress(FileNotFoundError):
            return sorted(os.listdir(f"{self.target}.partial"))
        return []

    def end_in_the_middle(self, number: signal.Signals) -> int:
        left = pathlib.Path(f"{self.target}.partial/left")
        if left.parent.exists():
            left.touch()
        process = self.start_backup()
        while process.poll() is None and (left.exists() or not self.partial_files()):
            time.sleep(0.001)
        process.send_signal(number)
        process.communicate(timeout=60)
        return process.returncode

    def test_one_that_is_killed_or_interrupted_leaves_no_backup(self):
        self.fill(6_000)
        self.assertEqual(self.end_in_the_middle(signal.SIGKILL), -signal.SIGKILL)
        self.assertFalse(self.target.exists())
        self.assertTrue(self.partial_files())
        self.assertEqual(self.end_in_the_middle(signal.SIGTERM), 130)
        self.assertFalse(self.target.exists())
        self.assertEqual(self.partial_files(), [])
        self.assertEqual(self.end_in_the_middle(signal.SIGKILL), -signal.SIGKILL)
        self.succeed("backup", self.target, "--data", self.data)
        self.assertEqual(self.partial_files(), [])
        self.succeed("backup", "--verify", self.target)


class Postgresql(Backups):
    """One server; each test has a database of its own."""

    databases = 0

    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory(prefix="filmoteka-test-")
        cls.addClassCleanup(holder.cleanup)
        cls.server = postgres.Postgres(pathlib.Path(holder.name) / "postgres")
        cls.addClassCleanup(cls.server.stop)

    def setUp(self):
        super().setUp()
        self.url = self.make_database()
        self.env = self.settings(self.url)

    def make_database(self) -> str:
        Postgresql.databases += 1
        name = f"films{Postgresql.databases}"
        self.server.ask(f"CREATE DATABASE {name}")
        return self.server.url.replace("/postgres?", f"/{name}?")

    @staticmethod
    def settings(url: str) -> dict:
        return {"FILMOTEKA_METADATA_DATABASE": url, "FILMOTEKA_SCRAPER_DATABASE": url}

    def ask(self, sql: str) -> str:
        return subprocess.run(["psql", "--no-psqlrc", "-qAt", "-c", sql, self.url], capture_output=True, text=True,
                              check=True).stdout.strip()

    def test_a_backup_under_writes_has_what_was_acknowledged_before_it(self):
        self.fill()
        program = self.up("--no-starter", env=self.env).wait()
        acknowledged = self.back_up_under_writes(program.metadata)
        program.stop()
        part = self.manifest()["parts"][0]
        self.assertEqual((part["file"], sorted(part["schemas"])), ("database.dump", ["metadata", "scraper"]))
        self.succeed("backup", "--verify", self.target)
        restored = self.settings(self.make_database())
        self.succeed("restore", self.target, "--data", self.folder / "restored", env=restored)
        self.assertFalse((self.folder / "restored").exists(), "nothing of it goes there")
        self.expect_whole(self.export(self.folder / "1", env=restored), self.export(self.folder / "2"), acknowledged)

    def test_replicas_that_run_see_that_the_database_went_back(self):
        self.fill(500)
        before = self.export(self.data)
        self.succeed("backup", self.target, "--data", self.data)
        replica = harness.Service(self.folder, "filmoteka-metadata", "--data", self.folder / "m", env=self.env)
        self.addCleanup(lambda: replica.process.poll() is None and replica.kill())
        replica.wait()
        self.assertTrue(add(replica.url, [row(number, "late") for number in range(100)]))
        # What a newer release has added goes, too.
        self.ask("CREATE TABLE metadata.studios (name text); CREATE TABLE public.of_others (x integer)")
        self.refuse("restore", self.target, "--data", self.data, says="There are 600 films already")
        writer = Writer(replica.url)
        try:
            self.succeed("restore", self.target, "--data", self.data, "--replace")
        finally:
            writer.end()
        harness.wait_until(lambda: "filmoteka_metadata_store_went_back_total 1" in replica.metrics(), "the replica to notice")
        late = self.ask("SELECT count(*) FROM metadata.movies WHERE source = 'late'")
        # It serves what is in the database: what was restored, and what was written since.
        harness.wait_until(lambda: (harness.get_json(replica.url + "/internal/v1/movies?per_page=1")[1] or {}).get(
            "page", {}).get("total") == 500 + int(late), "the restored films")
        replica.stop()
        self.assertEqual(self.export(self.data)[:500], before[:500])
        self.assertEqual(self.ask("SELECT to_regclass('metadata.studios')"), "")
        self.assertEqual(self.ask("SELECT to_regclass('public.of_others')"), "of_others", "not ours")

    def test_what_cannot_be_read_is_not_restored_by_half(self):
        self.fill(500)
        before = self.export(self.data)
        self.succeed("backup", self.target, "--data", self.data)
        dump = self.target / "database.dump"
        # Its end is missing, and the manifest says that this is right.
        os.truncate(dump, dump.stat().st_size - 2_000)
        manifest = self.manifest()
        manifest["parts"][0]["bytes"] = dump.stat().st_size
        manifest["parts"][0]["sha256"] = hashlib.sha256(dump.read_bytes()).hexdigest()
        (self.target / "manifest.json").write_text(json.dumps(manifest))
        self.refuse("restore", self.target, "--data", self.data, "--replace", says="failed")
        self.assertEqual(self.export(self.data), before)

    def test_one_that_is_killed_leaves_no_backup_and_no_pg_dump(self):
        self.fill(5_000)
        process = subprocess.Popen([str(harness.BIN / "filmoteka"), "backup", str(self.target), "--data", str(self.data)],
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env={**os.environ, **self.env})
        dumping = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pg_dump'"
        harness.wait_until(lambda: self.server.ask(dumping) == "1" or process.poll() is not None, "pg_dump")
        process.kill()
        self.assertEqual(process.wait(), -signal.SIGKILL)
        self.assertFalse(self.target.exists())
        harness.wait_until(lambda: self.server.ask(dumping) == "0", "pg_dump to end")

    def test_a_password_is_on_no_command_line(self):
        self.fill(2_000)
        env = self.settings(self.url.replace("user=filmoteka", "user=filmoteka&password=geheim"))
        process = subprocess.Popen([str(harness.BIN / "filmoteka"), "backup", str(self.target), "--data", str(self.data)],
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env={**os.environ, **env})
        seen = set()
        while process.poll() is None:
            for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
                with contextlib.suppress(OSError):
                    text = path.read_bytes()
                    if str(self.target).encode() in text or b"geheim" in text:
                        seen.add(text)
        self.assertEqual(process.returncode, 0)
        self.assertTrue(any(b"pg_dump" in text for text in seen), "pg_dump was looked at")
        self.assertFalse(any(b"geheim" in text for text in seen))
        self.refuse("backup", self.folder / "none", "--data", self.data, says="error: ",
                    env=self.settings("postgresql://filmoteka:geheim@127.0.0.1:1/films"))

    def test_a_pg_restore_that_ends_between_two_statements_changes_nothing(self):
        self.fill(50)
        before = self.export(self.data)
        self.succeed("backup", self.target, "--data", self.data)
        program, original, faulty = postgres.programs() / "pg_restore", self.folder / "original", self.folder / "faulty"
        shutil.copy(program, original)
        faulty.write_text(f"#!/bin/sh\ncase \"$*\" in *--list*) exec {original} \"$@\";; esac\n"
                          f"{original} \"$@\" | sed '/^COPY metadata.movies/,$d'\necho 'error: it was killed' >&2\nexit 1\n")
        faulty.chmod(0o755)
        under = ["unshare", "--mount", "sh", "-c", f"mount --bind {faulty} {program} && exec \"$0\" \"$@\""]
        if subprocess.run([*under, "/usr/bin/true"], capture_output=True).returncode:
            self.skipTest("no mount namespace can be made here")
        done = subprocess.run([*under, harness.BIN / "filmoteka", "restore", self.target, "--data", self.data, "--replace"],
                              capture_output=True, text=True, timeout=60, env={**os.environ, **self.env})
        self.assertEqual(done.returncode, 1)
        self.assertIn("it was killed", done.stderr)
        self.assertEqual(self.export(self.data), before)

    def test_without_pg_dump_the_package_is_named(self):
        self.fill(10)
        # In a view of the file system that has no PostgreSQL programs.
        hidden = "mount -t tmpfs none /usr/lib/postgresql && PATH=/nowhere exec \"$0\" \"$@\""
        under = ["unshare", "--mount", "sh", "-c", hidden]
        if subprocess.run([*under, "/usr/bin/true"], capture_output=True).returncode:
            self.skipTest("no mount namespace can be made here")
        done = subprocess.run([*under, harness.BIN / "filmoteka", "backup", self.target, "--data", self.data],
                              capture_output=True, text=True, timeout=60, env={**os.environ, **self.env})
        self.assertEqual(done.returncode, 1)
        self.assertIn("install the package postgresql-client", done.stderr)
        self.assertEqual([path.name for path in self.folder.glob("backup*")], [])


class PointInTime(Backups):
    """The commands of docs/backup.md, on a server that is thrown away."""

    def test_the_films_of_a_moment_come_back(self):
        first = postgres.Postgres(self.folder / "postgres")
        self.addCleanup(first.stop)
        base, archive = first.folder / "base", first.folder / "archive"
        as_server = {"cwd": "/", "check": True, **first.user}
        subprocess.run(["mkdir", archive], **as_server)
        for setting in ("archive_mode = on", f"archive_command = 'test ! -f {archive}/%f && cp %p {archive}/%f'"):
            first.ask(f"ALTER SYSTEM SET {setting.replace(' = ', ' TO ', 1)}")
        first.process.send_signal(signal.SIGINT)
        first.process.wait(30)
        first.start()
        env = Postgresql.settings(first.url)
        self.fill(300, env=env)
        subprocess.run([postgres.programs() / "pg_basebackup", "-h", first.folder, "-U", "filmoteka", "-D", base,
                        "--checkpoint=fast", "--wal-method=stream"], **as_server)
        replica = harness.Service(self.folder, "filmoteka-metadata", "--data", self.folder / "m", env=env)
        self.addCleanup(lambda: replica.process.poll() is None and replica.kill())
        replica.wait()
        self.assertTrue(add(replica.url, [row(number, "good") for number in range(50)]))
        wanted = self.export(self.folder / "1", env=env)
        moment = first.ask("SELECT now()")
        time.sleep(1.1)
        # What nobody wanted: found too late.
        self.assertTrue(add(replica.url, [row(number, "bad") for number in range(50)]))
        first.ask("DELETE FROM metadata.movies WHERE source = 'test'")
        first.ask("SELECT pg_switch_wal()")
        replica.stop()
        # A clean stop archives the rest.
        first.process.send_signal(signal.SIGINT)
        first.process.wait(30)

        settings = (f"restore_command = 'cp {archive}/%f %p'\nrecovery_target_time = '{moment}'\n"
                    "recovery_target_action = promote\narchive_mode = off\n")
        subprocess.run(["sh", "-c", f"cat >> {base}/postgresql.auto.conf && touch {base}/recovery.signal"],
                       input=settings.encode(), **as_server)
        subprocess.run(["sh", "-c", f"mv {first.folder}/data {first.folder}/damaged && mv {base} {first.folder}/data"],
                       **as_server)
        first.start()
        harness.wait_until(lambda: first.ask("SELECT pg_is_in_recovery()") == "f", "the end of the recovery")
        self.assertEqual(self.export(self.folder / "2", env=env), wanted)


if __name__ == "__main__":
    harness.main()
