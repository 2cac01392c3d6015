#!/usr/bin/python3
"""The all-in-one process: what its user sees when it starts, stops, is killed, and when it cannot start."""

import json
import signal
import time

import harness


class StartAndStop(harness.TestCase):
    def test_an_empty_catalogue_is_filled_and_the_address_is_printed(self):
        program = self.up().wait()
        harness.wait_until(lambda: program.total() > 3000, "the starter films")
        self.assertIn(program.url, program.output())
        status, headers, body = harness.get(program.url + "/")
        self.assertEqual(status, 200)
        self.assertIn("text/html", headers["Content-Type"])
        self.assertIn(b"<div id=\"app\"", body)

    def test_no_starter_leaves_it_empty(self):
        program = self.up("--no-starter").wait()
        self.assertEqual(program.total(), 0)
        self.assertEqual(program.stop(), 0)

    def test_ctrl_c_ends_it_cleanly_within_two_seconds(self):
        program = self.up("--no-starter").wait()
        started = time.monotonic()
        self.assertEqual(program.stop(signal.SIGINT), 0)
        self.assertLess(time.monotonic() - started, 2.0)

    def test_ctrl_c_in_the_middle_of_the_starter_import_ends_it_cleanly(self):
        program = self.up().wait()
        self.assertEqual(program.stop(signal.SIGINT), 0)
        self.assertGreater(self.up().wait().process.pid, 0)

    def test_the_films_are_there_after_kill_9(self):
        program = self.up().wait()
        harness.wait_until(lambda: program.total() > 3000, "the starter films")
        total = program.total()
        program.kill()
        again = self.up("--no-starter").wait()
        self.assertEqual(again.total(), total)

    def test_two_processes_never_open_one_folder(self):
        self.up("--no-starter").wait()
        second = harness.Filmoteka(self.folder, self.data, "--no-starter")
        self.assertNotEqual(second.process.wait(30), 0)
        self.assertIn(str(self.data), second.output())

    def test_a_taken_port_is_named(self):
        first = self.up("--no-starter").wait()
        done = harness.filmoteka("up", "--data", self.folder / "other", "--port", first.port, "--no-starter",
                                 check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("Address already in use", done.stderr)

    def test_every_log_line_is_one_json_object(self):
        program = self.up("--no-starter").wait()
        harness.get(program.url + "/api/v1/movies?q=%22%0A%0D%1B%E2%80%A8",
                    headers={"User-Agent": "x\"y\\z", "X-Request-Id": "bad id"})
        self.assertEqual(program.stop(), 0)
        lines = [line for line in program.output().splitlines() if line.startswith("{")]
        self.assertGreater(len(lines), 3)
        for line in lines:
            self.assertIn("msg", json.loads(line))

    def test_all_wrong_settings_are_named_at_once(self):
        file = self.folder / "filmoteka.yaml"
        file.write_text("gateway:\n  listen: nowhere\n  lisen: 127.0.0.1:1\nmetadata:\n  max_body: -3\n")
        done = harness.filmoteka("config", "check", "--config", file, check=False)
        self.assertNotEqual(done.returncode, 0)
        for word in ("listen", "lisen", str(file)):
            self.assertIn(word, done.stdout + done.stderr)


if __name__ == "__main__":
    harness.main()
