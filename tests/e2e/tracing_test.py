#!/usr/bin/python3
"""Traces of real processes at a collector: who called whom, in one trace; and a collector that is away hurts nobody."""

import harness
from collector import Collector
from simulated_rutube import FakeRutube, definition

SERVER, CLIENT, INTERNAL = 2, 3, 1
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = "00f067aa0ba902b7"


class Tracing(harness.TestCase):
    def setUp(self):
        super().setUp()
        self.collector = Collector()
        self.addCleanup(self.collector.close)

    def start(self, ratio="1", *arguments, env=None):
        env = {"FILMOTEKA_COMMON_OTLP_ENDPOINT": self.collector.url, "FILMOTEKA_COMMON_OTLP_SAMPLE_RATIO": ratio, **(env or {})}
        return self.up(*arguments, env=env).wait()

    def spans(self, count, **wanted):
        """At least so many of them; they come once a second."""
        return harness.wait_until(lambda: (found := self.collector.spans(**wanted)) and len(found) >= count and found,
                                  f"{count} spans with {wanted}", 20)

    def test_one_request_is_one_trace_through_gateway_and_metadata(self):
        filmoteka = self.start("0", "--no-starter")
        harness.get(filmoteka.url + "/api/v1/movies?genre=drama", {"traceparent": f"00-{TRACE}-{PARENT}-01"})
        metadata, = self.spans(1, service="metadata", traceId=TRACE, kind=SERVER)
        call, = self.spans(1, service="gateway", traceId=TRACE, kind=CLIENT)
        gateway, = self.spans(1, service="gateway", traceId=TRACE, kind=SERVER)
        self.assertEqual(gateway["parentSpanId"], PARENT)
        self.assertEqual(call["parentSpanId"], gateway["spanId"])
        self.assertEqual(metadata["parentSpanId"], call["spanId"])
        self.assertEqual(gateway["name"], "GET /api/v1/movies")
        self.assertEqual(gateway["facts"]["http.response.status_code"], 200)
        self.assertEqual(gateway["facts"]["filmoteka.cache"], "miss")
        self.assertEqual(gateway["facts"]["filmoteka.request_id"], metadata["facts"]["filmoteka.request_id"])
        inner, outer = ([int(span[end]) for end in ("startTimeUnixNano", "endTimeUnixNano")] for span in (call, gateway))
        self.assertLessEqual(outer[0], inner[0])
        self.assertLessEqual(inner[1], outer[1])

    def test_who_began_the_trace_decides_whether_it_is_recorded(self):
        filmoteka = self.start("1", "--no-starter")
        harness.get(filmoteka.url + "/api/v1/genres", {"traceparent": f"00-{TRACE}-{PARENT}-00"})
        harness.get(filmoteka.url + "/api/v1/movies?page=1")
        self.spans(1, service="gateway", kind=SERVER, name="GET /api/v1/movies")
        self.assertEqual(self.collector.spans(traceId=TRACE), [])

    def test_a_hit_is_a_trace_too_and_the_log_names_it(self):
        filmoteka = self.start("1", "--no-starter")
        for _ in range(2):
            harness.get(filmoteka.url + "/api/v1/movies?page=1")
        found = self.spans(2, service="gateway", kind=SERVER, name="GET /api/v1/movies")
        self.assertEqual(sorted(span["facts"]["filmoteka.cache"] for span in found), ["hit", "miss"])
        for span in found:
            self.assertNotIn("parentSpanId", span)
            self.assertIn(span["traceId"], filmoteka.output())

    def test_films_that_are_handed_over_are_traced_into_metadata(self):
        rutube = FakeRutube(self.folder, "--films", "60")
        self.addCleanup(rutube.kill)
        sources = self.folder / "sources"
        sources.mkdir()
        (sources / "rutube-test.yaml").write_text(definition(rutube.url))
        filmoteka = self.start("1", "--no-starter", env={"FILMOTEKA_SCRAPER_SOURCES": str(sources), "FILMOTEKA_SCRAPER_FETCH_DELAY": "0ms",
                                                         "FILMOTEKA_SCRAPER_FETCH_SOURCE_DELAYS": "false"})
        self.assertEqual(harness.get(filmoteka.scraper + "/internal/v1/sources/rutube-test/run", method="POST")[0], 202)
        handed = self.spans(1, name="hand over films", kind=INTERNAL)[0]
        call, = self.spans(1, parentSpanId=handed["spanId"])
        received, = self.spans(1, parentSpanId=call["spanId"])
        self.assertEqual((call["kind"], received["kind"]), (CLIENT, SERVER))
        self.assertEqual(received["service"], "metadata")
        self.assertGreater(handed["facts"]["filmoteka.films"], 0)

    def test_an_error_is_one_in_the_trace(self):
        gateway = harness.Service(self.folder, "filmoteka-gateway", "--metadata", f"http://127.0.0.1:{harness.free_port()}",
                                  env={"FILMOTEKA_COMMON_OTLP_ENDPOINT": self.collector.url})
        self.addCleanup(lambda: gateway.process.poll() is None and gateway.kill())
        gateway.wait_ready(gateway.url + "/api/v1/healthz")
        harness.get(gateway.url + "/api/v1/movies", {"traceparent": f"00-{TRACE}-{PARENT}-01"})
        span, = self.spans(1, traceId=TRACE, kind=SERVER)
        self.assertEqual(span["status"]["code"], 2)

    def test_a_collector_that_is_away_costs_spans_and_nothing_else(self):
        self.collector.answer = 503
        filmoteka = self.start("1", "--no-starter")
        self.assertEqual(harness.get(filmoteka.url + "/api/v1/movies?page=1")[0], 200)
        harness.wait_until(lambda: self.collector.refused, "the first refusal")
        self.assertIn("the collector of traces takes no spans", filmoteka.output())
        self.collector.answer = 200
        self.spans(1, service="gateway", kind=SERVER, name="GET /api/v1/movies")
        harness.wait_until(lambda: "the collector of traces is back" in filmoteka.output(), "a line that says so")
        metrics = harness.get(f"http://127.0.0.1:{filmoteka.port + 1000}/metrics")[2].decode()
        self.assertRegex(metrics, r'filmoteka_trace_spans_total\{result="exported"\} [1-9]')

    def test_the_last_spans_are_sent_before_the_process_ends(self):
        filmoteka = self.start("1", "--no-starter")
        harness.get(filmoteka.url + "/api/v1/movies?page=2")
        self.assertEqual(filmoteka.stop(), 0)
        self.assertTrue(self.collector.spans(service="gateway", kind=SERVER, name="GET /api/v1/movies"))

    def test_a_stop_does_not_wait_for_a_collector_that_is_away(self):
        filmoteka = self.start("1", "--no-starter")
        self.collector.close()
        harness.get(filmoteka.url + "/api/v1/movies?page=2")
        self.assertEqual(filmoteka.stop(seconds=8), 0)


if __name__ == "__main__":
    harness.main()
