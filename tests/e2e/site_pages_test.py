#!/usr/bin/python3
"""What search engines and messengers read: pages with their films in them, sitemaps, robots.txt."""

import html.parser
import json
import time
import xml.etree.ElementTree

import harness

INDEX = """<!doctype html><html lang="ru"><head><meta charset="utf-8"><!--page-head--><title>built</title><!--/page-head-->
</head><body><div id="app"><!--page-content--></div><!--page-data--></body></html>"""
EVIL = "</script></title><script>alert(1)</script><!-- \"' onload=x & \u2028 Ёлки"
SITE = "https://films.example"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PATIENCE = 5.0


class Page(html.parser.HTMLParser):
    """A page as a reader without scripts sees it."""

    def __init__(self, text: str):
        super().__init__()
        self.meta, self.links, self.anchors, self.scripts, self.texts, self.inside = {}, {}, [], [], {}, []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "meta":
            self.meta[values.get("name") or values.get("property")] = values.get("content")
        elif tag == "link":
            self.links[values["rel"]] = values["href"]
        elif tag == "a":
            self.anchors.append(values["href"])
        elif tag == "script":
            self.scripts.append([values, ""])
        if tag in ("title", "script", "h1", "p"):
            self.inside.append(tag)

    def handle_endtag(self, tag):
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside:
            return
        if self.inside[-1] == "script":
            self.scripts[-1][1] += data
        else:
            self.texts[self.inside[-1]] = self.texts.get(self.inside[-1], "") + data

    def script(self, kind: str):
        [text] = [text for values, text in self.scripts if values.get("type") == kind]
        return json.loads(text)


class SitePages(harness.TestCase):
    def setUp(self):
        super().setUp()
        web = self.folder / "web"
        web.mkdir()
        (web / "index.html").write_text(INDEX)
        self.metadata = self.service("filmoteka-metadata", "--data", self.data)
        self.gateway = self.service("filmoteka-gateway", "--metadata", self.metadata.url, "--web-root", str(web),
                                    "--public-url", SITE)
        self.evil = self.create("1", title=EVIL, description=EVIL * 10, year=1999, genres=[EVIL], cast=[EVIL],
                                image_url="https://img.example/a.jpg?x=1&y='2'", duration_seconds=6005, age_rating=16)
        self.plain = self.create("2", title="Простой", year=2001, genres=["драма"])
        self.hidden = self.create("3", title="Скрытый", is_active=False)
        harness.wait_until(lambda: "filmoteka_gateway_feed_connected 1" in self.gateway.metrics(), "the feed")

    def write(self, method: str, path: str, body: dict, kind: str = "application/json") -> dict:
        status, _, answer = harness.get(f"{self.metadata.url}/internal/v1{path}", method=method,
                                        body=json.dumps(body).encode(), headers={"Content-Type": kind})
        self.assertLess(status, 300, answer)
        return json.loads(answer or b"{}")

    def create(self, source_id: str, **facts) -> int:
        film = {"source": "test", "source_id": source_id, "source_url": "https://source.example/" + source_id}
        return self.write("POST", "/movies", {**film, **facts})["id"]

    def ask(self, path: str, **headers):
        return harness.get(self.gateway.url + path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def page(self, path: str, status: int = 200) -> Page:
        got, headers, body = self.ask(path)
        self.assertEqual(got, status, path)
        self.assertTrue(headers["Content-Type"].startswith("text/html"))
        return Page(body.decode())

    def until(self, condition) -> float:
        begin = time.monotonic()
        while not condition():
            self.assertLess(time.monotonic() - begin, PATIENCE, "the change is not seen")
        return time.monotonic() - begin

    def test_a_film_with_an_evil_title_is_on_its_page_and_stays_in_its_place(self):
        film = harness.get_json(f"{self.gateway.url}/api/v1/movies/{self.evil}")[1]
        self.assertIn("</script></title><script>alert(1)</script><!-- \"' onload=x & ", film["title"])
        page = self.page(f"/films/{self.evil}")
        self.assertEqual(page.texts["title"], f"{film['title']} (1999) — Фильмотека")
        self.assertEqual(page.meta["og:title"], f"{film['title']} (1999) — Фильмотека")
        self.assertEqual(page.meta["og:type"], "video.movie")
        self.assertEqual(page.meta["og:url"], f"{SITE}/films/{self.evil}")
        self.assertEqual(page.links["canonical"], f"{SITE}/films/{self.evil}")
        self.assertLessEqual(len(page.meta["description"]), 200)
        self.assertEqual((page.meta["og:image"], page.links["preload"]), (film["image_url"], film["image_url"]))
        movie = page.script("application/ld+json")
        self.assertEqual((movie["@type"], movie["name"], movie["datePublished"]), ("Movie", film["title"], "1999"))
        self.assertEqual((movie["duration"], movie["contentRating"]), ("PT1H40M5S", "16+"))
        self.assertEqual(movie["actor"], [{"@type": "Person", "name": film["cast"][0]}])
        self.assertNotIn("aggregateRating", movie)
        self.assertEqual(len(page.scripts), 2, "no script of a film's making")
        data = page.script("application/json")
        self.assertEqual(data["target"], f"/movies/{self.evil}?include=similar")
        self.assertEqual(data["data"], harness.get_json(f"{self.gateway.url}/api/v1{data['target']}")[1])

    def test_the_first_page_and_the_catalogue(self):
        home = self.page("/")
        self.assertEqual(home.script("application/json")["target"], "/home")
        self.assertEqual(home.script("application/ld+json")["@type"], "WebSite")
        self.assertIn(f"/films/{self.plain}", home.anchors)
        self.assertNotIn(f"/films/{self.hidden}", home.anchors)
        self.assertEqual(self.page("/films?sort=year&genre=%D0%B4&page=2").links["canonical"], f"{SITE}/films?genre=%D0%B4&page=2")
        self.assertEqual(self.page("/films?q=%3Cscript%3E").meta["robots"], "noindex, follow")
        catalogue = self.page("/films")
        data = catalogue.script("application/json")
        self.assertEqual(data["target"], "/movies?sort=-rating&page=1&per_page=24")
        self.assertEqual(data["data"], harness.get_json(f"{self.gateway.url}/api/v1{data['target']}")[1])
        self.assertIn(f"/films/{self.plain}", catalogue.anchors)

    def test_what_is_not_there_is_404(self):
        for path in (f"/films/{self.hidden}", "/films/12345", "/films/x", "/about"):
            page = self.page(path, 404)
            self.assertEqual(page.meta["robots"], "noindex", path)
            self.assertNotIn("canonical", page.links)

    def test_a_changed_film_changes_its_page(self):
        path = f"/films/{self.plain}"
        status, headers, _ = self.ask(path)
        tag = headers["ETag"]
        self.assertEqual(self.ask(path, If_None_Match=tag)[0], 304)
        self.assertEqual(self.ask(path)[1]["Cache-Control"], "no-cache")
        self.assertIn("hit", self.ask(path)[1]["Cache-Status"])
        self.write("PATCH", f"/movies/{self.plain}", {"title": "Другой"}, "application/merge-patch+json")
        seconds = self.until(lambda: "Другой" in self.page(path).texts["title"])
        print(f"the page has changed after {1e3 * seconds:.0f} ms")
        self.assertEqual(self.ask(path, If_None_Match=tag)[0], 200)
        self.write("PATCH", f"/movies/{self.plain}", {"is_active": False}, "application/merge-patch+json")
        self.until(lambda: self.ask(path)[0] == 404)

    def test_sitemaps_list_exactly_the_active_films(self):
        index = xml.etree.ElementTree.fromstring(self.ask("/sitemap.xml")[2])
        files = [place.text for place in index.iter(SITEMAP + "loc")]
        self.assertEqual(files, [f"{SITE}/sitemap-1.xml"])
        status, headers, body = self.ask("/sitemap-1.xml")
        self.assertEqual((status, headers["Content-Type"]), (200, "application/xml; charset=utf-8"))
        urls = xml.etree.ElementTree.fromstring(body).findall(SITEMAP + "url")
        self.assertEqual([url.find(SITEMAP + "loc").text for url in urls],
                         [f"{SITE}/films/{film}" for film in sorted((self.evil, self.plain))])
        for url in urls:
            self.assertRegex(url.find(SITEMAP + "lastmod").text, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertEqual(self.ask("/sitemap-2.xml")[0], 404)
        self.assertEqual(self.ask("/robots.txt")[2].decode(),
                         f"User-agent: *\nAllow: /\nDisallow: /api/\nSitemap: {SITE}/sitemap.xml\n")

    def test_without_metadata_pages_are_served(self):
        known = self.ask(f"/films/{self.plain}")[2]
        sitemap = self.ask("/sitemap-1.xml")[2]
        self.metadata.kill()
        harness.wait_until(lambda: "filmoteka_gateway_feed_connected 0" in self.gateway.metrics(), "the loss of the feed")
        self.assertEqual(self.ask(f"/films/{self.plain}")[2], known)
        self.assertEqual(self.ask("/sitemap-1.xml")[2], sitemap)
        status, _, body = self.ask(f"/films/{self.evil}")
        self.assertEqual((status, body.decode()), (200, INDEX))
        self.assertEqual(self.ask("/about")[0], 404)


if __name__ == "__main__":
    harness.main()
