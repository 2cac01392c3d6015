#!/usr/bin/python3
"""deploy/compose in real containers: films come in by a scraper, both gateways serve them, containers die, everything is put away."""

import json
import os
import pathlib
import re
import shutil
import signal
import socket
import sys
import threading
import unittest

import engine

sys.path.insert(0, str(engine.ROOT / "tests/e2e"))
import harness  # noqa: E402  (the end-to-end tests' helpers)

SITE = 8088
PROMETHEUS = 9099
FILMS = 300
# Grafana is no package of Debian: nothing can stand in for it. Its files are checked by the tests of monitoring.
SERVICES = {"haproxy": 1, "gateway": 2, "metadata": 2, "scraper": 2, "postgres": 1, "redis": 1, "prometheus": 1, "site": 1}
OURS = [f"{service}_{number}" for service in ("gateway", "metadata", "scraper") for number in (1, 2)]
DEFINITION = """name: made-up
title: Films of the made-up site
kind: json
base_url: http://site:8000
network: {allow_private: true}
schedule: {every: 1h}
request: "/films?page={page}"
paging: {page: {first: 0, step: 1}}
items: films
fields:
  title: name
  source_id: id
  source_url: {template: "http://site:8000/film/{id}"}
  year: year
"""


class Compose:
    """The compose file as an operator has it, in a copy of deploy/ with secrets of its own."""

    def __init__(self, machine: engine.Engine):
        self.machine = machine
        deploy = machine.folder / "deploy"
        shutil.copytree(engine.ROOT / "deploy", deploy, ignore=shutil.ignore_patterns(".env"))
        self.folder = deploy / "compose"
        engine.run(self.folder / "make_secrets.sh")
        self.secrets = dict(line.split("=", 1) for line in (self.folder / ".env").read_text().splitlines() if "=" in line)
        sources = machine.folder / "sources"
        sources.mkdir()
        (sources / "made-up.yaml").write_text(DEFINITION)
        shutil.copy(engine.HERE / "compose.test.yaml", self.folder)
        self.environment = {**machine.environment, "FILMOTEKA_TEST_SOURCES": str(sources), "FILMOTEKA_PORT": str(SITE),
                            "PROMETHEUS_PORT": str(PROMETHEUS)}
        # What .env says goes before the environment in this podman-compose.
        text = re.sub(r"^FILMOTEKA_PORT=.*$", f"FILMOTEKA_PORT={SITE}", (self.folder / ".env").read_text(), flags=re.MULTILINE)
        (self.folder / ".env").write_text(text)

    def compose(self, *arguments: str) -> str:
        return engine.run("podman-compose", "-p", "filmoteka", "-f", "compose.yaml", "-f", "compose.test.yaml", *arguments,
                          cwd=self.folder, env=self.environment).stdout

    def up(self):
        self.compose("up", "-d", "--no-build", "haproxy", "scraper", "prometheus", "site")

    def down(self, *more: str):
        self.compose("down", "-t", "20", *more)

    def podman(self, *arguments, **more) -> str:
        return self.machine.podman(*arguments, **more)

    def container(self, name: str) -> dict:
        return json.loads(self.podman("container", "inspect", f"filmoteka_{name}"))[0]

    def state(self, name: str) -> str:
        return self.container(name)["State"]["Status"]

    def address(self, name: str) -> str:
        return self.container(name)["NetworkSettings"]["Networks"]["filmoteka_back"]["IPAddress"]

    def is_healthy(self, name: str) -> bool:
        """What the container's own health check says: there is no systemd here that would ask it now and then."""
        done = engine.run("podman", "healthcheck", "run", f"filmoteka_{name}", check=False, env=self.machine.environment)
        return done.returncode == 0

    def logs(self) -> str:
        names = self.podman("ps", "--all", "--format", "{{.Names}}").split()
        found = []
        for name in names:
            done = engine.run("podman", "logs", "--tail", "15", name, check=False, env=self.machine.environment)
            found.append(f"== {name} {self.podman('inspect', '--format', '{{.State.Status}} {{.State.ExitCode}}', name)}{done.stdout}{done.stderr}")
        return "\n".join(found)

    def wait_healthy(self):
        names = [f"{service}_{number}" for service, count in SERVICES.items() if service != "site" for number in range(1, count + 1)]
        for name in names:
            harness.wait_until(lambda one=name: self.is_healthy(one), f"{name} to be healthy", 120)


class Visitor(threading.Thread):
    """Asks the site for films again and again until the end of the `with`; a page that differs each time passes the caches."""

    def __init__(self):
        super().__init__(daemon=True)
        self.asked = 0
        self.failed: list[str] = []
        self.ends = threading.Event()

    def run(self):
        while not self.ends.is_set():
            target = f"/api/v1/movies?per_page=1&page={self.asked % FILMS + 1}&sort=title"
            status, _, body = harness.get(f"http://127.0.0.1:{SITE}{target}")
            self.asked += 1
            if status != 200 or json.loads(body)["page"]["total"] != FILMS:
                self.failed.append(f"{target}: {status} {body[:200]!r}")

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.ends.set()
        self.join()


def total(base: str) -> int:
    status, page = harness.get_json(f"{base}/api/v1/movies?per_page=1")
    return page["page"]["total"] if status == 200 else -1


class ComposeTest(unittest.TestCase):
    """One long story; the tests run in the order of their names."""

    compose: Compose

    def test_1_comes_up_healthy_and_films_come_in(self):
        self.compose.up()
        self.compose.wait_healthy()
        harness.wait_until(lambda: total(f"http://127.0.0.1:{SITE}") == FILMS, "the films of the source", 120)

    def test_2_both_gateways_serve_the_films_and_the_web_app(self):
        for name in ("gateway_1", "gateway_2"):
            base = f"http://{self.compose.address(name)}:8080"
            harness.wait_until(lambda at=base: total(at) == FILMS, f"the films of {name}")
            self.assertIn(b'<div id="app"', harness.get(base + "/")[2])
        served = set()
        harness.wait_until(lambda: served.add(self.gateway_of_a_request()) or len(served) == 2, "HAProxy to use both gateways", 30)

    def gateway_of_a_request(self) -> str:
        """Which gateway has counted it."""
        before = {name: self.requests(name) for name in ("gateway_1", "gateway_2")}
        harness.get(f"http://127.0.0.1:{SITE}/api/v1/genres")
        return max(before, key=lambda name: self.requests(name) - before[name])

    def requests(self, name: str) -> float:
        metrics = harness.get(f"http://{self.compose.address(name)}:9080/metrics")[2].decode()
        return sum(float(line.rsplit(" ", 1)[1]) for line in metrics.splitlines()
                   if line.startswith("filmoteka_http_requests_total") and 'route="/api/v1/genres"' in line)

    def test_3_containers_have_no_more_rights_than_they_need(self):
        for name in OURS:
            told = self.compose.container(name)
            with self.subTest(name):
                self.assertEqual(told["Config"]["User"], "10001:10001")
                self.assertTrue(told["HostConfig"]["ReadonlyRootfs"])
                self.assertEqual(told["EffectiveCaps"] or [], [])
                status = pathlib.Path(f"/proc/{told['State']['Pid']}/status").read_text()
                self.assertIn("Uid:\t10001\t10001\t10001\t10001", status)
                self.assertIn("NoNewPrivs:\t1", status)
                self.assertIn("CapBnd:\t0000000000000000", status)
                self.assertGreater(told["HostConfig"]["Memory"], 0)
                self.assertNotIn(self.compose.secrets["FILMOTEKA_INTERNAL_TOKEN"], json.dumps(told["Config"]["Cmd"]))
        for name in ("haproxy_1", "postgres_1", "redis_1", "prometheus_1"):
            with self.subTest(name):
                told = self.compose.container(name)
                self.assertTrue(told["HostConfig"]["ReadonlyRootfs"])
                self.assertNotIn("Uid:\t0", pathlib.Path(f"/proc/{told['State']['Pid']}/status").read_text())

    def test_4_the_services_behind_answer_only_who_knows_the_token(self):
        for name, port, target in (("metadata_1", 8081, "/internal/v1/movies"), ("scraper_1", 8082, "/internal/v1/sources")):
            url = f"http://{self.compose.address(name)}:{port}{target}"
            token = self.compose.secrets["FILMOTEKA_INTERNAL_TOKEN"]
            self.assertEqual(harness.get(url)[0], 401)
            self.assertEqual(harness.get(url, headers={"Authorization": f"Bearer {token}"})[0], 200)

    def test_5_prometheus_finds_all_of_them(self):
        def jobs_up():
            status, told = harness.get_json(f"http://127.0.0.1:{PROMETHEUS}/api/v1/query?query=sum%20by%20(job)%20(up)")
            return {one["metric"]["job"]: float(one["value"][1]) for one in told["data"]["result"]} if status == 200 else {}

        wanted = {f"filmoteka-{service}": 2.0 for service in ("gateway", "metadata", "scraper")}
        harness.wait_until(lambda: {job: jobs_up().get(job) for job in wanted} == wanted, "Prometheus to see six services", 90)

    def test_6_one_of_each_dies_and_nobody_notices(self):
        for name in ("gateway_1", "metadata_1", "scraper_1"):
            with self.subTest(name), Visitor() as visitor:
                harness.wait_until(lambda seen=visitor: seen.asked > 50, "requests before it dies")
                # Not by podman, which takes its own kill for the wish that it stays away.
                os.kill(self.compose.container(name)["State"]["Pid"], signal.SIGKILL)
                before = visitor.asked
                harness.wait_until(lambda seen=visitor, since=before: seen.asked > since + 300, "requests after it has died")
                harness.wait_until(lambda one=name: self.compose.state(one) == "running" and self.compose.is_healthy(one),
                                   f"{name} to be started again", 60)
            self.assertEqual(visitor.failed[:5], [], f"{name}: {len(visitor.failed)} of {visitor.asked} requests")
            print(f"  {name} killed: {visitor.asked} requests, {len(visitor.failed)} failed", file=sys.stderr)

    def test_7_half_of_it_is_enough(self):
        with Visitor() as visitor:
            for name in ("gateway_2", "metadata_2"):
                self.compose.podman("stop", "-t", "20", f"filmoteka_{name}")
            before = visitor.asked
            harness.wait_until(lambda: visitor.asked > before + 300, "requests with one gateway and one metadata service")
            for name in ("metadata_2", "gateway_2"):
                self.assertEqual(self.compose.container(name)["State"]["ExitCode"], 0)
                self.compose.podman("start", f"filmoteka_{name}")
                harness.wait_until(lambda one=name: self.compose.is_healthy(one), f"{name} to be back", 60)
        self.assertEqual(visitor.failed[:5], [], f"{len(visitor.failed)} of {visitor.asked} requests")
        print(f"  one of each stopped and started: {visitor.asked} requests, {len(visitor.failed)} failed", file=sys.stderr)

    def test_8_films_survive_down_and_up(self):
        self.compose.down()
        self.assertEqual(self.compose.podman("ps", "--all", "--quiet"), "")
        self.compose.up()
        self.compose.wait_healthy()
        harness.wait_until(lambda: total(f"http://127.0.0.1:{SITE}") == FILMS, "the films, from the volume", 60)

    def test_9_nothing_is_left(self):
        self.compose.down("-v")
        self.compose.podman("network", "rm", "filmoteka_front", "filmoteka_back")
        self.assertEqual(self.compose.podman("ps", "--all", "--quiet"), "")
        self.assertEqual(self.compose.podman("volume", "ls", "--quiet"), "")
        rules = engine.run("iptables-save").stdout
        self.assertNotRegex(rules, r"-j DNAT")
        self.assertEqual([name for _, name in socket.if_nameindex()], ["lo"])


class EmbeddedTest(unittest.TestCase):
    """deploy/compose/embedded.yaml: one container, one volume."""

    machine: engine.Engine

    def compose(self, *arguments: str) -> str:
        folder = self.machine.folder / "deploy/compose"
        return engine.run("podman-compose", "-p", "embedded", "-f", "embedded.yaml", *arguments, cwd=folder, env=self.machine.environment).stdout

    def tearDown(self):
        self.compose("down", "-t", "20", "-v")

    def test_one_container_serves_the_starter_films_and_keeps_them(self):
        self.compose("up", "-d", "--no-build")
        site = f"http://127.0.0.1:{SITE}"
        harness.wait_until(lambda: total(site) > 3000, "the starter films", 120)
        films = total(site)
        healthy = engine.run("podman", "healthcheck", "run", "embedded_filmoteka_1", check=False, env=self.machine.environment)
        self.assertEqual(healthy.returncode, 0, healthy.stdout + healthy.stderr)
        listed = self.machine.podman("exec", "embedded_filmoteka_1", "/usr/bin/filmoteka", "sources", "list")
        self.assertIn("rutube-films", listed)
        self.compose("down", "-t", "20")
        self.compose("up", "-d", "--no-build")
        harness.wait_until(lambda: total(site) == films, "the films, from the volume", 60)


def make_images(machine: engine.Engine):
    machine.make_base()
    machine.make_standins()
    artifacts = machine.stage()
    for image in engine.IMAGES:
        engine.say(f"the image {image}")
        machine.build(image, artifacts)


def run_containers(machine: engine.Engine):
    ComposeTest.compose = Compose(machine)
    EmbeddedTest.machine = machine
    sys.argv.append("--failfast")  # the story goes no further
    try:
        harness.main()
    except SystemExit as end:
        if end.code:
            print(ComposeTest.compose.logs(), file=sys.stderr)
        raise


if __name__ == "__main__":
    engine.run_steps(__file__, make_images, run_containers)
