#!/usr/bin/python3
"""Real gateways that share what they have fetched through a real Redis, which may be killed, frozen, wiped or lying."""

import itertools
import re
import statistics
import time

import harness
import redis_server

FRESH = {"FILMOTEKA_GATEWAY_CACHE_FRESH": "1h", "FILMOTEKA_GATEWAY_RATE_LIMIT_ENABLED": "false"}
BUSY = 3  # seconds that a busy machine may take beyond what is promised


class Gateway(harness.Program):
    def __init__(self, test: "SecondLevel"):
        port, operations = harness.free_port(), harness.free_port()
        super().__init__(test.folder, "filmoteka-gateway", "--data", test.folder / f"gateway-{port}", "--metadata",
                         test.metadata_url, "--redis", test.redis.url, "--listen", f"127.0.0.1:{port}", "--ops-listen",
                         f"127.0.0.1:{operations}", env=FRESH)
        test.addCleanup(lambda: self.process.poll() is None and self.kill())
        self.url = f"http://127.0.0.1:{port}/api/v1"
        self.operations = f"http://127.0.0.1:{operations}"
        self.wait_ready(self.url + "/readyz")

    def metric(self, name: str) -> float:
        """Of one line with all its labels; 0 when there is none."""
        text = harness.get(self.operations + "/metrics")[2].decode()
        found = re.search("^" + re.escape(name) + r" (\S+)$", text, re.MULTILINE)
        return float(found[1]) if found else 0.0

    def lookups(self, result: str) -> float:
        return self.metric(f'filmoteka_gateway_second_level_lookups_total{{result="{result}"}}')

    def writes(self, *results: str) -> float:
        return sum(self.metric(f'filmoteka_gateway_second_level_writes_total{{result="{result}"}}')
                   for result in results)


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

    def asked_again(self, gateway: Gateway):
        """Asks for new pages until Redis has answered once more."""
        before = gateway.lookups("miss")

        def answered():
            self.ask_new(gateway, 1)
            return gateway.lookups("miss") > before

        harness.wait_until(answered, "Redis to be asked again", seconds=2 + BUSY)

    def test_whatever_redis_does_there_is_no_error_and_no_long_wait(self):
        gateway = Gateway(self)
        hot = gateway.url + "/movies?page=1"
        self.assertEqual(harness.get(hot)[0], 200)
        for disturb, mend in ((self.redis.pause, self.redis.resume), (self.redis.kill, self.redis.start),
                              (lambda: self.redis.ask("FLUSHALL"), lambda: None)):
            disturb()
            # A few wait for their deadline, the rest for nothing; the median is not one of them.
            self.assertLess(statistics.median(self.ask_new(gateway, 40)), 0.1)
            self.assertEqual(harness.get(hot)[0], 200)
            self.assertEqual(harness.get(gateway.url + "/readyz")[0], 200)
            mend()
            self.asked_again(gateway)
        self.assertGreater(gateway.lookups("error"), 0)
        self.assertEqual(gateway.stop(), 0)

    def fetched_by(self, gateway: Gateway) -> tuple[str, bytes]:
        """A new target and its answer, which lies in Redis now."""
        ended = "written", "failed", "dropped"

        # On a busy machine Redis may take longer than the 10 ms that it is given: then another target is.
        def written():
            target, before, written_before = self.new_target(), gateway.writes(*ended), gateway.writes("written")
            status, _, body = harness.get(gateway.url + target)
            self.assertEqual(status, 200)
            harness.wait_until(lambda: gateway.writes(*ended) > before, "the write to end")
            return (target, body) if gateway.writes("written") > written_before else None

        return harness.wait_until(written, "an answer to be in Redis")

    def test_what_one_gateway_has_fetched_another_answers_without_metadata(self):
        first, second = Gateway(self), Gateway(self)
        target, body = self.fetched_by(first)
        self.metadata.kill()
        found = harness.wait_until(lambda: [answer for answer in [harness.get(second.url + target)]
                                            if answer[0] == 200], "the answer from Redis")
        self.assertEqual(found[0][2], body)
        self.assertEqual(second.lookups("hit"), 1)

    def test_garbage_in_redis_is_fetched_again(self):
        first, second = Gateway(self), Gateway(self)

        def unusable():
            target, body = self.fetched_by(first)
            for name in self.redis.ask("KEYS", "filmoteka:answer:*").split():
                self.redis.ask("SET", name, "garbage")
            found = harness.get(second.url + target)
            self.assertEqual((found[0], found[2]), (200, body))
            return second.lookups("unusable")

        harness.wait_until(unusable, "the garbage to be found")
        self.assertEqual(second.lookups("hit"), 0)


if __name__ == "__main__":
    harness.main()
