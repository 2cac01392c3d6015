#!/usr/bin/python3
"""What can be said of the Dockerfile, the compose files and the secrets without an engine."""

import json
import os
import pathlib
import re
import stat
import subprocess
import sys
import tempfile
import unittest

import engine
import yaml

sys.path.insert(0, str(engine.ROOT / "tests/e2e"))
import harness  # noqa: E402  (the end-to-end tests' helpers)

CONTAINERS = engine.ROOT / "deploy/containers"
COMPOSE = engine.ROOT / "deploy/compose"
SECRETS = {"FILMOTEKA_INTERNAL_TOKEN": "t" * 32, "POSTGRES_PASSWORD": "p", "GRAFANA_PASSWORD": "g"}


def stages() -> dict[str, list[str]]:
    """Of each stage of the Dockerfile its instructions, continued lines joined."""
    text = (CONTAINERS / "Dockerfile").read_text().replace("\\\n", " ")
    found: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        if start := re.fullmatch(r"FROM (\S+) AS (\S+)", line):
            name = start[2]
            found[name] = [line]
        elif name and line and not line.startswith("#"):
            found[name].append(line)
    return found


class DockerfileTest(unittest.TestCase):
    def test_there_is_a_target_for_each_image(self):
        self.assertEqual(list(stages()), ["build", "artifacts", *engine.IMAGES])

    def test_images_start_from_debian_and_nothing_comes_from_elsewhere(self):
        text = (CONTAINERS / "Dockerfile").read_text()
        self.assertRegex(text, r"(?m)^ARG BASE=docker\.io/library/debian:bookworm-slim$")
        self.assertNotRegex(text, r"(?m)^ADD |https?://")
        for name, lines in stages().items():
            self.assertEqual(lines[0], f"FROM {'scratch' if name == 'artifacts' else '${BASE}'} AS {name}")

    def test_an_image_runs_without_root_and_without_a_shell(self):
        for image in engine.IMAGES:
            program = "/usr/bin/" + ("filmoteka" if image == "filmoteka" else f"filmoteka-{image}")
            lines = stages()[image]
            with self.subTest(image):
                self.assertIn("USER 10001:10001", lines)
                self.assertIn("STOPSIGNAL SIGTERM", lines)
                self.assertIn(f'ENTRYPOINT ["{program}"]', lines)
                health = next(line for line in lines if line.startswith("HEALTHCHECK"))
                asked = json.loads(health[health.index("CMD ") + 4:])
                self.assertEqual((asked[0], "health" in asked), (program, True))
                self.assertEqual(any(line.startswith("VOLUME") for line in lines), image != "gateway")
                labels = next(line for line in lines if line.startswith("LABEL"))
                for label in ("title", "description", "licenses", "base.name", "version", "revision"):
                    self.assertIn(f"org.opencontainers.image.{label}=", labels)

    def test_libraries_are_those_that_the_programs_link(self):
        for image in engine.IMAGES:
            program = engine.programs() / ("filmoteka" if image == "filmoteka" else f"filmoteka-{image}")
            listed = {line for line in (CONTAINERS / f"packages/{image}.txt").read_text().split("\n") if line and line[0] != "#"}
            linked = engine.packages(program) - {"libc6", "libgcc-s1"}  # Debian itself needs these
            if "libasan8" in linked:  # what the build with sanitizers, which does not optimise, needs besides
                linked -= {"libasan8", "libubsan1", "libboost-container1.81.0"}
            with self.subTest(image):
                self.assertEqual(listed - {"ca-certificates"}, linked)


class ComposeFilesTest(unittest.TestCase):
    def read(self, file: str) -> dict:
        """As docker-compose understands it."""
        done = engine.run("docker-compose", "-f", COMPOSE / file, "config", env={**os.environ, **SECRETS})
        return yaml.safe_load(done.stdout)["services"]

    def test_every_container_is_locked_up_bounded_and_looked_after(self):
        services = {**self.read("compose.yaml"), **self.read("embedded.yaml")}
        self.assertEqual(set(services), {"haproxy", "gateway", "metadata", "scraper", "postgres", "redis", "prometheus", "grafana", "filmoteka"})
        for name, service in services.items():
            with self.subTest(name):
                self.assertTrue(service["read_only"])
                self.assertEqual(service["cap_drop"], ["ALL"])
                self.assertEqual(service["security_opt"], ["no-new-privileges"])
                self.assertEqual(service["restart"], "unless-stopped")
                self.assertTrue(service["mem_limit"] and service["pids_limit"])
                self.assertNotIn("privileged", service)
                ours = service["image"].startswith("localhost/filmoteka")
                self.assertEqual("build" in service, ours)
                self.assertNotEqual("healthcheck" in service, ours, "ours have it in the image")
                if not ours:
                    self.assertRegex(service["image"], r"^docker\.io/[a-z]+/[a-z]+:[\w.-]*\d[\w.-]*$")

    def test_there_are_two_of_each_service(self):
        services = self.read("compose.yaml")
        self.assertEqual({name: service["deploy"]["replicas"] for name, service in services.items() if "deploy" in service},
                         {"gateway": 2, "metadata": 2, "scraper": 2})

    def test_only_the_door_is_open_to_other_machines(self):
        services = self.read("compose.yaml")
        published = {name: service["ports"] for name, service in services.items() if service.get("ports")}
        self.assertEqual(set(published), {"haproxy", "prometheus", "grafana"})
        for name in ("prometheus", "grafana"):
            self.assertTrue(all(str(port).startswith("127.0.0.1:") for port in published[name]), published)
        for name in ("gateway", "metadata", "postgres", "redis"):
            self.assertEqual(set(services[name]["networks"]), {"back"})

    def test_it_does_not_start_without_secrets(self):
        for missing in SECRETS:
            given = {name: value for name, value in SECRETS.items() if name != missing}
            bare = {name: value for name, value in os.environ.items() if name not in SECRETS}
            with tempfile.TemporaryDirectory(prefix="filmoteka-test-") as folder:
                copy = pathlib.Path(folder, "compose.yaml")
                copy.write_text((COMPOSE / "compose.yaml").read_text())
                done = engine.run("docker-compose", "-f", copy, "config", env={**bare, **given}, check=False)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn("make_secrets.sh", done.stderr)

    def test_haproxy_takes_its_configuration(self):
        engine.run("haproxy", "-c", "-f", COMPOSE / "haproxy.cfg")


class SecretsTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="filmoteka-test-")
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        for file in ("make_secrets.sh", "env.example"):
            (self.folder / file).write_bytes((COMPOSE / file).read_bytes())
            (self.folder / file).chmod(0o755)

    def make(self) -> dict[str, str]:
        engine.run(self.folder / "make_secrets.sh")
        lines = (self.folder / ".env").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)

    def test_they_are_random_and_their_owners_only(self):
        first = self.make()
        self.assertEqual(stat.S_IMODE((self.folder / ".env").stat().st_mode), 0o600)
        (self.folder / ".env").unlink()
        second = self.make()
        for name in SECRETS:
            self.assertRegex(first[name], r"^[0-9a-f]{64}$")
            self.assertNotEqual(first[name], second[name])
        self.assertEqual(len({first[name] for name in SECRETS}), len(SECRETS))

    def test_those_that_are_there_stay(self):
        self.assertEqual(self.make(), self.make())

    def test_none_is_in_the_repository(self):
        ignored = subprocess.run(["git", "check-ignore", "-q", "deploy/compose/.env"], cwd=engine.ROOT, check=False)
        self.assertEqual(ignored.returncode, 0)
        self.assertNotRegex((COMPOSE / "env.example").read_text(), r"(?m)(TOKEN|PASSWORD)=.")


if __name__ == "__main__":
    harness.main()
