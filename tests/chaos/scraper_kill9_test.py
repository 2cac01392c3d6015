#!/usr/bin/python3
"""kill -9 of the scraper at random moments and at the system calls of each step of its work: in the end metadata has what
an uninterrupted run would have brought, each film once.

  scraper_kill9_test.py [--kills N] [TEST...]     kills at random moments; 3 unless told
"""

import json
import os
import pathlib
import random
import signal
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import harness  # noqa: E402
from replica import lasting_port  # noqa: E402
from simulated_rutube import FakeRutube, definition  # noqa: E402

FILMS = 1_500
# What differs from one catalogue to another that has the same films.
OF_THE_CATALOGUE = {"id", "revision", "updated_at", "local_views"}
kills = 3


class ScraperKilled(harness.TestCase):
    def setUp(self):
        super().setUp()
        self.random = random.Random(20261127)
        self.rutube = FakeRutube(self.folder, "--films", str(FILMS))
        self.addCleanup(self.rutube.kill)
        self.sources = self.folder / "sources"
        self.sources.mkdir()
        (self.sources / "rutube-test.yaml").write_text(definition(self.rutube.url))
        self.ports = lasting_port(), lasting_port()

    def metadata(self, name: str) -> harness.Service:
        service = harness.Service(self.folder, "filmoteka-metadata", "--data", self.folder / name)
        self.addCleanup(lambda: service.process.poll() is None and service.kill())
        return service.wait()

    def scraper(self, metadata: harness.Service, name: str, under=()) -> harness.Program:
        """On the same folder and ports each time."""
        port, operations = self.ports
        program = harness.Program(
            self.folder, "filmoteka-scraper", "--data", self.folder / name, "--metadata", metadata.url, "--sources",
            self.sources, "--listen", f"127.0.0.1:{port}", "--ops-listen", f"127.0.0.1:{operations}", under=under,
            # Under strace the leak check cannot work.
            env={"FILMOTEKA_SCRAPER_FETCH_DELAY": "0ms", "FILMOTEKA_SCRAPER_FETCH_SOURCE_DELAYS": "false",
                 "ASAN_OPTIONS": "detect_leaks=0"})
        self.addCleanup(lambda: program.process.poll() is None and self.kill_with_child(program))
        return program

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.ports[0]}/internal/v1"

    def wait_or_dead(self, program: harness.Program) -> bool:
        """False: it was killed before it was ready."""
        def ready_or_dead():
            return program.process.poll() is not None or harness.get(f"{self.url}/sources")[0] == 200
        harness.wait_until(ready_or_dead, "the scraper")
        return program.process.poll() is None

    def begin_run(self):
        return harness.get(f"{self.url}/sources/rutube-test/run", method="POST")[0]

    def finish(self, metadata: harness.Service, name: str):
        """Runs the source to its end, with everything delivered."""
        program = self.scraper(metadata, name)
        self.assertTrue(self.wait_or_dead(program))
        self.assertEqual(self.begin_run(), 202)

        def done():
            run = harness.get_json(f"{self.url}/runs?limit=1")[1]["items"][0]
            return run if run["state"] == "done" else None

        run = harness.wait_until(done, "the run", 120)
        self.assertEqual(run["end_reason"], "complete", run["message"])
        metrics = harness.get(f"http://127.0.0.1:{self.ports[1]}/metrics")[2].decode()
        self.assertIn("filmoteka_scraper_outbox_rows 0\n", metrics)
        ends = [run["end_reason"] for run in harness.get_json(f"{self.url}/runs?limit=200")[1]["items"]]
        self.assertEqual(program.stop(), 0)
        return ends

    def films(self, metadata: harness.Service) -> dict:
        """All that metadata has, by (source, id)."""
        found = {}
        status, _, body = harness.get(f"{metadata.url}/internal/v1/export")
        self.assertEqual(status, 200)
        for line in body.decode().splitlines():
            film = json.loads(line)
            if "source_id" not in film:
                continue
            key = film["source"], film["source_id"]
            self.assertNotIn(key, found, "a film is there twice")
            found[key] = {field: value for field, value in film.items() if field not in OF_THE_CATALOGUE}
        return found

    def compare(self, metadata: harness.Service):
        whole = self.metadata("undisturbed")
        self.finish(whole, "scraper-undisturbed")
        expected, found = self.films(whole), self.films(metadata)
        self.assertGreater(len(expected), FILMS)
        self.assertEqual(set(expected) - set(found), set(), "films are lost")
        self.assertEqual(found, expected)

    def kill_with_child(self, strace: harness.Program):
        """What strace has started would live on without it."""
        process = strace.process.pid
        for child in pathlib.Path(f"/proc/{process}/task/{process}/children").read_text().split():
            os.kill(int(child), signal.SIGKILL)
        strace.process.kill()
        strace.process.wait()
        strace.log.close()

    def test_at_random_moments(self):
        metadata = self.metadata("metadata")
        begun = killed = 0
        while killed < kills:
            program = self.scraper(metadata, "scraper")
            if self.random.random() < 0.8:  # the others die while they start
                self.wait_or_dead(program)
                begun += self.begin_run() == 202
            time.sleep(self.random.uniform(0, 0.6))
            program.kill()
            killed += 1
        ends = self.finish(metadata, "scraper")
        self.compare(metadata)
        print(f"{killed} kills, {begun} runs begun, {ends.count('interrupted')} interrupted", flush=True)

    def test_at_each_step(self):
        """A commit (fdatasync), a piece of the log that is written, a batch that is sent, an answer that is read, a request
        to the source: each of them is the last thing that some process does."""
        metadata = self.metadata("metadata")
        died = []
        for call in ("fdatasync", "pwrite64", "sendmsg", "sendto", "recvmsg,recvfrom", "connect", "ftruncate", "unlink"):
            # Early and late in the run.
            for number in (self.random.randrange(2, 12), self.random.randrange(15, 60)):
                under = ("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                         f"inject={call}:signal=KILL:when={number}")
                program = self.scraper(metadata, "scraper", under)
                if self.wait_or_dead(program):
                    self.begin_run()

                def dead_or_done():
                    if program.process.poll() is not None:
                        return "dead"
                    status, runs = harness.get_json(f"{self.url}/runs?limit=1")
                    return status == 200 and runs["items"] and runs["items"][0]["state"] == "done"

                if harness.wait_until(dead_or_done, f"{call} number {number}", 60) == "dead":
                    died.append(call)
                    program.kill()
                else:
                    self.kill_with_child(program)
        self.finish(metadata, "scraper")
        self.compare(metadata)
        self.assertTrue({"fdatasync", "pwrite64", "sendmsg"} <= set(died), died)
        print(f"died at {', '.join(died)}", flush=True)


if __name__ == "__main__":
    if "--kills" in sys.argv:
        place = sys.argv.index("--kills")
        kills = int(sys.argv[place + 1])
        del sys.argv[place:place + 2]
    harness.main()
