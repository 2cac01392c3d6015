#!/usr/bin/python3
"""Each source that comes with the product, run and previewed by the command line against its simulated site."""

import json

import harness

QUICK = {"FILMOTEKA_SCRAPER_FETCH_BACKOFF": "10ms", "FILMOTEKA_SCRAPER_FETCH_DELAY": "0ms",
         "FILMOTEKA_SCRAPER_FETCH_SOURCE_DELAYS": "false"}
RUTUBE = ("filmoteka-fake-rutube", "--films", "100")
ARCHIVE = ("filmoteka-fake-sources", "--site", "archive")
WIKIDATA = ("filmoteka-fake-sources", "--site", "wikidata")
KINO = ("filmoteka-fake-sources", "--site", "kino")


class ShippedSources(harness.TestCase):
    def setUp(self):
        super().setUp()
        self.sources = self.folder / "sources"
        self.sources.mkdir()
        self.env = {**QUICK, "FILMOTEKA_SCRAPER_SOURCES": str(self.sources)}

    def serve(self, site) -> str:
        program = harness.Program(self.folder, *site)
        self.addCleanup(lambda: program.process.poll() is None and program.kill())
        return harness.wait_until(lambda: program.output().partition("\n")[0], "the simulated site's address")

    def write(self, name: str, url: str, base: str, changes=()):
        """The shipped definition with the simulated site in the place of the real one."""
        text = (harness.ROOT / "sources" / f"{name}.yaml").read_text()
        for before, after in ((f"base_url: {base}\n", f"base_url: {url}\n"), *changes):
            self.assertIn(before, text)
            text = text.replace(before, after)
        if "network:" not in text:
            text += "network: {allow_private: true}\n"
        (self.sources / f"{name}.yaml").write_text(text)

    def run_and_preview(self, name: str, films: int, fields: set):
        preview = json.loads(harness.filmoteka("sources", "preview", name, "--data", self.data, "--json", env=self.env).stdout)
        shown = [item["film"] for item in preview["items"] if item["film"]]
        self.assertTrue(shown, preview["message"])
        self.assertLessEqual(fields, {key for film in shown for key, value in film.items() if value not in (None, [], {})})
        text = harness.filmoteka("sources", "preview", name, "--data", self.data, env=self.env).stdout
        self.assertIn(shown[0]["title"], text)
        self.assertIn("steps", text)
        harness.filmoteka("sources", "run", name, "--data", self.data, env=self.env)
        runs = json.loads(harness.filmoteka("sources", "runs", "--data", self.data, "--json", env=self.env).stdout)
        run = (runs["items"] if isinstance(runs, dict) else runs)[0]
        self.assertEqual((run["source"], run["end_reason"], run["films"]), (name, "complete", films), run["message"])

    def test_rutube_films(self):
        self.write("rutube-films", self.serve(RUTUBE), "https://rutube.ru")
        self.run_and_preview("rutube-films", 106, {"title", "year", "duration_seconds", "thumbnail_url", "views"})

    def test_rutube_film_lists(self):
        self.write("rutube-film-lists", self.serve(RUTUBE), "https://rutube.ru")
        self.run_and_preview("rutube-film-lists", 25, {"title", "year", "duration_seconds", "genres"})

    def test_rutube_rss(self):
        self.write("rutube-rss", self.serve(RUTUBE), "https://rutube.ru")
        self.run_and_preview("rutube-rss", 20, {"title", "year", "duration_seconds"})

    def test_internet_archive(self):
        self.write("internet-archive", self.serve(ARCHIVE), "https://archive.org")
        self.run_and_preview("internet-archive", 60, {"title", "year", "description", "genres", "image_url"})

    def test_wikidata(self):
        url = self.serve(WIKIDATA)
        self.write("wikidata", url, "https://query.wikidata.org",
                   (("https://ru.wikipedia.org/api", f"{url}/api"), ("hosts: [ru.wikipedia.org]", "allow_private: true")))
        self.run_and_preview("wikidata", 60, {"title", "year", "original_title", "countries", "ids", "description"})

    def test_schema_org(self):
        self.write("schema-org", self.serve(KINO), "https://films.example.org")
        self.run_and_preview("schema-org", 60, {"title", "year", "rating", "genres", "duration_seconds"})


if __name__ == "__main__":
    harness.main()
