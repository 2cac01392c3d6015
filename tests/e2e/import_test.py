#!/usr/bin/python3
"""filmoteka import and export: every format, twice, killed in the middle, into a folder that is being served."""

import gzip
import json
import lzma
import os
import pathlib
import random
import subprocess
import unittest

import harness



def films(count: int, seed: int = 7) -> list[dict]:
    """Rows as an export of a Filmoteka has them: what `--source filmoteka` reads."""
    rng = random.Random(seed)
    words = ["Тень", "Winter", "ёлка", "Дом", "Night", "Река", "Polar", "Свет", "Road", "Сон"]
    return [{"source": "test", "source_id": f"f{number}", "source_url": "",
             "title": f"{rng.choice(words)} {rng.choice(words)} {number}", "year": rng.randrange(1920, 2026),
             "genres": rng.sample(["драма", "Comedy", "Horror"], rng.randrange(0, 3)),
             "rating": rng.choice([None, round(rng.random() * 10, 1)]),
             "description": "Строка 1\nстрока 2 & «кавычки»" if number % 3 else None} for number in range(count)]


class Import(harness.TestCase):
    def write(self, name: str, rows: list[dict]) -> pathlib.Path:
        path = self.folder / name
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
        opener = {".gz": gzip.open, ".xz": lzma.open}.get(path.suffix, open)
        with opener(path, "wb") as file:
            file.write(text)
        return path

    def import_file(self, path: pathlib.Path, *arguments: str):
        return harness.filmoteka("import", path, "--source", "filmoteka", "--data", self.data, *arguments)

    def export(self) -> list[dict]:
        """The films of an export."""
        done = harness.filmoteka("export", "--data", self.data)
        return [row for row in map(json.loads, done.stdout.splitlines()) if "id" in row]

    def catalogue(self) -> dict:
        """What the catalogue holds, without what depends on the moment of writing."""
        moments = ("added_at", "updated_at", "revision", "id")
        return {(row["source"], row["source_id"]): {k: v for k, v in row.items() if k not in moments}
                for row in self.export()}

    def test_compressed_files_give_the_same_catalogue(self):
        rows = films(50)
        catalogues = []
        for name in ("films.ndjson", "films.ndjson.gz", "films.ndjson.xz"):
            self.data = self.folder / ("data-" + name)
            self.import_file(self.write(name, rows))
            catalogues.append(self.catalogue())
        self.assertEqual(len(catalogues[0]), 50)
        for catalogue in catalogues[1:]:
            self.assertEqual(catalogue, catalogues[0])

    def test_a_second_import_changes_nothing(self):
        path = self.write("films.ndjson", films(500))
        self.import_file(path)
        before = self.export()
        done = self.import_file(path)
        self.assertEqual(self.export(), before)
        self.assertIn("500 unchanged", done.stdout + done.stderr)

    def test_bad_rows_are_counted_with_reasons_and_spoil_nothing(self):
        rows = films(10)
        rows[3]["title"] = ""
        rows[5]["title"] = None
        rows[7]["year"] = 1500
        done = self.import_file(self.write("films.ndjson", rows))
        self.assertEqual(len(self.catalogue()), 8)
        output = done.stdout + done.stderr
        self.assertIn("2 rejected", output)
        self.assertIn("title", output)
        self.assertIn("year", output)
        self.assertIsNone(self.catalogue()["test", "f7"]["year"])

    def test_kill_9_and_a_repeat_give_the_same_catalogue(self):
        path = self.write("films.ndjson", films(20_000))
        self.import_file(path)
        expected = self.catalogue()
        for delay in (0.3, 0.6, 0.9, 1.3):
            self.data = self.folder / f"killed-{delay}"
            process = subprocess.Popen(
                [str(harness.BIN / "filmoteka"), "import", str(path), "--source", "filmoteka", "--data", str(self.data)],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(delay)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            self.import_file(path)
            self.assertEqual(self.catalogue(), expected)

    def test_import_into_a_served_folder_shows_at_once(self):
        program = self.up("--no-starter").wait()
        self.import_file(self.write("films.ndjson", films(30)))
        status, page = harness.get_json(program.metadata + "/internal/v1/movies?per_page=1")
        self.assertEqual((status, page["page"]["total"]), (200, 30))
        self.assertEqual(len(self.export()), 30)

    def test_an_export_imported_elsewhere_is_the_same_catalogue(self):
        self.import_file(self.write("films.ndjson", films(300)))
        first = self.catalogue()
        out = self.folder / "out.ndjson"
        harness.filmoteka("export", "--data", self.data, "--output", out)
        self.data = self.folder / "elsewhere"
        self.import_file(out)
        self.assertEqual(self.catalogue(), first)

    def change(self, program, method: str, path: str, body: dict | None = None):
        status, _, answer = harness.get(program.metadata + "/internal/v1" + path, {"Content-Type": "application/json"},
                                        method, json.dumps(body).encode() if body is not None else None)
        self.assertLess(status, 300, answer)
        return json.loads(answer) if answer else None

    def lived_in(self) -> bytes:
        """A folder's export after films were edited, merged, deleted, viewed and compared by people."""
        self.import_file(self.write("films.ndjson", films(2_500)))
        program = self.up("--no-starter").wait()
        for movie in range(1, 40):
            self.change(program, "PATCH", f"/movies/{movie}", {"rating": movie / 10})
            self.change(program, "POST", f"/movies/{movie}/views")
            self.change(program, "DELETE", f"/movies/{movie + 1000}")
        self.change(program, "DELETE", "/movies/2500")
        other = self.change(program, "GET", "/movies/51")
        self.change(program, "POST", "/movies/50/merge", {"other": 51})
        self.change(program, "POST", "/movies/50/split", {"source": "test", "source_id": other["source_id"]})
        film = self.change(program, "GET", "/movies/60")
        for source in ("one", "two"):  # pairs for people
            self.change(program, "POST", "/movies", {"title": film["title"], "year": film["year"], "source": source,
                                                     "source_id": "x"})
        exported = harness.get(program.metadata + "/internal/v1/export")[2]
        reviews = [row for row in map(json.loads, exported.splitlines()) if "review" in row]
        self.assertIn(True, [row["dismissed"] for row in reviews])
        self.assertIn(False, [row["dismissed"] for row in reviews])
        self.assertEqual(program.stop(), 0)
        return exported

    def listed(self, program) -> dict:
        """What the catalogue shows, by id."""
        shown, cursor = {}, ""
        while cursor is not None:
            status, page = harness.get_json(f"{program.metadata}/internal/v1/movies?include_inactive=true&sort=title"
                                            "&per_page=100" + (cursor and f"&cursor={cursor}"))
            self.assertEqual(status, 200, page)
            shown.update({film["id"]: film for film in page["items"]})
            cursor = page["page"]["next_cursor"]
        return shown

    def pipe(self, *target: str) -> subprocess.CompletedProcess:
        """filmoteka export | filmoteka import"""
        with subprocess.Popen([str(harness.BIN / "filmoteka"), "export", "--data", str(self.data)],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as source:
            done = subprocess.run([str(harness.BIN / "filmoteka"), "import", *map(str, target)], stdin=source.stdout,
                                  capture_output=True, text=True, timeout=300)
        self.assertEqual((source.returncode, done.returncode), (0, 0), done.stderr)
        return done

    def test_export_piped_into_import_is_the_same_catalogue(self):
        before = self.lived_in()
        self.assertEqual(harness.filmoteka("export", "--data", self.data).stdout.encode(), before)
        served = harness.Filmoteka(self.folder, self.folder / "served", "--no-starter")
        self.addCleanup(lambda: served.process.poll() is None and served.kill())
        served.wait()
        films_before = {row["id"]: row for row in map(json.loads, before.splitlines()) if "id" in row}
        for target in (self.folder / "served", self.folder / "new"):
            for _ in range(2):
                done = self.pipe("--data", target)
                self.assertIn(f"restored {len(films_before):,} films", done.stdout)
                self.assertEqual(harness.filmoteka("export", "--data", target).stdout.encode(), before)
        shown = self.listed(served)
        self.assertEqual(shown.keys(), films_before.keys(), "it serves what came, without a restart")
        for movie, film in shown.items():
            self.assertEqual(film, {field: films_before[movie][field] for field in film})
        self.assertGreater(self.change(served, "POST", "/movies", {"title": "X", "source": "s", "source_id": "1"})["id"],
                           json.loads(before.splitlines()[-1])["last_id"], "ids are never given again")

    def test_an_export_that_was_cut_off_is_said(self):
        self.import_file(self.write("films.ndjson", films(1_500)))
        whole = harness.filmoteka("export", "--data", self.data).stdout.splitlines(keepends=True)
        cut = self.folder / "cut.ndjson"
        self.data = self.folder / "elsewhere"
        for lines, count in ((whole[:1_200], 1_200), (whole[:-1], 1_500)):
            cut.write_text("".join(lines))
            done = harness.filmoteka("import", cut, "--data", self.data, check=False)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("ends before its export does", done.stderr)
            self.assertEqual(len(self.export()), count, "what came is in")
        cut.write_text("".join(whole))
        harness.filmoteka("import", cut, "--data", self.data)
        self.assertEqual(harness.filmoteka("export", "--data", self.data).stdout, "".join(whole))

    def test_a_refused_import_says_why(self):
        def said(text: str) -> str:
            path = self.folder / "wrong.ndjson"
            path.write_text(text)
            done = harness.filmoteka("import", path, "--data", self.data, check=False)
            self.assertNotEqual(done.returncode, 0)
            return done.stderr

        self.import_file(self.write("films.ndjson", films(1_100)))
        whole = harness.filmoteka("export", "--data", self.data).stdout.splitlines(keepends=True)
        self.assertIn("--source", said("[{\"title\": \"x\"}]\n"))
        other = json.loads(whole[0])
        other["source_id"] = "another"
        conflict = said(json.dumps(other) + "\n")
        self.assertIn("Film 1 is another film here", conflict)
        self.assertNotIn("--source", conflict)
        self.data = self.folder / "elsewhere"
        spoilt = json.loads(whole[1_050])
        spoilt["id"] = 2 ** 53 + 2
        late = said("".join(whole[:1_050]) + json.dumps(spoilt) + "\n")
        self.assertIn("1,000 films are in", late)
        self.assertIn("Line 51", late)
        self.assertNotIn("--source", late)

    def test_what_is_not_there_or_not_a_film_file_is_said(self):
        done = harness.filmoteka("import", self.folder / "none.json", "--source", "filmoteka", "--data", self.data,
                                 check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("none.json", done.stderr)
        broken = self.folder / "broken.json.gz"
        broken.write_bytes(gzip.compress(b"[{\"title\": \"x\"}]" * 1000)[:-20])
        done = self.import_broken(broken)
        self.assertIn("broken.json.gz", done.stderr)
        done = harness.filmoteka("import", broken, "--source", "nosuch", "--data", self.data, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("nosuch", done.stderr)

    def import_broken(self, path: pathlib.Path):
        done = harness.filmoteka("import", path, "--source", "filmoteka", "--data", self.data, check=False)
        self.assertNotEqual(done.returncode, 0)
        return done

    @unittest.skipUnless(os.environ.get("FILMOTEKA_SHARED_DATA"), "needs FILMOTEKA_SHARED_DATA")
    def test_the_wikipedia_films_come_in_whole(self):
        path = pathlib.Path(os.environ["FILMOTEKA_SHARED_DATA"]) / "wikipedia-movies.json.xz"
        harness.filmoteka("import", path, "--source", "wikipedia-movies", "--data", self.data)
        program = self.up("--no-starter").wait()
        self.assertGreater(program.total(), 36_000)


if __name__ == "__main__":
    harness.main()
