#!/usr/bin/python3
"""The Debian packages in a clean Debian machine: installed, started by systemd, used, upgraded, removed and purged.

The machine is a container with systemd as process 1 (machine.py); the packages are made from what is built (debs.py).
Tests of a class are steps: they run in the order of their numbers, on one machine.
"""

import atexit
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))

import debs  # noqa: E402
import harness  # noqa: E402
from machine import Machine, checked  # noqa: E402

OLD, NEW = "0.1.0", "0.2.0"
GATEWAY, METADATA, SCRAPER = "http://127.0.0.1:8080", "http://127.0.0.1:8081/internal/v1", "http://127.0.0.1:8082/internal/v1"
STARTER_FILMS = 3000  # there are some more
EXPOSURE = 1.5  # of systemd-analyze security, from 0 (nothing) to 10
# What lintian says of a package that was never in Debian's archive.
NOT_FOR_US = "initial-upload-closes-no-bugs"
FILM = {"title": "Фильм из пакета", "source": "test", "source_id": "1", "source_url": ""}


def setUpModule():
    global folder, packages
    folder = pathlib.Path(tempfile.mkdtemp(prefix="filmoteka-debs-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # also when the test is interrupted
    packages = {OLD: debs.make(folder / OLD, OLD), NEW: debs.make(folder / NEW, NEW, ["filmoteka", "web", "sources"])}


def of(version: str, *names: str) -> list[pathlib.Path]:
    return [packages[version][name] for name in names]


class OnOneMachine(unittest.TestCase):
    wanted = ()

    @classmethod
    def setUpClass(cls):
        if os.geteuid() != 0:
            raise unittest.SkipTest("only root can boot a machine")
        cls.machine = Machine(folder)
        cls.addClassCleanup(cls.machine.close)
        cls.machine.fetch(*of(OLD, *cls.wanted))
        if debs.uses_sanitizers(debs.build_folder()):
            # LeakSanitizer needs ptrace, which the units forbid; the other sanitizers watch on.
            for unit in ("filmoteka", "filmoteka-gateway", "filmoteka-metadata", "filmoteka-scraper"):
                drop_in = cls.machine.path(f"/etc/systemd/system/{unit}.service.d/sanitizers.conf")
                drop_in.parent.mkdir(parents=True)
                drop_in.write_text("[Service]\nEnvironment=ASAN_OPTIONS=detect_leaks=0\n")
        cls.machine.boot()

    def total(self) -> int:
        page = self.machine.get_json(GATEWAY + "/api/v1/movies?per_page=1")
        return page["page"]["total"] if page else 0

    def wait_for_films(self, at_least: int):
        try:
            harness.wait_until(lambda: self.total() >= at_least, f"{at_least} films to be served", 120)
        except AssertionError as error:
            units = self.machine.run("systemctl", "--no-pager", "status", "filmoteka*", check=False).stdout
            raise AssertionError(f"{error}\n{units}") from None

    def add_film(self) -> str:
        status, body = self.machine.post(METADATA + "/movies", FILM)
        self.assertEqual(status, 201, body)
        return json.loads(body)["id"]

    def assert_has_film(self, number):
        film = harness.wait_until(lambda: self.machine.get_json(f"{GATEWAY}/api/v1/movies/{number}"), "the film", 60)
        self.assertEqual(film["title"], FILM["title"])

    def assert_confined(self, unit: str):
        """The process of a unit runs as its own user, without any capability and any way to new ones."""
        process = self.machine.unit(unit, "MainPID")
        self.assertEqual(self.machine.run("stat", "-c", "%U", f"/proc/{process}").stdout.strip(), "filmoteka")
        status = self.machine.run("cat", f"/proc/{process}/status").stdout
        for line in ("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2"):
            self.assertIn(line, status)


class Packages(unittest.TestCase):
    """What can be said of the files alone."""

    def test_lintian_has_nothing_to_say(self):
        done = subprocess.run(["lintian", "--allow-root", "--fail-on", "error,warning", "--suppress-tags", NOT_FOR_US,
                               *packages[OLD].values()], capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_there_is_one_for_each_service_for_all_of_them_and_for_what_they_share(self):
        self.assertEqual(sorted(packages[OLD]), ["filmoteka", "filmoteka-gateway", "filmoteka-metadata", "filmoteka-scraper",
                                                 "filmoteka-sources", "filmoteka-web"])

    def test_no_file_is_in_two_of_them(self):
        owners = {}
        for name, deb in packages[OLD].items():
            for line in checked("dpkg-deb", "--contents", deb).splitlines():
                path = line.split()[5]
                if not path.endswith("/"):
                    owners.setdefault(path, []).append(name)
        self.assertEqual({path: names for path, names in owners.items() if len(names) > 1}, {})

    def test_programs_are_stripped(self):
        unpacked = folder / "unpacked"
        for name in ("filmoteka", "filmoteka-gateway", "filmoteka-metadata", "filmoteka-scraper"):
            checked("dpkg-deb", "--extract", packages[OLD][name], unpacked)
            sections = checked("readelf", "--sections", "--wide", unpacked / "usr/bin" / name)
            self.assertNotIn(".debug_info", sections)
            self.assertNotIn(".symtab", sections)


class AllInOne(OnOneMachine):
    wanted = ("filmoteka", "filmoteka-web", "filmoteka-sources")

    def test_1_is_installed_and_serves_films(self):
        self.machine.install(*of(OLD, *self.wanted))
        self.assertEqual(self.machine.run("dpkg", "--verify", *self.wanted).stdout, "")
        self.assertEqual(self.machine.run("systemctl", "is-enabled", "filmoteka").stdout.strip(), "enabled")
        # apt has waited until it was ready; only the starter films take a moment more.
        self.assertEqual(self.machine.get(GATEWAY + "/api/v1/readyz")[0], 200)
        self.wait_for_films(STARTER_FILMS)
        status, page = self.machine.get(GATEWAY + "/")
        self.assertEqual(status, 200)
        self.assertIn("<title>", page)
        script = re.search(r'src="(/assets/[^"]+\.js)"', page)
        self.assertEqual(self.machine.get(GATEWAY + script[1])[0], 200)
        names = {source["name"] for source in self.machine.get_json(SCRAPER + "/sources")["items"]}
        self.assertIn("rutube-films", names)

    def test_2_is_confined_as_its_unit_says(self):
        self.assert_confined("filmoteka.service")
        checked_unit = self.machine.run("systemd-analyze", "verify", "--man=no", "filmoteka.service", check=False)
        self.assertEqual((checked_unit.returncode, checked_unit.stdout), (0, ""))
        said = self.machine.run("systemd-analyze", "security", f"--threshold={EXPOSURE * 10:.0f}", "--no-pager",
                                "filmoteka.service", check=False)
        self.assertEqual(said.returncode, 0, said.stdout)
        rights = self.machine.run("stat", "-c", "%U:%G %a", "/etc/filmoteka/filmoteka.yaml", "/var/lib/filmoteka").stdout
        self.assertEqual(rights.splitlines(), ["root:filmoteka 640", "filmoteka:filmoteka 700"])
        self.assertGreater(int(self.machine.unit("filmoteka.service", "MemoryMax")), 0)
        self.assertEqual(self.machine.unit("filmoteka.service", "LimitNOFILE"), "65536")
        self.assertIn('"Ready."', self.machine.journal("filmoteka.service"))

    def test_3_its_command_line_speaks_to_the_service(self):
        exported = self.machine.run("filmoteka", "export", "--data", "/var/lib/filmoteka").stdout
        self.assertGreater(exported.count("\n"), STARTER_FILMS)

    def test_4_comes_back_after_a_kill_with_all_that_it_acknowledged(self):
        type(self).film = self.add_film()
        self.assert_has_film(self.film)
        before = self.machine.unit("filmoteka.service", "MainPID")
        self.machine.run("systemctl", "kill", "--signal=KILL", "filmoteka.service")
        harness.wait_until(lambda: self.machine.unit("filmoteka.service", "MainPID") not in (before, "0"), "a restart", 60)
        self.wait_for_films(STARTER_FILMS)
        self.assert_has_film(self.film)

    def test_5_an_upgrade_keeps_edited_settings_and_data(self):
        settings = self.machine.path("/etc/filmoteka/filmoteka.yaml")
        settings.write_text(settings.read_text() + "  first_retry: 7m\n")
        before = self.machine.unit("filmoteka.service", "MainPID")
        said = self.machine.install(*of(NEW, *self.wanted))
        self.assertNotIn("Configuration file", said)
        self.assertEqual(self.machine.run("dpkg-query", "-Wf", "${Version}", "filmoteka").stdout, f"{NEW}-1")
        self.assertNotIn(self.machine.unit("filmoteka.service", "MainPID"), (before, "0"))
        self.assertIn("first_retry: 7m", settings.read_text())
        self.wait_for_films(STARTER_FILMS)
        self.assert_has_film(self.film)
        in_force = self.machine.get_json("http://127.0.0.1:9082/config")
        self.assertIn("7m", json.dumps(in_force))
        self.assertEqual(self.machine.run("stat", "-c", "%U:%G %a", "/etc/filmoteka/filmoteka.yaml").stdout.strip(),
                         "root:filmoteka 640")

    def test_6_what_is_stopped_stays_so_when_it_goes_back_to_the_old_version(self):
        self.machine.run("systemctl", "stop", "filmoteka.service")
        self.assertEqual(self.machine.unit("filmoteka.service", "Result"), "success")
        self.machine.install(*of(OLD, *self.wanted))
        self.assertFalse(self.machine.is_active("filmoteka.service"))
        self.machine.run("systemctl", "start", "filmoteka.service")
        self.assertGreater(self.total(), STARTER_FILMS)  # the start is over when films are served
        self.assert_has_film(self.film)

    def test_7_removal_stops_it_and_keeps_settings_and_data(self):
        self.machine.apt("remove", *self.wanted)
        self.assertFalse(self.machine.is_active("filmoteka.service"))
        self.assertEqual(self.machine.get(GATEWAY + "/")[0], 0)
        self.assertFalse(self.machine.path("/usr/bin/filmoteka").exists())
        self.assertIn("first_retry: 7m", self.machine.path("/etc/filmoteka/filmoteka.yaml").read_text())
        self.assertTrue(self.machine.path("/var/lib/filmoteka/metadata.db").exists())

    def test_8_a_new_installation_goes_on_with_them(self):
        self.machine.install(*of(OLD, *self.wanted))
        self.wait_for_films(STARTER_FILMS)
        self.assert_has_film(self.film)

    def test_9_purging_leaves_nothing_but_the_user(self):
        self.machine.apt("purge", *self.wanted)
        self.assertEqual(self.machine.run("dpkg-query", "-Wf", "${Package}\n", "filmoteka*", check=False).stdout.strip(),
                         "dpkg-query: no packages found matching filmoteka*")
        left = self.machine.run("find", "/", "-xdev", "-name", "*filmoteka*", "-not", "-path", "/proc/*", "-not", "-path",
                                "/debs/*", "-not", "-path", "/etc/systemd/system/*.d*").stdout.split()
        self.assertEqual(left, [])
        # A user that is removed may come again as another: Debian's packages leave it.
        self.assertIn("filmoteka", self.machine.run("id", "filmoteka").stdout)


class SeparateServices(OnOneMachine):
    wanted = ("filmoteka-gateway", "filmoteka-metadata", "filmoteka-scraper", "filmoteka-web", "filmoteka-sources", "filmoteka")
    services = ("filmoteka-metadata.service", "filmoteka-scraper.service", "filmoteka-gateway.service")

    def test_1_wait_for_their_operator(self):
        self.machine.install(*of(OLD, *self.wanted[:-1]))
        self.assertEqual(self.machine.run("dpkg", "--verify", *self.wanted[:-1]).stdout, "")
        for unit in self.services:
            self.assertFalse(self.machine.is_active(unit))
            self.assertEqual(self.machine.run("systemctl", "is-enabled", unit, check=False).stdout.strip(), "disabled")

    def test_2_start_with_the_settings_that_they_come_with(self):
        for unit in self.services:
            self.machine.run("systemctl", "enable", "--now", unit)
        for port in (9080, 9081, 9082):
            harness.wait_until(lambda port=port: self.machine.get(f"http://127.0.0.1:{port}/readyz")[0] == 200,
                               f"port {port} to be ready", 60)

    def test_3_are_confined_as_their_units_say(self):
        for unit in self.services:
            self.assert_confined(unit)
            verified = self.machine.run("systemd-analyze", "verify", "--man=no", unit, check=False)
            self.assertEqual((verified.returncode, verified.stdout), (0, ""))
            said = self.machine.run("systemd-analyze", "security", f"--threshold={EXPOSURE * 10:.0f}", "--no-pager", unit,
                                    check=False)
            self.assertEqual(said.returncode, 0, said.stdout)

    def test_4_serve_together_what_the_scraper_collects(self):
        status, body = self.machine.post(SCRAPER + "/sources/starter/run", {})
        self.assertEqual(status, 202, body)
        self.wait_for_films(STARTER_FILMS)
        type(self).film = self.add_film()
        self.assert_has_film(self.film)

    def test_5_the_gateway_reads_its_settings_again(self):
        settings = self.machine.path("/etc/filmoteka/gateway.yaml")
        settings.write_text(settings.read_text() + "  rate_limit: {search: 601}\n")
        before = self.machine.unit("filmoteka-gateway.service", "MainPID")
        self.machine.run("systemctl", "reload", "filmoteka-gateway.service")
        harness.wait_until(lambda: "601" in json.dumps(self.machine.get_json("http://127.0.0.1:9080/config")), "the reload", 60)
        harness.wait_until(lambda: '"taken_over":"gateway.rate_limit.search"' in self.machine.journal("filmoteka-gateway.service"),
                           "the line that says what was taken over", 60)
        self.assertEqual(self.machine.unit("filmoteka-gateway.service", "MainPID"), before)

    def test_6_are_not_replaced_by_the_all_in_one_that_is_installed_beside_them(self):
        before = [self.machine.unit(unit, "MainPID") for unit in self.services]
        self.machine.install(*of(OLD, "filmoteka"))
        self.assertEqual([self.machine.unit(unit, "MainPID") for unit in self.services], before)
        self.assertFalse(self.machine.is_active("filmoteka.service"))
        self.assertEqual(self.machine.run("dpkg", "--verify", *self.wanted, check=False).stdout.split(),
                         ["??5??????", "c", "/etc/filmoteka/gateway.yaml"])

    def test_7_make_way_for_the_all_in_one_when_it_is_told_to_start_and_back(self):
        self.machine.run("systemctl", "start", "filmoteka.service")
        self.assertEqual([self.machine.is_active(unit) for unit in self.services], [False] * 3)
        self.wait_for_films(STARTER_FILMS)
        self.machine.run("systemctl", "start", *self.services)
        self.assertFalse(self.machine.is_active("filmoteka.service"))
        self.wait_for_films(STARTER_FILMS)
        self.assert_has_film(self.film)

    def test_8_purging_the_all_in_one_leaves_the_data_of_the_services(self):
        self.machine.apt("purge", "filmoteka")
        self.assertTrue(self.machine.path("/var/lib/filmoteka/metadata/metadata.db").exists())
        self.assertFalse(self.machine.path("/var/lib/filmoteka/metadata.db").exists())
        self.assert_has_film(self.film)
        self.machine.apt("purge", *self.wanted[:-1])
        self.assertFalse(self.machine.path("/var/lib/filmoteka").exists())
        self.assertFalse(self.machine.path("/etc/filmoteka").exists())


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # an interruption that ends the tests
    harness.main()
