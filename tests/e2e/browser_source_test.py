#!/usr/bin/python3
"""Sources whose films are made by scripts: rendered by Debian's Chromium, read as a page and as the JSON behind it."""

import json
import os
import pathlib
import unittest

import harness

SOURCE = """\
name: {name}
title: A site that scripts make
kind: {kind}
base_url: {url}
network: {{allow_private: true}}
request: {{url: /live/}}
browser: {browser}
items: {items}
fields:
  title: {title}
  source_id: {title}
"""


def has_browser() -> bool:
    return all(os.access(f"/usr/bin/{program}", os.X_OK) for program in ("chromium", "chromedriver"))


@unittest.skipUnless(has_browser(), "chromium and chromium-driver are not installed")
class BrowserSource(harness.TestCase):
    def setUp(self):
        super().setUp()
        site = harness.Program(self.folder, "filmoteka-fake-sources", "--site", "kino", "--films", "20")
        self.addCleanup(site.kill)
        self.url = harness.wait_until(lambda: site.output().partition("\n")[0], "the site's address")
        self.sources = self.folder / "sources"
        self.sources.mkdir()
        self.env = {"FILMOTEKA_SCRAPER_SOURCES": str(self.sources), "FILMOTEKA_SCRAPER_FETCH_DELAY": "0ms",
                    "FILMOTEKA_SCRAPER_FETCH_SOURCE_DELAYS": "false"}

    def titles(self, name: str, **parts: str) -> list[str]:
        (self.sources / f"{name}.yaml").write_text(SOURCE.format(name=name, url=self.url, **parts))
        done = harness.filmoteka("sources", "preview", name, "--limit", "50", "--json", "--data", self.data, env=self.env)
        preview = json.loads(done.stdout)
        self.assertTrue(preview["films"], preview)
        return [item["film"]["title"] for item in preview["items"] if item["film"]]

    def test_a_page_and_the_json_behind_it(self):
        page = harness.get(self.url + "/live/")[2].decode()
        by_json = self.titles("by-json", kind="json", browser="{json_url: /live/films.json}", items="films", title="name")
        self.assertNotIn(by_json[0], page, "without its scripts the page has no films")
        by_page = self.titles("by-page", kind="html", browser='{wait_for: "li.film"}', items='"li.film"',
                              title='{css: "b"}')
        self.assertEqual(by_page, by_json)
        left = [entry for entry in pathlib.Path("/proc").glob("[0-9]*/cmdline")
                if str(self.data).encode() in self.read(entry)]
        self.assertEqual(left, [], "a process of the browser is left")

    @staticmethod
    def read(file: pathlib.Path) -> bytes:
        try:
            return file.read_bytes()
        except OSError:
            return b""


if __name__ == "__main__":
    harness.main()
