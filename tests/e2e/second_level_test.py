#!/usr/bin/python3
"""A real gateway beside a real Redis, which is frozen, killed and wiped."""

import itertools
import statistics
import time

import harness
import redis_server

FRESH = {"FILMOTEKA_GATEWAY_CACHE_FRESH": "1h", "FILMOTEKA_GATEWAY_RATE_LIMIT_ENABLED": "false"}


class Gateway(harness.Program):
    def __init__(self, test: "SecondLevel"):
        port, operations = harness.free_port(), harness.free_port()
        super().__init__(test.folder, "filmoteka-gateway", "--data", test.folder / f"gateway-{port}", "--metadata",
                         test.metadata_url, "--redis", test.redis.url, "--listen", f"127.0.0.1:{port}", "--ops-listen",
                         f"127.0.0.1:{operations}", env=FRESH)
        test.addCleanup(lambda: self.process.poll() is None and self.kill())
        self.url = f"http://127.0.0.1:{port}/api/v1"
        self.wait_ready(self.url + "/readyz")


class SecondLevel(harness.TestCase):
    def setUp(self):
        super().setUp()
        self.numbers = itertools.count(1)
        self.redis = redis_server.Redis(self.folder / "redis")
        self.addCleanup(self.redis.stop)
        port, operations = harness.free_port(), harness.free_port()
        self.metadata_url = f"http://127.0.0.1:{port}"
        self.metadata = harness.Program(self.folder, "filmoteka-metadata", "--data", self.data, "--listen",
                                        f"127.0.0.1:{port}", "--ops-listen", f"127.0.0.1:{operations}")
        self.addCleanup(lambda: self.metadata.process.poll() is None and self.metadata.kill())
        self.metadata.wait_ready(f"http://127.0.0.1:{operations}/readyz")

    def new_target(self) -> str:
        return f"/movies?year={1900 + next(self.numbers) % 100}&page={next(self.numbers)}"

    def ask_new(self, gateway: Gateway, count: int) -> list[float]:
        """Asks for what nobody has asked for; how long each took, in seconds."""
        times = []
        for _ in range(count):
            started = time.monotonic()
            status = harness.get(gateway.url + self.new_target())[0]
            times.append(time.monotonic() - started)
            self.assertEqual(status, 200)
        return times

    def test_whatever_redis_does_there_is_no_error_and_no_long_wait(self):
        gateway = Gateway(self)
        hot = gateway.url + "/movies?page=1"
        self.assertEqual(harness.get(hot)[0], 200)
        self.ask_new(gateway, 20)
        for disturb, mend in ((self.redis.pause, self.redis.resume), (self.redis.kill, self.redis.start),
                              (lambda: self.redis.ask("FLUSHALL"), lambda: None)):
            disturb()
            # A few wait for their deadline, the rest for nothing; the median is not one of them.
            self.assertLess(statistics.median(self.ask_new(gateway, 40)), 0.1)
            self.assertEqual(harness.get(hot)[0], 200)
            self.assertEqual(harness.get(gateway.url + "/readyz")[0], 200)
            mend()
        self.assertEqual(gateway.stop(), 0)


if __name__ == "__main__":
    harness.main()
