#!/usr/bin/python3
"""Somebody sets the clock, an hour or a day forward or back: nothing spins, what is cached is still renewed, and cursors
still work. (Schedules: tests/load/clock.py, which takes minutes.)"""

import email.utils
import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import harness  # noqa: E402
import recorder  # noqa: E402
from faked_clock import FakedClock  # noqa: E402

HOUR, DAY = 3600, 86400
JUMPS = [HOUR, 0, -HOUR, DAY, -DAY, 0]  # offsets from the true time, one after another
WATCHED_SECONDS = 1
BUSY_SHARE = 0.3  # of a processor
SHOWN_SECONDS = 5  # until a change is shown by the gateway
FILMS = 60
TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(process: int) -> float:
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


class ClockJump(harness.TestCase):
    def start(self, *arguments, env=None) -> harness.Filmoteka:
        self.clock = FakedClock(self.folder)
        program = self.up("--no-starter", *arguments, env={
            **self.clock.env(harness.BIN / "filmoteka"), "FILMOTEKA_GATEWAY_RATE_LIMIT_ENABLED": "off", **(env or {})})
        return program.wait()

    def jump(self, program: harness.Filmoteka, offset: int) -> float:
        """The share of a processor that it takes afterwards, with nothing to do."""
        self.clock.set(offset)
        before = processor_seconds(program.process.pid)
        time.sleep(WATCHED_SECONDS)
        return (processor_seconds(program.process.pid) - before) / WATCHED_SECONDS

    def test_of_what_is_served(self):
        program = self.start(env={"FILMOTEKA_SCRAPER_RUN_SCHEDULES": "off"})
        client = recorder.Client()
        self.addCleanup(client.close)

        def put(version: int):
            rows = [recorder.row_of(f"film-{number}", version) for number in range(FILMS)]
            status, answer = client.ask(program.metadata, "POST", "/movies:batch", rows)
            self.assertEqual(status, 200, answer)
            return answer["results"][0]["id"]

        film = put(1)
        api = program.url + "/api/v1"
        cursor = harness.get_json(api + "/movies?sort=added_at&per_page=20")[1]["page"]["next_cursor"]
        expected = harness.get_json(api + f"/movies?sort=added_at&per_page=20&cursor={cursor}")[1]["items"]
        harness.get(f"{api}/movies/{film}")
        for version, offset in enumerate(JUMPS, 2):
            with self.subTest(f"{offset:+d} s"):
                share = self.jump(program, offset)
                self.assertLess(share, BUSY_SHARE)
                status, headers, _ = harness.get(api + "/home")
                self.assertEqual(status, 200)
                shown = email.utils.parsedate_to_datetime(headers["Date"]).timestamp()
                self.assertLess(abs(shown - time.time() - offset), 5, "the jump was not seen")
                self.assertLess(int(headers.get("Age", 0)), 60)
                status, page = harness.get_json(api + f"/movies?sort=added_at&per_page=20&cursor={cursor}")
                self.assertEqual(status, 200, page)
                self.assertEqual([one["id"] for one in page["items"]], [one["id"] for one in expected])
                put(version)
                description = recorder.row_of("film-0", version)["description"]
                harness.wait_until(lambda: harness.get_json(f"{api}/movies/{film}")[1].get("description") == description,
                                   "the change to be shown", SHOWN_SECONDS)
                print(f"{offset:+d} s: {100 * share:.0f} % of a processor", flush=True)
        self.assertEqual(program.stop(), 0)


if __name__ == "__main__":
    harness.main()
