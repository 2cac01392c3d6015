#!/usr/bin/python3
"""SIGHUP at the gateway: the settings are read again, nobody's connection ends, and a bad file changes nothing."""

import http.client
import json
import signal

import harness


class Reload(harness.TestCase):
    def setUp(self):
        super().setUp()
        self.file = self.folder / "filmoteka.yaml"
        self.write("access_log: true")
        self.port, operations = harness.free_port(), harness.free_port()
        self.operations = f"http://127.0.0.1:{operations}"
        self.gateway = harness.Program(
            self.folder, "filmoteka-gateway", "--config", self.file, "--listen", f"127.0.0.1:{self.port}",
            "--ops-listen", f"127.0.0.1:{operations}", "--metadata", f"http://127.0.0.1:{harness.free_port()}")
        self.addCleanup(lambda gateway=self.gateway: gateway.process.poll() is None and gateway.kill())
        self.gateway.wait_ready(f"http://127.0.0.1:{self.port}/robots.txt")
        harness.wait_until(lambda: harness.get_json(f"{self.operations}/readyz")[1]["status"] != "starting", "its start")

    def write(self, *lines):
        self.file.write_text("gateway:\n" + "".join(f"  {line}\n" for line in lines))

    def hang_up(self, expected):
        before = self.gateway.output().count(expected)
        self.gateway.process.send_signal(signal.SIGHUP)
        harness.wait_until(lambda: self.gateway.output().count(expected) > before, expected, 15)

    def setting(self, name):
        return harness.get_json(f"{self.operations}/config")[1]["gateway"][name]["value"]

    def lines_of(self, path):
        return [line for line in self.gateway.output().splitlines() if f'"path":"{path}"' in line]

    def test_settings_change_while_a_connection_stays(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        self.addCleanup(connection.close)

        def ask(path):
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            return answer.status

        self.assertEqual(ask("/robots.txt"), 200)
        socket_before = connection.sock
        self.write("access_log: false", "log_level: warning")
        self.gateway.process.send_signal(signal.SIGHUP)
        harness.wait_until(lambda: self.setting("log_level") == "warning", "the new settings", 15)
        ask("/after-the-change")
        self.write("access_log: true", "log_level: info", "threads: 3", "max_connections: 7")
        self.hang_up("the settings were read again")
        ask("/after-the-second")
        harness.wait_until(lambda: self.lines_of("/after-the-second"), "the access log", 15)
        self.assertEqual(self.lines_of("/after-the-change"), [])
        self.assertIs(connection.sock, socket_before)
        warnings = [json.loads(line) for line in self.gateway.output().splitlines() if "need a restart" in line]
        self.assertEqual([warning["settings"] for warning in warnings], ["gateway.threads"])

    def test_quotas_and_lifetimes_change_for_what_comes_from_now_on(self):
        metadata, operations = harness.free_port(), harness.free_port()
        service = harness.Program(self.folder, "filmoteka-metadata", "--data", self.data, "--listen",
                                  f"127.0.0.1:{metadata}", "--ops-listen", f"127.0.0.1:{operations}")
        self.addCleanup(lambda: service.process.poll() is None and service.kill())
        service.wait_ready(f"http://127.0.0.1:{operations}/readyz")
        gateway, operations = harness.free_port(), harness.free_port()
        self.operations = f"http://127.0.0.1:{operations}"
        self.gateway = harness.Program(
            self.folder, "filmoteka-gateway", "--config", self.file, "--listen", f"127.0.0.1:{gateway}", "--ops-listen",
            f"127.0.0.1:{operations}", "--metadata", f"http://127.0.0.1:{metadata}")
        self.addCleanup(lambda gateway=self.gateway: gateway.process.poll() is None and gateway.kill())
        movies = f"http://127.0.0.1:{gateway}/api/v1/movies"
        self.gateway.wait_ready(f"{self.operations}/readyz")

        def said(page):
            _, headers, _ = harness.get(f"{movies}?page={page}")
            return headers["Cache-Control"].split(",")[1].strip(), headers["RateLimit-Policy"]

        self.assertEqual(said(1), ("max-age=5", '"api";q=1200;w=60'))
        self.write("cache:", "  fresh: 7s", "rate_limit:", "  api: 3", "  cached: 90")
        self.hang_up("the settings were read again")
        self.assertEqual(said(2), ("max-age=7", '"api";q=3;w=60'))
        self.assertEqual(said(2)[1], '"cached";q=90;w=60')
        statuses = [harness.get(f"{movies}?page={page}")[0] for page in range(3, 9)]
        self.assertIn(429, statuses)
        self.write("access_log: true")
        self.hang_up("the settings were read again")
        self.assertEqual(harness.get(f"{movies}?page=9")[1]["RateLimit-Policy"], '"api";q=1200;w=60')
        self.assertNotIn("need a restart", self.gateway.output())

    def test_a_bad_file_changes_nothing_and_is_complained_of(self):
        self.write("access_log: perhaps", "max_connectons: 5")
        self.hang_up("the settings are wrong: those in force stay")
        self.assertIn("max_connectons", self.gateway.output())
        self.assertEqual(self.setting("access_log"), "true")
        self.assertEqual(harness.get(f"http://127.0.0.1:{self.port}/robots.txt")[0], 200)
        self.file.unlink()
        self.hang_up("the settings are wrong: those in force stay")
        self.assertEqual(self.gateway.stop(), 0)


if __name__ == "__main__":
    harness.main()
