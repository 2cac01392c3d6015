#!/usr/bin/python3
"""Search as the public sees it: imported films, asked for through the gateway."""

import json
import urllib.parse

import harness

FILMS = [
    {"title": "Зеркало", "original_title": "The Mirror", "year": 1974, "rating": 8.1,
     "cast": ["Маргарита Терехова"], "description": "Воспоминания о доме и матери."},
    {"title": "Кот 😺 и пёс", "year": 2001},
    {"title": "Дом", "year": 2011, "rating": 7},
    {"title": "Дом на краю", "year": 1990, "rating": 6},
    {"title": "Старый дом", "year": 1980, "rating": 5},
    {"title": "Metropolis", "original_title": "Metropolis", "year": 1927},
    {"title": "Тень", "year": 1971, "is_active": False},
]


def marked(film: dict, field: str = "title") -> list[str]:
    """The highlighted parts of a field, cut as JavaScript would: in UTF-16 code units."""
    units = film[field].encode("utf-16-le")
    return [units[2 * start:2 * (start + length)].decode("utf-16-le")
            for start, length in film["highlight"].get(field, [])]


class Search(harness.TestCase):
    def setUp(self):
        super().setUp()
        path = self.folder / "films.ndjson"
        path.write_text("".join(
            json.dumps({"source": "test", "source_id": str(number), "source_url": "", **film}, ensure_ascii=False) + "\n"
            for number, film in enumerate(FILMS)))
        harness.filmoteka("import", path, "--source", "filmoteka", "--data", self.data)
        self.program = self.up("--no-starter").wait()

    def ask(self, path: str, base: str = "", **parameters):
        """(status, body) of a call to the gateway."""
        base = base or self.program.url + "/api/v1"
        return harness.get_json(f"{base}/{path}?{urllib.parse.urlencode(parameters)}")

    def found(self, path: str, base: str = "", **parameters) -> dict:
        status, body = self.ask(path, base, **parameters)
        self.assertEqual(status, 200, body)
        return body

    def titles(self, path: str, base: str = "", **parameters) -> list[str]:
        return [film["title"] for film in self.found(path, base, **parameters)["items"]]

    def test_a_title_is_found_and_its_words_are_highlighted(self):
        page = self.found("movies", q="зеркало")
        self.assertEqual(page["items"][0]["title"], "Зеркало")
        self.assertEqual(marked(page["items"][0]), ["Зеркало"])
        self.assertNotIn("corrections", page)
        self.assertEqual(marked(self.found("movies", q="mirror")["items"][0], "original_title"), ["Mirror"])

    def test_highlights_count_utf_16_code_units(self):
        film = self.found("movies", q="пес")["items"][0]
        self.assertEqual(film["highlight"], {"title": [[9, 3]]})
        self.assertEqual(marked(film), ["пёс"])

    def test_found_by_its_cast_a_film_is_highlighted_nowhere(self):
        film = self.found("movies", q="терехова")["items"][0]
        self.assertEqual((film["title"], film["highlight"]), ("Зеркало", {}))

    def test_only_a_search_highlights(self):
        for film in self.found("movies")["items"]:
            self.assertNotIn("highlight", film)
        for film in self.found("movies", q="дом", fields="id,title")["items"]:
            self.assertEqual(film.keys(), {"id", "title", "highlight"})

    def test_the_wrong_keyboard_layout_is_corrected(self):
        for path in ("movies", "suggest"):
            for typed, meant, title in (("pthrfkj", "зеркало", "Зеркало"), ("ьуекщзщдшы", "metropolis", "Metropolis")):
                answer = self.found(path, q=typed)
                self.assertEqual(answer["corrections"], {"q": meant, "reason": "keyboard_layout"})
                self.assertEqual((answer["items"][0]["title"], marked(answer["items"][0])), (title, [title]))

    def test_suggestions_come_as_one_types(self):
        for typed in ("з", "зе", "зерк", "Зеркало"):
            answer = self.found("suggest", q=typed)
            film = answer["items"][0]
            self.assertEqual(film.keys(), {"id", "title", "original_title", "year", "thumbnail_url", "highlight"})
            self.assertEqual((film["title"], film["year"]), ("Зеркало", 1974))
            self.assertTrue(marked(film)[0].casefold().startswith(typed.casefold()), film)
            self.assertNotIn("corrections", answer)
        self.assertEqual(self.titles("suggest", q="дом")[0], "Дом")
        self.assertEqual(len(self.titles("suggest", q="дом", limit=2)), 2)

    def test_inactive_films_are_suggested_inside_only(self):
        inside = self.program.metadata + "/internal/v1"
        self.assertNotIn("Тень", self.titles("suggest", q="тень"))
        self.assertNotIn("Тень", self.titles("suggest", inside, q="тень"))
        self.assertIn("Тень", self.titles("suggest", inside, q="тень", include_inactive="true"))

    def test_what_has_no_words_is_answered_all_the_same(self):
        for text in ("😀", "👨‍👩‍👧‍👦", "!!!", "«»—…", "' OR 1=1 --", "%", "*", "\\", "\u200b", "ё", "́", "🏳️‍🌈 " * 20):
            for path in ("movies", "suggest"):
                answer = self.found(path, q=text)
                self.assertTrue(all("highlight" in film for film in answer["items"]), (path, text))

    def test_by_relevance_no_film_comes_twice_and_none_is_left_out(self):
        whole = self.titles("movies", q="дом", sort="relevance")
        self.assertEqual(whole[0], "Дом")
        self.assertGreaterEqual(set(whole), {"Дом", "Дом на краю", "Старый дом"})
        walked, cursor = [], {}
        while cursor is not None:
            page = self.found("movies", q="дом", sort="relevance", per_page=1, **cursor)
            walked += [film["title"] for film in page["items"]]
            after = page["page"]["next_cursor"]
            cursor = {"cursor": after} if after else None
        self.assertEqual(walked, whole)

    def test_wrong_parameters_are_named(self):
        for path, parameters, named in (
                ("suggest", {}, "q"), ("suggest", {"q": ""}, "q"), ("suggest", {"q": "а" * 201}, "q"),
                ("suggest", {"q": "а", "limit": 0}, "limit"), ("suggest", {"q": "а", "limit": 21}, "limit"),
                ("suggest", {"q": "а", "include_inactive": "true"}, "include_inactive"),
                ("suggest", {"q": "а", "sort": "title"}, "sort"), ("movies", {"q": "а", "explain": "true"}, "explain"),
                ("movies", {"q": "а" * 201}, "q"), ("movies", {"sort": "relevance"}, "sort")):
            status, problem = self.ask(path, **parameters)
            self.assertEqual((status, problem["errors"][0]["parameter"]), (400, named), problem)
        self.assertEqual(self.ask("suggest", q="а" * 200)[0], 200)

    def test_why_a_film_was_found_is_told_inside_only(self):
        inside = self.program.metadata + "/internal/v1"
        film = self.found("movies", inside, q="зеркало", explain="true")["items"][0]
        self.assertEqual((film["title"], film["explain"]["rank"]), ("Зеркало", "exact_title"))
        self.assertEqual([word.keys() for word in film["explain"]["words"]], [{"word", "matched_by", "in"}])
        self.assertNotIn("explain", self.found("movies", inside, q="зеркало")["items"][0])

    def test_suggestions_are_cached_for_seconds(self):
        url = self.program.url + "/api/v1/suggest?q=%D0%B7%D0%B5"
        first = harness.get(url)[1]
        second = harness.get(url)[1]
        self.assertIn("stored", first["Cache-Status"])
        self.assertIn("hit", second["Cache-Status"])
        self.assertEqual(harness.get(url, {"If-None-Match": second["ETag"]})[0], 304)


if __name__ == "__main__":
    harness.main()
