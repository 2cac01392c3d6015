#!/usr/bin/python3
"""What is cached in gateways changes when films do, at once, and not when they are only looked at."""

import json
import time

import harness

LIMIT = 0.2  # seconds after a write is acknowledged, by the promise; tests give a busy machine more
PATIENCE = 5.0


class Freshness(harness.TestCase):
    def setUp(self):
        super().setUp()
        self.metadata = self.service("filmoteka-metadata", "--data", self.data)
        self.gateways = [self.service("filmoteka-gateway", "--metadata", self.metadata.url) for _ in range(2)]
        self.film = self.write("POST", "/movies", {"title": "Было", "source": "test", "source_id": "1", "source_url": ""})
        for gateway in self.gateways:
            harness.wait_until(lambda: "filmoteka_gateway_feed_connected 1" in gateway.metrics(), "the feed")

    def write(self, method: str, path: str, body: dict, kind: str = "application/json") -> dict:
        status, _, answer = harness.get(f"{self.metadata.url}/internal/v1{path}", method=method, body=json.dumps(body).encode(),
                                        headers={"Content-Type": kind})
        self.assertLess(status, 300, answer)
        return json.loads(answer or b"{}")

    def ask(self, gateway, path: str):
        status, headers, body = harness.get(f"{gateway.url}/api/v1{path}")
        self.assertTrue(body, f"{path}: {status}\n{gateway.output()[-3000:]}")
        return status, headers.get("Cache-Status", ""), json.loads(body)

    def until(self, condition) -> float:
        begin = time.monotonic()
        while not condition():
            self.assertLess(time.monotonic() - begin, PATIENCE, "the change is not seen")
        return time.monotonic() - begin

    def paths(self) -> dict:
        film = f"/movies/{self.film['id']}"
        return {film: lambda body: body["title"], "/movies": lambda body: body["items"][0]["title"],
                "/home": lambda body: body["sections"][0]["items"][0]["title"],
                f"{film}?include=similar": lambda body: body["title"]}

    def test_a_changed_film_is_shown_by_every_gateway_at_once(self):
        for gateway in self.gateways:
            for path in self.paths():
                self.assertEqual(self.ask(gateway, path)[0], 200)
                self.assertIn("hit", self.ask(gateway, path)[1], path)
        self.write("PATCH", f"/movies/{self.film['id']}", {"title": "Стало"}, "application/merge-patch+json")
        for gateway in self.gateways:
            for path, title in self.paths().items():
                seconds = self.until(lambda: title(self.ask(gateway, path)[2]) == "Стало")
                print(f"{path}: {1e3 * seconds:.0f} ms")

    def test_a_new_film_ends_its_404_and_enters_lists(self):
        gateway = self.gateways[0]
        self.assertEqual(self.ask(gateway, f"/movies/{self.film['id'] + 1}")[0], 404)
        self.ask(gateway, "/movies?sort=title")
        self.write("POST", "/movies", {"title": "Новый", "source": "test", "source_id": "2", "source_url": ""})
        self.until(lambda: self.ask(gateway, f"/movies/{self.film['id'] + 1}")[0] == 200)
        self.until(lambda: self.ask(gateway, "/movies?sort=title")[2]["page"]["total"] == 2)

    def test_views_alone_purge_nothing(self):
        gateway = self.gateways[0]
        path = f"/movies/{self.film['id']}"
        self.ask(gateway, path)
        status, _, _ = harness.get(f"{gateway.url}/api/v1{path}/views", method="POST", body=b"")
        self.assertEqual(status, 202)
        self.assertEqual(harness.get_json(f"{self.metadata.url}/internal/v1{path}")[1]["views"], 1)
        self.assertIn("hit", self.ask(gateway, path)[1])
        missing = harness.get(f"{gateway.url}/api/v1/movies/12345/views", method="POST", body=b"")
        self.assertEqual(missing[0], 404)

    def test_without_the_feed_what_is_cached_is_served_and_changes_are_seen_after_it_is_back(self):
        gateway = self.gateways[0]
        path = f"/movies/{self.film['id']}"
        self.ask(gateway, path)
        port = self.metadata.port
        self.metadata.kill()
        harness.wait_until(lambda: "filmoteka_gateway_feed_connected 0" in gateway.metrics(), "the loss of the feed")
        self.assertEqual(self.ask(gateway, path)[0], 200)
        self.metadata = self.service("filmoteka-metadata", "--data", self.data, port=port)
        self.write("PATCH", path, {"title": "Стало"}, "application/merge-patch+json")
        self.until(lambda: self.ask(gateway, path)[2].get("title") == "Стало")


if __name__ == "__main__":
    harness.main()
