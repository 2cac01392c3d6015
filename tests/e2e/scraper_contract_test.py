#!/usr/bin/python3
"""Real answers of the scraper's API against contracts/openapi/scraper.yaml."""

import json

import harness
import jsonschema
import yaml
from simulated_rutube import FakeRutube, definition

CONTRACT = yaml.safe_load((harness.ROOT / "contracts/openapi/scraper.yaml").read_text())


class ScraperContract(harness.TestCase):
    def setUp(self):
        super().setUp()
        sources = self.folder / "sources"
        sources.mkdir()
        for name, arguments in (("good", ("--films", "60")), ("blocked", ("--fault", "qrator"))):
            rutube = FakeRutube(self.folder, *arguments)
            self.addCleanup(rutube.kill)
            (sources / f"{name}.yaml").write_text(definition(rutube.url).replace("name: rutube-test", f"name: {name}"))
        self.program = self.up("--no-starter", env={
            "FILMOTEKA_SCRAPER_SOURCES": str(sources), "FILMOTEKA_SCRAPER_FETCH_DELAY": "0ms",
            "FILMOTEKA_SCRAPER_FETCH_SOURCE_DELAYS": "false"}).wait()
        self.asked = set()

    def ask(self, method: str, pattern: str, path: str, expected: int) -> dict:
        status, headers, body = harness.get(f"{self.program.scraper}/internal/v1{path}", method=method)
        self.assertEqual(status, expected, body)
        response = CONTRACT["paths"][pattern][method.lower()]["responses"][str(status)]
        if "$ref" in response:
            response = CONTRACT["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
        kind = headers["Content-Type"].split(";")[0]
        schema = {**response["content"][kind]["schema"], "components": CONTRACT["components"]}
        answer = json.loads(body)
        jsonschema.Draft202012Validator(schema).validate(answer)
        self.asked.add((pattern, method))
        return answer

    def run_source(self, name: str):
        run = self.ask("POST", "/sources/{name}/run", f"/sources/{name}/run", 202)["run"]
        harness.wait_until(lambda: self.ask("GET", "/runs/{id}", f"/runs/{run}", 200)["state"] == "done", "the run")

    def test_answers_are_as_promised(self):
        self.ask("GET", "/sources", "/sources", 200)
        preview = self.ask("POST", "/sources/{name}/preview", "/sources/good/preview?limit=12", 200)
        self.assertEqual(len(preview["items"]), 12)
        self.run_source("good")
        self.run_source("blocked")
        good = self.ask("GET", "/sources/{name}", "/sources/good", 200)
        self.assertEqual((good["state"], len(good["history"])), ("ok", 1))
        self.assertEqual(self.ask("GET", "/sources/{name}", "/sources/blocked", 200)["state"], "blocked")
        self.ask("GET", "/sources", "/sources", 200)
        again = self.ask("POST", "/sources/{name}/preview", "/sources/good/preview", 200)
        self.assertEqual([item["diff"] for item in again["items"] if item["film"]][0], {}, "it is stored just so")
        self.assertIn("QRATOR", self.ask("GET", "/sources/{name}/saved-page", "/sources/blocked/saved-page", 200)["body"])
        self.ask("GET", "/sources/{name}/saved-page", "/sources/good/saved-page", 404)
        self.assertTrue(self.ask("GET", "/rejects", "/rejects?source=good", 200)["items"])
        self.assertEqual(len(self.ask("GET", "/runs", "/runs", 200)["items"]), 2)
        self.ask("POST", "/sources/{name}/pause", "/sources/good/pause", 202)
        self.ask("POST", "/sources/{name}/resume", "/sources/good/resume", 202)
        self.ask("POST", "/sources/{name}/run", "/sources/nobody/run", 404)
        self.ask("GET", "/runs", "/runs?limit=x&colour=red", 400)
        promised = {(pattern, method.upper()) for pattern, methods in CONTRACT["paths"].items() for method in methods
                    if method in ("get", "post")}
        self.assertEqual(promised - self.asked, set(), "nobody has asked these")


if __name__ == "__main__":
    harness.main()
