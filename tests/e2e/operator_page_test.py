#!/usr/bin/python3
"""The scraper's own page in Chromium, beside a source that answers and one that turns us away."""

import subprocess

import harness
from simulated_rutube import FakeRutube, definition


class OperatorPage(harness.TestCase):
    def setUp(self):
        super().setUp()
        sources = self.folder / "sources"
        sources.mkdir()
        for name, title, arguments in (("rutube-test", "Rutube", ("--films", "60")),
                                       ("blocked", "<img src=x onerror=alert(1)>", ("--fault", "qrator"))):
            rutube = FakeRutube(self.folder, *arguments)
            self.addCleanup(rutube.kill)
            text = definition(rutube.url).replace("name: rutube-test", f"name: {name}")
            text = text.replace('title: Rutube, category "Фильмы"', f"title: '{title}'\nschedule: {{every: 6h}}")
            (sources / f"{name}.yaml").write_text(text)
        self.program = self.up("--no-starter", env={
            "FILMOTEKA_SCRAPER_SOURCES": str(sources), "FILMOTEKA_SCRAPER_FETCH_DELAY": "0ms",
            "FILMOTEKA_SCRAPER_FETCH_SOURCE_DELAYS": "false", "FILMOTEKA_SCRAPER_FIRST_RUN_DELAY": "1h"}).wait()

    def test_an_operators_day(self):
        done = subprocess.run(["node", str(harness.ROOT / "tests/e2e/operator_page.mjs"), self.program.scraper,
                               str(self.folder)], capture_output=True, text=True, timeout=180)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_other_sites_may_not_use_it(self):
        run = f"{self.program.scraper}/internal/v1/sources/rutube-test/run"
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"},
                        {"Host": "evil.example", "Sec-Fetch-Site": "same-origin"}):
            status, _, body = harness.get(run, headers=headers, method="POST")
            self.assertEqual(status, 403, body)


if __name__ == "__main__":
    harness.main()
