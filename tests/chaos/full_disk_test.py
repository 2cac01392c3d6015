#!/usr/bin/python3
"""A full disk: what there is stays readable, writes are refused with the reason, logs that cannot be written hold nobody up,
and all goes on by itself once there is room again."""

import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
import harness  # noqa: E402
import history  # noqa: E402
import recorder  # noqa: E402
from small_disk import NoMount, SmallDisk  # noqa: E402

DISK_MEGABYTES = 24
LOG_MEGABYTES = 1
BACK_SECONDS = 5
TARGETS = ["/api/v1/home", "/api/v1/movies?sort=title", "/api/v1/movies?q=record", "/api/v1/genres"]


class FullDisk(harness.TestCase):
    def disk(self, megabytes: int) -> SmallDisk:
        try:
            disk = SmallDisk(self.folder / "disk", megabytes)
        except NoMount as reason:
            self.skipTest(str(reason))
        self.addCleanup(disk.unmount)
        return disk

    def recorder(self, program: harness.Filmoteka) -> recorder.Recorder:
        """Works when it is told to, in this thread."""
        made = recorder.Recorder("r", [program.metadata], rate=1, films=20, seed=1)
        self.addCleanup(made.client.close)
        return made

    def start(self, folder: pathlib.Path, data: pathlib.Path) -> harness.Filmoteka:
        program = harness.Filmoteka(folder, data, "--no-starter", env={"FILMOTEKA_SCRAPER_RUN_SCHEDULES": "off"})
        self.addCleanup(lambda: program.process.poll() is None and program.kill())
        return program.wait()

    def assert_readable(self, program: harness.Filmoteka):
        for target in TARGETS:
            self.assertEqual(harness.get(program.url + target)[0], 200, target)

    def test_of_the_films(self):
        disk = self.disk(DISK_MEGABYTES)
        program = self.start(self.folder, disk.folder / "data")
        client = self.recorder(program)
        for _ in range(20):
            client.write()
        self.assertEqual(set(client.statuses), {200})

        disk.fill()
        for _ in range(10):
            client.write()
        self.assertLessEqual(set(client.statuses), {200, 503, 507})
        self.assertGreaterEqual(len(client.refusals), 9, "the disk was not full")
        self.assertTrue(all("disk" in refusal for refusal in client.refusals), client.refusals)
        self.assert_readable(program)

        disk.free()
        acknowledged = client.statuses[200]
        harness.wait_until(lambda: client.write() or client.statuses[200] > acknowledged, "writes", BACK_SECONDS)
        for _ in range(10):
            client.write()
        self.assertEqual(program.stop(), 0)

        program = self.start(self.folder, disk.folder / "data")
        again = [program.metadata]
        client.client.forget(client.replicas[0])
        for film in client.ids:
            self.assertTrue(client.read(film, again[0], final=True))
        found = history.summary(client.operations)
        self.assertEqual([str(one) for one in found.violations], [])
        print(f"{found}", flush=True)
        self.assertEqual(program.stop(), 0)

    def test_of_the_logs(self):
        disk = self.disk(LOG_MEGABYTES)
        program = self.start(disk.folder, self.data)
        disk.fill()
        client = self.recorder(program)
        for _ in range(20):
            client.write()
        self.assertEqual(set(client.statuses), {200})
        self.assert_readable(program)

        disk.free()
        def written():
            self.assert_readable(program)
            return [line for line in program.output().splitlines()[-len(TARGETS):] if "/api/v1/genres" in line]
        line = harness.wait_until(written, "a line in the log", BACK_SECONDS)[0]
        self.assertEqual(json.loads(line)["status"], 200)
        self.assertEqual(program.stop(), 0)

    def test_output_that_nobody_takes(self):
        port = harness.free_port_block()
        with open("/dev/full", "wb") as full:
            process = subprocess.Popen([harness.BIN / "filmoteka", "up", "--data", self.data, "--port", str(port),
                                        "--no-starter"], stdin=subprocess.DEVNULL, stdout=full, stderr=full)
        self.addCleanup(lambda: process.poll() is None and (process.kill(), process.wait()))
        url = f"http://127.0.0.1:{port}/api/v1"
        harness.wait_until(lambda: harness.get(url + "/readyz")[0] == 200, "it to be ready")
        self.assertEqual(harness.get(url + "/home")[0], 200)
        process.terminate()
        self.assertEqual(process.wait(30), 0)


if __name__ == "__main__":
    harness.main()
