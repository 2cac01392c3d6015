#!/usr/bin/python3
"""What the manifests start, started: the migration and the three services of the cluster overlay, and the one of the embedded
overlay, with their arguments, variables, settings and probes, on a real PostgreSQL and Redis, in a network namespace of its own
in which the name `metadata` is known. Needs root, or namespaces that users may make."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))

import harness  # noqa: E402
import kubernetes_test  # noqa: E402
import manifests  # noqa: E402
import postgres  # noqa: E402
import redis_server  # noqa: E402

INSIDE = "FILMOTEKA_TEST_INSIDE"


class Pod:
    """The first container of a workload, as a process; its folder of data is its own."""

    def __init__(self, test: "Manifests", objects: list[dict], name: str):
        self.workload = next(thing for thing in objects if manifests.name_of(thing) == name)
        self.container = manifests.containers_of(self.workload)[0]
        folder = test.folder / name.replace("/", "-")
        folder.mkdir()
        arguments = [argument.replace("/var/lib/filmoteka", str(folder)) for argument in self.container["args"]]
        if "--config" in arguments:
            at = arguments.index("--config") + 1
            (folder / "settings.yaml").write_text(kubernetes_test.settings_of(objects, manifests.pod_of(self.workload), arguments[at]))
            arguments[at] = str(folder / "settings.yaml")
        env = {one["name"]: test.secrets[one["valueFrom"]["secretKeyRef"]["name"]] for one in self.container.get("env", [])}
        self.program = harness.Program(test.folder, self.container["image"].rsplit(":", 1)[0].rsplit("/", 1)[-1], *arguments, env=env)
        test.addCleanup(lambda: self.program.process.poll() is None and self.program.kill())

    def probe(self, name: str) -> int:
        asked = self.container[name]["httpGet"]
        port = next(port["containerPort"] for port in self.container["ports"] if port["name"] == asked["port"])
        return harness.get(f"http://127.0.0.1:{port}{asked['path']}")[0]

    def wait(self):
        for name in ("startupProbe", "livenessProbe", "readinessProbe"):
            harness.wait_until(lambda probe=name: self.program.process.poll() is not None or self.probe(probe) == 200, f"{name}\n{self.program.output()}")
        if self.program.process.poll() is not None:
            raise AssertionError(f"it ended:\n{self.program.output()}")
        return self

    def stop(self) -> int:
        """As the kubelet does."""
        return self.program.stop(seconds=manifests.pod_of(self.workload)["terminationGracePeriodSeconds"])


class Manifests(harness.TestCase):
    def setUp(self):
        super().setUp()
        os.chmod(self.folder, 0o711)
        self.secrets = {}

    def test_the_cluster_overlay_serves_what_metadata_is_told(self):
        database = postgres.Postgres(self.folder / "postgres")
        self.addCleanup(database.stop)
        redis = redis_server.Redis(self.folder / "redis")
        self.addCleanup(redis.stop)
        token = "0123456789abcdef0123456789abcdef"
        self.secrets = {"filmoteka-postgresql": database.url, "filmoteka-redis": redis.url, "filmoteka-internal": token}
        job = Pod(self, manifests.render(manifests.MANIFESTS / "migrate"), "Job/migrate")
        self.assertEqual(job.program.process.wait(60), 0, job.program.output())
        job.program.log.close()
        self.assertRegex(job.program.output(), r"metadata: applied 0001_[\s\S]*scraper: applied 0001_")
        objects = manifests.render(manifests.MANIFESTS / "overlays/cluster")
        # In any order: each waits for what it needs.
        pods = [Pod(self, objects, f"Deployment/{name}") for name in ("gateway", "scraper", "metadata")]
        for pod in pods:
            pod.wait()
        film = json.dumps([{"source": "test", "source_id": "1", "title": "A film of Kubernetes", "year": 1999}]).encode()
        batch = "http://metadata:8081/internal/v1/movies:batch"
        json_type = {"Content-Type": "application/json"}
        self.assertEqual(harness.get(batch, json_type, "POST", film)[0], 401, "a stranger in the cluster")
        status, _, body = harness.get(batch, {**json_type, "Authorization": f"Bearer {token}"}, "POST", film)
        self.assertEqual(status, 200, body)
        harness.wait_until(lambda: b"A film of Kubernetes" in harness.get("http://127.0.0.1:8080/api/v1/movies?q=kubernetes")[2], "the film")
        self.assertEqual([pod.stop() for pod in pods], [0, 0, 0])

    def test_the_embedded_overlay_serves(self):
        pod = Pod(self, manifests.render(manifests.MANIFESTS / "overlays/embedded"), "StatefulSet/filmoteka").wait()
        self.assertEqual(harness.get("http://127.0.0.1:8080/api/v1/home")[0], 200)
        listening = subprocess.run(["ss", "-Hltn"], capture_output=True, text=True, check=True).stdout
        outside = {int(port) for port in re.findall(r"(?:0\.0\.0\.0|\*|\[::\]):(\d+)\s", listening)}
        self.assertEqual(outside, {8080, 9080}, "metadata and scraper are for nobody outside of the pod")
        self.assertEqual(pod.stop(), 0)


def again(stage: str, *options: str):
    """This script again, in namespaces of its own."""
    os.execvpe("unshare", ["unshare", *options, sys.executable, *sys.argv], {**os.environ, INSIDE: stage})


def prepare():
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    with tempfile.NamedTemporaryFile("w", prefix="filmoteka-test-hosts-") as hosts:
        hosts.write("127.0.0.1 localhost metadata\n")
        hosts.flush()
        os.chmod(hosts.name, 0o644)
        subprocess.run(["mount", "--bind", hosts.name, "/etc/hosts"], check=True)


def main():
    """PostgreSQL refuses to be run by root: who is not, is himself again once the network is there."""
    stage = os.environ.get(INSIDE, f"{os.geteuid()} {os.getegid()}")
    user, group = stage.split()[:2]
    if INSIDE not in os.environ:
        again(stage, *([] if user == "0" else ["--map-root-user"]), "--net", "--mount")
    if "ready" not in stage:
        prepare()
        if user != "0":
            again(f"{stage} ready", "--user", f"--map-user={user}", f"--map-group={group}")
    harness.main()


if __name__ == "__main__":
    main()
