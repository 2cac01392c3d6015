#!/usr/bin/python3
"""filmoteka doctor: finds nothing wrong where nothing is, and each fault that is made for real, by its name."""

import json
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import time

import harness
import postgres
import redis_server

TOKEN = "a-token-of-the-services"
OTHER_TOKEN = "another-token-of-the-services"
LEVELS = {"ok", "note", "wrong"}


class Doctor(harness.TestCase):
    def setUp(self):
        super().setUp()
        web = self.folder / "web"
        web.mkdir()
        (web / "index.html").write_text("<!doctype html>")
        self.env = {"FILMOTEKA_GATEWAY_WEB_ROOT": str(web), "FILMOTEKA_GATEWAY_MAX_CONNECTIONS": "500",
                    "FILMOTEKA_COMMON_INTERNAL_TOKEN": TOKEN}
        self.port = None

    def ask(self, *arguments, env=None, under=(), preexec=None):
        port = ["--port", str(self.port)] if self.port else []
        begin = time.monotonic()
        done = subprocess.run([*under, str(harness.BIN / "filmoteka"), "doctor", "--data", str(self.data), *port, *arguments],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, preexec_fn=preexec,
                              env={**os.environ, **self.env, **(env or {})})
        self.assertLess(time.monotonic() - begin, 30, "it never hangs")
        self.assertEqual(done.stderr, "")
        return done

    def expect_well(self, **how) -> str:
        done = self.ask(**how)
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def expect_wrong(self, what: str, *says: str, **how):
        """That there is a line "wrong WHAT: …" with these words, and the exit code 1."""
        done = self.ask(**how)
        self.assertEqual(done.returncode, 1, done.stdout)
        lines = [line for line in done.stdout.splitlines() if line.startswith(f"wrong {what}")]
        self.assertTrue(any(all(word in line for word in says) for line in lines), f"{says} in:\n{done.stdout}")
        return done.stdout

    def serve(self, env=None):
        program = self.up("--no-starter", env={**self.env, **(env or {})}).wait()
        self.port = program.port
        return program

    def free_ports(self):
        self.port = harness.free_port_block()

    def test_nothing_is_wrong_with_a_folder_that_is_served(self):
        program = self.serve()
        said = self.expect_well()
        for line in ("ok    settings: all are right", "ok    data folder: served by filmoteka", "ok    database of metadata: ",
                     "ok    database of scraper: ", "ok    disk: ", "ok    gateway: is ready", "ok    metadata: is ready",
                     "accepts our internal_token", "ok    port of gateway: ", "ok    open files: ", "ok    memory: ",
                     "ok    sources: ", "ok    web app: "):
            self.assertIn(line, said)
        self.assertTrue(all(line.split()[0] in LEVELS for line in said.splitlines()), said)
        answer = json.loads(self.expect_well_json())
        self.assertTrue(answer["ok"])
        self.assertTrue(all(set(finding) == {"level", "what", "text"} for finding in answer["findings"]))
        # Looked at from where another token, another port, or nobody else's rights are.
        self.expect_wrong("metadata", "does not accept our internal_token",
                          env={"FILMOTEKA_COMMON_INTERNAL_TOKEN": OTHER_TOKEN})
        self.assertEqual(program.stop(), 0)

    def expect_well_json(self) -> str:
        done = self.ask("--json")
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def test_nothing_is_wrong_before_the_first_start_and_nothing_is_made(self):
        self.free_ports()
        said = self.expect_well()
        self.assertIn("note  data folder: ", said)
        self.assertFalse(self.data.exists())
        self.assertEqual(harness.filmoteka("migrate", "--data", self.data).returncode, 0)
        before = sorted((path.name, path.stat().st_mtime_ns) for path in self.data.iterdir())
        self.assertIn("served by nobody now", self.expect_well())
        self.assertEqual(sorted((path.name, path.stat().st_mtime_ns) for path in self.data.iterdir()), before)

    def test_settings_that_are_wrong_are_all_said(self):
        said = self.expect_wrong("settings", "gateway.listen", env={"FILMOTEKA_GATEWAY_LISTEN": "nowhere",
                                                                   "FILMOTEKA_METADATA_COMPUTE_THREADS": "many"})
        self.assertIn("wrong settings: metadata.compute_threads", said)
        config = self.folder / "settings.yaml"
        config.write_text("gateway:\n  listne: 127.0.0.1:1\n")
        done = self.ask("--config", str(config))
        self.assertEqual(done.returncode, 1)
        self.assertIn("listne", done.stdout)

    def test_databases_that_are_not_as_they_must_be(self):
        self.free_ports()
        harness.filmoteka("migrate", "--data", self.data)
        database = self.data / "metadata.db"
        with sqlite3.connect(database) as connection:
            last = connection.execute("SELECT max(version) FROM schema_migrations").fetchone()[0]
            name = connection.execute("SELECT name FROM schema_migrations WHERE version = ?", (last,)).fetchone()[0]
            connection.execute("DELETE FROM schema_migrations WHERE version = ?", (last,))
        connection.close()
        self.expect_wrong("database of metadata", "1 migration is pending", name)
        with sqlite3.connect(database) as connection:
            connection.execute("INSERT INTO schema_migrations VALUES (99, '0099_later', 'x', 'now')")
        connection.close()
        self.expect_wrong("database of metadata", "written by a newer Filmoteka")
        with open(database, "r+b") as file:
            file.seek(4096)
            file.write(os.urandom(4096 * 5))
        self.expect_wrong("database of metadata", "damaged", "restore")
        database.write_bytes(b"no database at all" * 1000)
        self.expect_wrong("database of metadata", "damaged", "restore")

    def test_a_folder_that_cannot_be_written(self):
        self.free_ports()
        harness.filmoteka("migrate", "--data", self.data)
        if os.geteuid() != 0:
            self.data.chmod(0o500)
            self.addCleanup(self.data.chmod, 0o700)
            self.expect_wrong("data folder", str(self.data), "cannot be written")
            return
        # As somebody else, who may look.
        self.folder.chmod(0o755)
        for path in (self.data, *self.data.iterdir()):
            path.chmod(0o755)
        under = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
        if subprocess.run([*under, harness.BIN / "filmoteka", "--version"], capture_output=True).returncode != 0:
            self.skipTest("the program cannot be run as another user")
        self.expect_wrong("data folder", str(self.data), "cannot be written", "belongs to user 0, this is user 65534", under=under)

    def test_a_disk_that_is_full(self):
        self.free_ports()
        self.data.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", self.data], capture_output=True).returncode:
            self.skipTest("no file system can be mounted here")
        self.addCleanup(subprocess.run, ["umount", self.data], check=True)
        self.expect_wrong("disk", "are free", "make room")

    def test_a_port_that_a_stranger_has(self):
        self.free_ports()
        with socket.socket() as stranger:
            stranger.bind(("127.0.0.1", self.port))
            stranger.listen()
            self.expect_wrong("port of gateway", f"127.0.0.1:{self.port} is taken by", f"(process {os.getpid()})")
        self.expect_well()

    def test_few_open_files(self):
        self.free_ports()
        self.expect_wrong("open files", "may have 300 open files", "LimitNOFILE",
                          preexec=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (300, 300)))
        program = self.serve()
        resource.prlimit(program.process.pid, resource.RLIMIT_NOFILE, (300, 300))
        self.expect_wrong("open files", f"filmoteka (process {program.process.pid}) may have 300 open files")
        program.stop()

    def test_sources_web_app_and_certificate(self):
        self.free_ports()
        sources = self.folder / "sources"
        sources.mkdir()
        (sources / "bad.yaml").write_text("name: bad\nkind: nonsense\n")
        self.expect_wrong("sources", "bad.yaml", env={"FILMOTEKA_SCRAPER_SOURCES": str(sources)})
        self.expect_wrong("web app", "has no index.html", env={"FILMOTEKA_GATEWAY_WEB_ROOT": str(sources)})
        for name, days in (("a", 90), ("b", 3)):
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                            str(days), "-subj", "/CN=films.example", "-keyout", self.folder / f"{name}.key", "-out",
                            self.folder / f"{name}.pem"], check=True, capture_output=True)

        def pair(certificate, key):
            return {"FILMOTEKA_GATEWAY_TLS_CERTIFICATE": str(self.folder / f"{certificate}.pem"),
                    "FILMOTEKA_GATEWAY_TLS_KEY": str(self.folder / f"{key}.key")}

        self.assertRegex(self.expect_well(env=pair("a", "a")), r"ok    certificate: .*a.pem: (89|90) days left")
        self.assertRegex(self.expect_well(env=pair("b", "b")), r"note  certificate: .*b.pem: (2|3) days left")
        self.expect_wrong("certificate", "does not belong to the key", env=pair("a", "b"))
        self.expect_wrong("certificate", "none.pem cannot be read", env=pair("none", "a"))

    def test_metadata_services_elsewhere(self):
        self.free_ports()
        metadata = harness.Service(self.folder, "filmoteka-metadata", "--data", self.folder / "m", env=self.env)
        self.addCleanup(lambda: metadata.process.poll() is None and metadata.kill())
        metadata.wait()
        gone = f"http://127.0.0.1:{harness.free_port()}"
        config = self.folder / "settings.yaml"
        config.write_text(f"gateway:\n  metadata: [{metadata.url}]\n")
        done = self.ask("--config", str(config))
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn(f"ok    metadata: {metadata.url} answers us, and accepts our internal_token", done.stdout)
        config.write_text(f"gateway:\n  metadata: [{metadata.url}, '{gone}']\n")
        done = self.ask("--config", str(config))
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(f"wrong metadata: {gone} does not answer", done.stdout)
        metadata.stop()

    def test_servers_that_are_away_or_set_up_badly(self):
        self.free_ports()
        server = postgres.Postgres(self.folder / "postgres")
        self.addCleanup(server.stop)
        redis = redis_server.Redis(self.folder / "redis")
        self.addCleanup(redis.stop)
        redis.ask("CONFIG", "SET", "maxmemory", "64mb")
        redis.ask("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")
        servers = {"FILMOTEKA_COMMON_DATABASE": server.url, "FILMOTEKA_COMMON_REDIS": redis.url}
        self.expect_wrong("database of metadata", "migrations are pending", env=servers)
        harness.filmoteka("migrate", "--data", self.data, env=servers)
        said = self.expect_well(env=servers)
        self.assertIn("takes writes", said)
        self.assertIn("maxmemory 67.1 MB, allkeys-lru", said)
        redis.ask("CONFIG", "SET", "maxmemory-policy", "noeviction")
        self.expect_wrong("Redis", "noeviction", env=servers)
        server.ask("ALTER SYSTEM SET synchronous_commit = off")
        server.ask("ALTER SYSTEM SET fsync = off")
        server.ask("SELECT pg_reload_conf()")
        harness.wait_until(lambda: server.ask("SHOW fsync") == "off", "the server's settings")
        self.expect_wrong("PostgreSQL", "fsync is off", env=servers)
        server.ask("INSERT INTO metadata.schema_migrations VALUES (99, '0099_later', 'x', 'now')")
        self.expect_wrong("database of metadata", "written by a newer Filmoteka", env=servers)
        server.ask("DELETE FROM metadata.schema_migrations WHERE version = 99")
        server.process.send_signal(signal.SIGINT)
        server.process.wait(30)
        subprocess.run(["touch", server.folder / "data/standby.signal"], check=True, **server.user)
        server.start()
        self.expect_wrong("PostgreSQL", "a standby", "promote it", env=servers)
        redis.pause()
        self.expect_wrong("Redis", "Is it running", env=servers)
        redis.stop()
        self.expect_wrong("Redis", "Is it running", env=servers)
        server.stand_still()
        try:
            self.expect_wrong("PostgreSQL", "Is it running", env=servers)
        finally:
            server.go_on()
        server.stop()
        self.expect_wrong("PostgreSQL", "Is it running", env=servers)


if __name__ == "__main__":
    harness.main()
