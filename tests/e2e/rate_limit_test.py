#!/usr/bin/python3
"""What clients of real gateways may ask, alone and behind a proxy, with Redis and when it is gone."""

import http.client
import itertools
import json
import time

import harness
import redis_server

QUOTA = 60  # one a second: what a client is told to wait for can be waited for


class RateLimit(harness.TestCase):
    def setUp(self):
        super().setUp()
        self.pages = itertools.count(1)  # each question is a new one, so that none is answered from the cache
        port, operations = harness.free_port(), harness.free_port()
        self.metadata = f"http://127.0.0.1:{port}"
        self.start("filmoteka-metadata", "--data", self.data, "--listen", f"127.0.0.1:{port}", "--ops-listen",
                   f"127.0.0.1:{operations}").wait_ready(f"http://127.0.0.1:{operations}/readyz")

    def start(self, *command, env=None) -> harness.Program:
        program = harness.Program(self.folder, *command, env=env)
        self.addCleanup(lambda: program.process.poll() is None and program.kill())
        return program

    def gateway(self, *arguments, **settings) -> int:
        """Its port."""
        port, operations = harness.free_port(), harness.free_port()
        variables = {"RATE_LIMIT_API": QUOTA, **settings}
        gateway = self.start("filmoteka-gateway", "--data", self.folder / f"gateway-{port}", "--metadata",
                             self.metadata, "--listen", f"127.0.0.1:{port}", "--ops-listen", f"127.0.0.1:{operations}",
                             *arguments, env={f"FILMOTEKA_GATEWAY_{name}": str(value)
                                              for name, value in variables.items()})
        gateway.wait_ready(f"http://127.0.0.1:{port}/api/v1/readyz")
        return port

    def ask(self, port: int, target: str | None = None, **headers: str):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", target or f"/api/v1/movies?page={next(self.pages)}", headers=names)
            answer = connection.getresponse()
            answer.text = answer.read()
            return answer
        finally:
            connection.close()

    def allowed(self, ports, count: int, **headers: str) -> int:
        statuses = [self.ask(port, **headers).status for port in itertools.islice(itertools.cycle(ports), count)]
        self.assertLessEqual(set(statuses), {200, 429})
        return statuses.count(200)

    def test_who_asks_too_much_is_told_how_long_to_wait_and_that_is_true(self):
        port = self.gateway()
        first = self.ask(port)
        self.assertEqual(first.getheader("RateLimit-Policy"), f'"api";q={QUOTA};w=60')
        self.assertEqual(first.getheader("RateLimit"), f'"api";r={QUOTA - 1};t=1')
        self.allowed([port], 2 * QUOTA)
        refused = self.ask(port)
        self.assertEqual(refused.status, 429)
        self.assertEqual(refused.getheader("Content-Type"), "application/problem+json")
        self.assertEqual(json.loads(refused.text)["type"], "urn:filmoteka:problem:too_many_requests")
        wait = int(refused.getheader("Retry-After"))
        self.assertEqual(refused.getheader("RateLimit"), f'"api";r=0;t={wait}')
        time.sleep(wait)
        self.assertEqual(self.ask(port).status, 200)

    def test_what_lies_ready_has_a_quota_of_its_own_and_readiness_none(self):
        port = self.gateway(CACHE_FRESH="1h")
        self.ask(port, "/api/v1/genres")
        self.allowed([port], 2 * QUOTA)
        hit = self.ask(port, "/api/v1/genres")
        self.assertEqual(hit.status, 200)
        self.assertEqual(hit.getheader("RateLimit-Policy"), '"cached";q=6000;w=60')
        self.assertEqual(self.ask(port, "/").getheader("RateLimit-Policy"), '"cached";q=6000;w=60')
        self.assertIsNone(self.ask(port, "/api/v1/readyz").getheader("RateLimit"))

    def test_only_a_trusted_proxy_says_who_the_client_is(self):
        alone, behind = self.gateway(), self.gateway(TRUSTED_PROXIES="127.0.0.1")
        for port, clients in ((alone, 1), (behind, 3)):
            started = time.monotonic()
            # The first hop is what the client itself claims.
            allowed = sum(self.allowed([port], QUOTA + 20, X_Forwarded_For=f"203.0.113.{i}, 198.51.100.{i}")
                          for i in range(3))
            refilled = 3 * (time.monotonic() - started + 1)
            self.assertGreaterEqual(allowed, clients * QUOTA)
            self.assertLessEqual(allowed, clients * QUOTA + refilled)

    def test_gateways_count_together_in_redis_and_go_on_without_it(self):
        redis = redis_server.Redis(self.folder / "redis")
        self.addCleanup(redis.stop)
        ports = [self.gateway("--redis", redis.url) for _ in range(2)]
        harness.wait_until(lambda: redis.ask("ZCARD", "filmoteka:gateways") == "2", "both gateways to be known")
        started = time.monotonic()
        allowed = self.allowed(ports, 3 * QUOTA)
        self.assertGreaterEqual(allowed, QUOTA)
        self.assertLessEqual(allowed, QUOTA + time.monotonic() - started + 1)
        for disturb in (redis.pause, redis.kill):
            disturb()
            started = time.monotonic()
            self.allowed(ports, 40)
            self.assertLess((time.monotonic() - started) / 40, 0.1, "nobody waits for Redis")
        redis.start()
        harness.wait_until(lambda: redis.ask("ZCARD", "filmoteka:gateways") == "2", "both gateways to be back")

    def test_rate_limit_off(self):
        port = self.gateway("--rate-limit", "off")
        self.assertEqual(self.allowed([port], 2 * QUOTA), 2 * QUOTA)
        self.assertIsNone(self.ask(port).getheader("RateLimit"))


if __name__ == "__main__":
    harness.main()
