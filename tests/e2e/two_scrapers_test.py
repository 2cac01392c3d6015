#!/usr/bin/python3
"""Two scrapers and a metadata on one real PostgreSQL: they share the sources, one goes on where the other was killed, a
frozen one writes no more, and a host has one guest."""

import http.server
import json
import signal
import threading
import time

import harness
import postgres

PAGES = 6
ON_A_PAGE = 20
LEASE = 3


class Site:
    """Films as JSON, page by page, for any number of sources (/NAME?page=N). Keeps the times of its requests; the page
    that `gate` names is answered once gate_opens is set."""

    def __init__(self):
        self.gate: tuple[str, int] | None = None
        self.gate_opens = threading.Event()
        self.at_gate = threading.Event()
        self.requests: list[tuple[str, float, float]] = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                begin = time.monotonic()
                body, status = site.answer(self.path)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                site.requests.append((self.path, begin, time.monotonic()))
                try:
                    self.wfile.write(body)
                except OSError:
                    pass  # who asked is gone

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path: str) -> tuple[bytes, int]:
        name, _, query = path[1:].partition("?page=")
        if not query:
            return b"", 404
        page = int(query)
        if self.gate == (name, page) and not self.gate_opens.is_set():
            self.at_gate.set()
            self.gate_opens.wait(60)
        films = [{"id": f"{name}-{number}", "name": f"Film {number} of {name}", "year": 1950 + number % 60}
                 for number in range(page * ON_A_PAGE, (page + 1) * ON_A_PAGE)] if page < PAGES else []
        return json.dumps({"films": films}).encode(), 200

    def stop(self):
        self.gate_opens.set()
        self.server.shutdown()
        self.server.server_close()


def definition(name: str, url: str, schedule: bool) -> str:
    return f"""name: {name}
title: Films of {name}
kind: json
base_url: {url}
network: {{allow_private: true}}
{"schedule: {every: 1h}" if schedule else ""}
request: "/{name}?page={{page}}"
paging: {{page: {{first: 0, step: 1}}}}
items: films
fields:
  title: name
  source_id: id
  source_url: {{template: "{url}/film/{{id}}"}}
  year: year
"""


class TwoScrapers(harness.TestCase):
    def setUp(self):
        super().setUp()
        self.site = Site()
        self.addCleanup(self.site.stop)
        self.database = postgres.Postgres(self.folder / "postgres")
        self.addCleanup(self.database.stop)
        self.sources = self.folder / "sources"
        self.sources.mkdir()
        self.metadata = self.service("filmoteka-metadata", "--data", self.folder / "metadata", "--database",
                                     self.database.url)

    def define(self, *names: str, schedule=True):
        for name in names:
            (self.sources / f"{name}.yaml").write_text(definition(name, self.site.url, schedule))

    def scraper(self, number: int, delay="0ms") -> harness.Service:
        program = harness.Service(
            self.folder, "filmoteka-scraper", "--data", self.folder / f"scraper{number}", "--database",
            self.database.url, "--metadata", self.metadata.url, "--sources", self.sources,
            env={"FILMOTEKA_SCRAPER_FETCH_DELAY": delay, "FILMOTEKA_SCRAPER_LEASE": f"{LEASE}s",
                 "FILMOTEKA_SCRAPER_FIRST_RUN_DELAY": "100ms", "FILMOTEKA_SCRAPER_FETCH_SOURCE_DELAYS": "false"})
        self.addCleanup(lambda: program.process.poll() is None and program.kill())
        return program.wait()

    @staticmethod
    def api(scraper: harness.Service, path: str):
        status, answer = harness.get_json(f"{scraper.url}/internal/v1{path}")
        return answer if status == 200 else None

    def runs(self, scraper: harness.Service) -> list[dict]:
        return (self.api(scraper, f"/runs?limit=100") or {"items": []})["items"]

    def runner_and_other(self, scrapers: list, source: str):
        """Who runs it, by what each says of itself."""
        running = [bool((self.api(one, f"/sources/{source}") or {}).get("running")) for one in scrapers]
        self.assertEqual(running.count(True), 1, running)
        return (scrapers[0], scrapers[1]) if running[0] else (scrapers[1], scrapers[0])

    def wait_done(self, scraper: harness.Service, sources: int):
        """The last run of each source is whole, and metadata has answered for its films."""
        def done():
            whole = {run["source"] for run in self.runs(scraper)
                     if run["state"] == "done" and run["end_reason"] == "complete"}
            return len(whole) == sources and self.database.ask("SELECT count(*) FROM scraper.outbox") == "0"

        harness.wait_until(done, f"{sources} sources to be run", 90)

    def check_films(self, *names: str):
        """Metadata has each film once."""
        _, _, body = harness.get(f"{self.metadata.url}/internal/v1/export")
        films = [json.loads(line) for line in body.decode().splitlines()]
        found = sorted(film["source_id"] for film in films if "source_id" in film)
        self.assertEqual(found, sorted(f"{name}-{number}" for name in names for number in range(PAGES * ON_A_PAGE)))

    def test_each_source_is_run_by_one_of_them(self):
        names = [f"site{number}" for number in range(6)]
        self.define(*names)
        scrapers = [self.scraper(1), self.scraper(2)]
        self.wait_done(scrapers[0], len(names))
        self.check_films(*names)
        for scraper in scrapers:
            runs = self.runs(scraper)
            self.assertEqual(sorted(run["source"] for run in runs), names, "one run each, and both know of all")
        asked = [path for path, _, _ in self.site.requests if "page=" in path]
        self.assertEqual(len(asked), len(set(asked)), "no page was asked for twice")
        for scraper in scrapers:
            self.assertEqual(scraper.stop(), 0, scraper.output())

    def test_another_goes_on_where_one_was_killed(self):
        self.define("site")
        self.site.gate = "site", 3
        scrapers = [self.scraper(1), self.scraper(2)]
        self.assertTrue(self.site.at_gate.wait(60))
        runner, other = self.runner_and_other(scrapers, "site")
        runner.kill()
        self.site.gate_opens.set()
        self.wait_done(other, 1)
        self.check_films("site")
        self.assertEqual([run["end_reason"] for run in self.runs(other)], ["complete", "interrupted"])
        pages = [path for path, _, _ in self.site.requests if "page=" in path]
        self.assertEqual(pages.count("/site?page=0"), 1, "it goes on, it does not begin anew")

    def test_a_frozen_one_writes_no_more(self):
        self.define("site")
        self.site.gate = "site", 3
        scrapers = [self.scraper(1), self.scraper(2)]
        self.assertTrue(self.site.at_gate.wait(60))
        runner, other = self.runner_and_other(scrapers, "site")
        runner.process.send_signal(signal.SIGSTOP)
        try:
            self.site.gate = None
            self.wait_done(other, 1)
            stored = self.database.ask("SELECT sum(stored) FROM scraper.run")
        finally:
            self.site.gate_opens.set()
            runner.process.send_signal(signal.SIGCONT)
        # It has its page now, and finds that the run is somebody else's.
        harness.wait_until(lambda: not self.api(runner, "/sources/site")["running"], "it to let go")
        self.assertEqual([run["end_reason"] for run in self.runs(runner)], ["complete", "interrupted"])
        self.assertEqual(self.database.ask("SELECT sum(stored) FROM scraper.run"), stored)
        self.check_films("site")
        self.assertEqual(harness.get(runner.operations + "/readyz")[0], 200)
        self.assertEqual(runner.stop(), 0, runner.output())

    def test_they_are_one_guest_of_a_host(self):
        self.define("left", "right", schedule=False)
        delay = 0.3
        scrapers = [self.scraper(1, f"{int(delay * 1000)}ms"), self.scraper(2, f"{int(delay * 1000)}ms")]
        for scraper, name in zip(scrapers, ("left", "right")):
            status, _, body = harness.get(f"{scraper.url}/internal/v1/sources/{name}/run", method="POST")
            self.assertEqual(status, 202, body)
        refused = harness.get(f"{scrapers[1].url}/internal/v1/sources/left/run", method="POST")
        self.assertEqual(refused[0], 409, refused[2])
        self.wait_done(scrapers[0], 2)
        self.check_films("left", "right")
        times = sorted((begin, end, path) for path, begin, end in self.site.requests)
        self.assertGreater(len({path.split("?")[0] for _, _, path in times}), 2)
        for (_, end, path), (begin, _, following) in zip(times, times[1:]):
            self.assertGreater(begin - end, delay * 0.99, f"{following} after {path}")

    def test_what_an_operator_says_to_one_counts_for_both(self):
        self.define("site", schedule=False)
        scrapers = [self.scraper(1), self.scraper(2)]
        status, _, body = harness.get(f"{scrapers[0].url}/internal/v1/sources/site/pause", method="POST")
        self.assertEqual(status, 202, body)
        harness.wait_until(lambda: self.api(scrapers[1], "/sources/site")["state"] == "paused", "the other one to know")


if __name__ == "__main__":
    harness.main()
