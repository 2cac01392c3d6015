#!/usr/bin/python3
"""A film's whole way through separate processes: simulated Rutube -> scraper -> metadata -> gateway, with deaths in between."""

import contextlib
import json
import os
import pathlib
import signal
import sqlite3
import time
import unittest

import harness
from simulated_rutube import FakeRutube, definition, videos


class RutubeToPage(harness.TestCase):
    def start(self, name: str, *arguments: str, port: int, ready: str, env=None) -> harness.Program:
        program = harness.Program(self.folder, name, "--data", self.folder / name, "--listen", f"127.0.0.1:{port}",
                                  "--ops-listen", f"127.0.0.1:{self.ports + ready_offset(name)}", *arguments, env=env)
        self.addCleanup(lambda: program.process.poll() is None and program.kill())
        program.wait_ready(ready)
        return program

    def setUp(self):
        super().setUp()
        self.ports = harness.free_port_block()
        self.gateway_url = f"http://127.0.0.1:{self.ports}"
        self.metadata_url = f"http://127.0.0.1:{self.ports + 1}"
        self.scraper_url = f"http://127.0.0.1:{self.ports + 2}/internal/v1"

    def metadata(self):
        return self.start("filmoteka-metadata", port=self.ports + 1, ready=f"http://127.0.0.1:{self.ports + 1001}/readyz")

    def gateway(self):
        return self.start("filmoteka-gateway", "--metadata", self.metadata_url, port=self.ports,
                          ready=f"http://127.0.0.1:{self.ports + 1000}/readyz")

    def scraper(self, **env: str):
        return self.start("filmoteka-scraper", "--metadata", self.metadata_url, "--sources", self.folder / "sources",
                          port=self.ports + 2, ready=f"http://127.0.0.1:{self.ports + 1002}/readyz",
                          env={"FILMOTEKA_SCRAPER_FETCH_BACKOFF": "10ms", "FILMOTEKA_SCRAPER_FETCH_DELAY": "0ms",
                               "FILMOTEKA_SCRAPER_FETCH_SOURCE_DELAYS": "false", **env})

    def rutube(self, *arguments: str, **changes: str) -> FakeRutube:
        program = FakeRutube(self.folder, *arguments)
        self.addCleanup(lambda: program.process.poll() is None and program.kill())
        sources = self.folder / "sources"
        sources.mkdir(exist_ok=True)
        (sources / "rutube-test.yaml").write_text(definition(program.url, **changes))
        return program

    def run_source(self) -> str:
        status, _, body = harness.get(f"{self.scraper_url}/sources/rutube-test/run", method="POST")
        self.assertEqual(status, 202, body)
        return harness.get_json(f"{self.scraper_url}/runs")[1]["items"][0]["id"]

    def finished(self, run: int, state: str = "done") -> dict:
        def done():
            status, found = harness.get_json(f"{self.scraper_url}/runs/{run}")
            return found if status == 200 and found["state"] == state else None

        return harness.wait_until(done, f"run {run} to be {state}", 90)

    def total(self) -> int:
        status, page = harness.get_json(f"{self.metadata_url}/internal/v1/movies?per_page=1")
        return page["page"]["total"] if status == 200 else -1

    def test_films_reach_the_page(self):
        self.rutube("--films", "300")
        self.metadata()
        self.gateway()
        self.scraper()
        run = self.finished(self.run_source())
        self.assertEqual((run["end_reason"], run["new"], run["pending"]), ("complete", videos(300), 0))
        self.assertGreater(run["rejected"], 30)
        page = harness.wait_until(lambda: self.page_with("Солярис"), "the film at the gateway")
        film = page["items"][0]
        self.assertEqual((film["title"], film["year"], film["source"]), ("Солярис", 1972, "rutube-test"))
        self.assertTrue(film["image_url"].startswith("https://pic.rtbcdn.ru/"))
        self.assertGreater(film["duration_seconds"], 4_000)
        again = self.finished(self.run_source())
        self.assertEqual((again["new"], again["changed"], again["known"]), (0, 0, videos(300)))

    def page_with(self, title: str):
        status, page = harness.get_json(f"{self.gateway_url}/api/v1/movies?q=%D0%A1%D0%BE%D0%BB%D1%8F%D1%80%D0%B8%D1%81")
        return page if status == 200 and page["items"] and page["items"][0]["title"] == title else None

    def test_nothing_is_lost_while_metadata_is_away(self):
        self.rutube("--films", "300")
        self.scraper()
        run = self.finished(self.run_source(), "delivering")
        self.assertEqual((run["end_reason"], run["pending"]), ("complete", videos(300)))
        waiting = self.waiting()
        self.metadata()
        self.assertEqual(self.finished(run["id"])["new"], videos(300))
        self.assertEqual(self.total(), 300)
        _, _, body = harness.get(f"{self.metadata_url}/internal/v1/export")
        films = [json.loads(line) for line in body.decode().splitlines()]
        arrived = [film["source_id"] for film in sorted(films, key=lambda film: film.get("revision", 0)) if "source_id" in film]
        self.assertEqual(arrived, waiting, "each once, in the order in which the source had them")

    def waiting(self) -> list[str]:
        """What is in the outbox, the oldest first."""
        file = f"file:{self.folder / 'filmoteka-scraper' / 'scraper.db'}?mode=ro"
        with contextlib.closing(sqlite3.connect(file, uri=True)) as database:
            return [json.loads(film)["source_id"] for film, in database.execute("SELECT film FROM outbox ORDER BY id")]

    def test_nothing_is_lost_when_the_scraper_is_killed(self):
        self.rutube("--films", "3000")
        self.metadata()
        for round_number in range(4):
            scraper = self.scraper()
            self.run_source()
            time.sleep(0.05 + 0.15 * round_number)
            scraper.kill()
        self.scraper()
        run = self.finished(self.run_source())
        self.assertEqual(run["end_reason"], "complete")
        harness.wait_until(lambda: self.total() == 3000, "all films to arrive")
        ends = {old["end_reason"] for old in harness.get_json(f"{self.scraper_url}/runs?limit=50")[1]["items"]}
        self.assertLessEqual(ends, {"complete", "interrupted"})

    def test_a_blocked_source_is_shown_and_left_alone(self):
        self.rutube("--fault", "qrator")
        self.metadata()
        scraper = self.scraper()
        run = self.finished(self.run_source())
        self.assertEqual((run["end_reason"], run["films"]), ("blocked", 0))
        source = harness.get_json(f"{self.scraper_url}/sources/rutube-test")[1]
        self.assertEqual(source["state"], "blocked")
        self.assertIn("people", source["message"])
        self.assertEqual(scraper.stop(signal.SIGTERM, 5), 0)

    def test_stops_cleanly_in_the_middle_of_a_run(self):
        self.rutube("--films", "300", "--fault", "slow", "--after", "1")
        self.metadata()
        scraper = self.scraper()
        run = self.run_source()
        harness.wait_until(lambda: harness.get_json(f"{self.scraper_url}/runs/{run}")[1]["films"] > 50, "the first page")
        start = time.monotonic()
        self.assertEqual(scraper.stop(signal.SIGTERM, 5), 0)
        self.assertLess(time.monotonic() - start, 3)
        self.scraper()
        self.assertEqual(harness.get_json(f"{self.scraper_url}/runs/{run}")[1]["end_reason"], "cancelled")

    @unittest.skipUnless(os.environ.get("FILMOTEKA_SHARED_DATA"), "FILMOTEKA_SHARED_DATA is not set")
    def test_captured_answers_come_in(self):
        folder = pathlib.Path(os.environ["FILMOTEKA_SHARED_DATA"]) / "rutube"
        self.rutube("--captured", str(folder), **{"not: [4, 7]": "not: [1, 2, 4, 5, 6, 7, 8, 10, 15, 16, 19, 41, 43]",
                                                  "below: 40m": "below: 1s"})
        self.metadata()
        self.scraper()
        run = self.finished(self.run_source())
        self.assertEqual(run["end_reason"], "complete", run["message"])
        self.assertGreater(run["new"], 0, run)
        self.assertGreater(run["rejected"], 0, "series, episodes and clips are no films")
        films = harness.get_json(f"{self.metadata_url}/internal/v1/movies?per_page=100&sort=title")[1]["items"]
        self.assertEqual(len(films), run["new"])
        for film in films:
            self.assertNotRegex(film["title"].lower(), r"трейлер|\d+ серия|выпуск")
            self.assertTrue(film["image_url"].startswith("https://pic."), film)
            self.assertGreater(film["duration_seconds"], 0)


def ready_offset(name: str) -> int:
    return {"filmoteka-gateway": 1000, "filmoteka-metadata": 1001, "filmoteka-scraper": 1002}[name]


if __name__ == "__main__":
    harness.main()
