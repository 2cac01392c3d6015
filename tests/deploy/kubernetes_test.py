#!/usr/bin/python3
"""The Kubernetes manifests: rendered, valid by the API's schemas, and true to each other and to the programs."""

import copy
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))

import harness  # noqa: E402
import manifests  # noqa: E402
from manifests import containers_of, labels_of, matches, name_of, of_kind, pod_of, quantity, workloads  # noqa: E402

FOLDERS = {"base": ["base"], "embedded": ["overlays/embedded", "ingress"], "cluster": ["overlays/cluster", "migrate", "ingress"]}
NAMESPACE = "filmoteka"
# Made by the operator (docs/kubernetes.md), never by us: keys of each.
EXTERNAL_SECRETS = {"filmoteka-postgresql": {"url"}, "filmoteka-redis": {"url"}, "filmoteka-internal": {"token"},
                    "filmoteka-tls": {"tls.crt", "tls.key"}}
STAND_INS = {"filmoteka-postgresql": "postgresql://user:secret@postgres.example/filmoteka",
             "filmoteka-redis": "redis://redis.example:6379/0", "filmoteka-internal": "0123456789abcdef0123456789abcdef"}


class Kubernetes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rendered = {name: [thing for folder in folders for thing in manifests.render(manifests.MANIFESTS / folder)]
                        for name, folders in FOLDERS.items()}

    def setUp(self):
        self.at = ""

    def _formatMessage(self, msg, standard):
        return f"{self.at}: {super()._formatMessage(msg, standard)}"

    def each(self, *kinds):
        for overlay, objects in self.rendered.items():
            for thing in of_kind(objects, *kinds):
                self.at = f"{overlay}: {name_of(thing)}"
                yield objects, thing

    def each_pod(self):
        return self.each("Deployment", "StatefulSet", "Job")

    def each_container(self):
        for objects, workload in self.each_pod():
            for container in containers_of(workload):
                yield objects, workload, container

    def test_the_schemas_of_the_api_know_every_field(self):
        for overlay, objects in self.rendered.items():
            with self.subTest(overlay=overlay):
                self.assertEqual(manifests.schema_faults(objects), [])

    def test_the_check_by_schemas_finds_faults(self):
        pod = next(thing for thing in self.rendered["cluster"] if name_of(thing) == "Deployment/gateway")
        broken = [copy.deepcopy(pod) for _ in range(4)]
        containers_of(broken[0])[0]["readynessProbe"] = {}
        containers_of(broken[1])[0]["ports"][0]["containerPort"] = "http"
        del broken[2]["spec"]["selector"]
        broken[3]["apiVersion"] = "apps/v2"
        faults = manifests.schema_faults([pod, *broken])
        self.assertEqual(len(faults), 4, faults)
        for fault, word in zip(faults, ("readynessProbe: no such field", "containerPort: type", "required", "has no apps/v2"), strict=True):
            self.assertIn(word, fault)

    def test_an_object_is_there_once_and_in_our_namespace(self):
        for overlay, objects in self.rendered.items():
            names = [name_of(thing) for thing in objects]
            self.assertEqual(len(names), len(set(names)), overlay)
            for thing in objects:
                expected = None if thing["kind"] == "Namespace" else NAMESPACE
                self.assertEqual(thing["metadata"].get("namespace"), expected, name_of(thing))

    def test_a_pod_may_do_what_the_restricted_standard_allows_and_no_more(self):
        spaces = [space for objects in self.rendered.values() for space in of_kind(objects, "Namespace")]
        self.assertEqual({space["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] for space in spaces}, {"restricted"})
        for _, workload in self.each_pod():
            pod = pod_of(workload)
            self.assertIs(pod["securityContext"]["runAsNonRoot"], True)
            self.assertGreater(pod["securityContext"]["runAsUser"], 0)
            self.assertEqual(pod["securityContext"]["seccompProfile"], {"type": "RuntimeDefault"})
            self.assertIs(pod["automountServiceAccountToken"], False)
            self.assertFalse({"hostNetwork", "hostPID", "hostIPC", "initContainers"} & set(pod))
            for volume in pod["volumes"]:
                self.assertTrue(set(volume) <= {"name", "configMap", "emptyDir", "secret"}, volume)
        for _, _, container in self.each_container():
            self.assertEqual(container["securityContext"], {
                "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}})

    def test_a_container_says_what_it_takes(self):
        for _, _, container in self.each_container():
            resources = container["resources"]
            self.assertGreaterEqual(quantity(resources["requests"]["cpu"]), 0.05)
            self.assertLessEqual(quantity(resources["requests"]["memory"]), quantity(resources["limits"]["memory"]))

    def test_what_runs_on_is_probed_on_the_operations_port(self):
        for _, workload, container in self.each_container():
            if workload["kind"] == "Job":
                self.assertNotIn("livenessProbe", container)
                continue
            for probe, path in (("startupProbe", "/healthz"), ("livenessProbe", "/healthz"), ("readinessProbe", "/readyz")):
                self.assertEqual(container[probe]["httpGet"], {"path": path, "port": "operations"})

    def test_there_is_time_to_stop(self):
        stop_timeout = default_seconds("stop_timeout")
        for _, workload in self.each("Deployment", "StatefulSet"):
            pause = containers_of(workload)[0].get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
            has_callers = any(port["name"] == "http" for port in containers_of(workload)[0]["ports"])
            self.assertEqual(pause > 0, has_callers, "who is sent requests waits until they are sent elsewhere")
            self.assertGreaterEqual(pod_of(workload)["terminationGracePeriodSeconds"], pause + stop_timeout + 5)

    def test_gateways_have_found_the_next_replica_before_the_last_one_goes(self):
        """They look a name up each five seconds (services/gateway/service.cpp), and DNS keeps an answer for five (CoreDNS)."""
        metadata = next(thing for thing in self.rendered["cluster"] if name_of(thing) == "Deployment/metadata")
        self.assertGreater(metadata["spec"]["minReadySeconds"], 5 + 5)
        self.assertGreater(containers_of(metadata)[0]["lifecycle"]["preStop"]["sleep"]["seconds"], 5 + 5)

    def test_a_rolling_update_never_takes_a_pod_before_another_is_ready(self):
        for _, deployment in self.each("Deployment"):
            self.assertEqual(deployment["spec"]["strategy"], {
                "type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}})
            keys = {one["topologyKey"] for one in pod_of(deployment)["topologySpreadConstraints"]}
            self.assertEqual(keys, {"kubernetes.io/hostname", "topology.kubernetes.io/zone"})
            for one in pod_of(deployment)["topologySpreadConstraints"]:
                self.assertTrue(matches(one["labelSelector"], labels_of(deployment)))

    def test_selectors_select(self):
        for objects, thing in self.each("Deployment", "StatefulSet"):
            self.assertTrue(matches(thing["spec"]["selector"], labels_of(thing)))
            twins = [other for other in workloads(objects) if matches(thing["spec"]["selector"], labels_of(other))]
            self.assertEqual(len(twins), 1, "a selector takes pods of one kind only")
        for objects, budget in self.each("PodDisruptionBudget"):
            chosen = [one for one in workloads(objects) if matches(budget["spec"]["selector"], labels_of(one))]
            self.assertEqual([name_of(one) for one in chosen], [f"Deployment/{budget['metadata']['name']}"])
            self.assertEqual(budget["spec"]["maxUnavailable"], 1)
        budgets = {one["metadata"]["name"] for one in of_kind(self.rendered["cluster"], "PodDisruptionBudget")}
        self.assertEqual(budgets, {one["metadata"]["name"] for one in of_kind(self.rendered["cluster"], "Deployment")})

    def test_ports_of_services_are_ports_of_containers(self):
        for objects, service in self.each("Service"):
            chosen = [one for one in workloads(objects) if matches({"matchLabels": service["spec"]["selector"]}, labels_of(one))]
            self.assertEqual(len(chosen), 1)
            there = {port["name"]: port["containerPort"] for one in containers_of(chosen[0]) for port in one["ports"]}
            for port in service["spec"]["ports"]:
                self.assertIn(port["targetPort"], there)
                if service["spec"].get("clusterIP") == "None":
                    self.assertEqual(port["port"], there[port["targetPort"]], "without an address nothing translates the port")
        for objects, one in self.each("StatefulSet"):
            self.assertIn(f"Service/{one['spec']['serviceName']}", map(name_of, objects))
        for objects, ingress in self.each("Ingress"):
            self.assertEqual(ingress["spec"]["tls"][0]["hosts"], [rule["host"] for rule in ingress["spec"]["rules"]])
            self.assertIn(ingress["spec"]["tls"][0]["secretName"], EXTERNAL_SECRETS)
            for backend in (path["backend"]["service"] for rule in ingress["spec"]["rules"] for path in rule["http"]["paths"]):
                service = next(one for one in of_kind(objects, "Service") if one["metadata"]["name"] == backend["name"])
                self.assertIn(backend["port"]["name"], [port["name"] for port in service["spec"]["ports"]])

    def test_scalers_scale_what_is_there(self):
        scaled = set()
        for objects, scaler in self.each("HorizontalPodAutoscaler"):
            target = scaler["spec"]["scaleTargetRef"]
            found = next(one for one in objects if name_of(one) == f"{target['kind']}/{target['name']}")
            self.assertEqual(found["apiVersion"], target["apiVersion"])
            self.assertNotIn("replicas", found["spec"], "each apply would undo what the scaler did")
            self.assertGreaterEqual(scaler["spec"]["minReplicas"], 2)
            scaled.add(target["name"])
        self.assertEqual(scaled, {"gateway", "metadata"})

    def test_what_is_named_is_there_or_made_by_the_operator(self):
        for objects, workload in self.each_pod():
            pod = pod_of(workload)
            self.assertIn(f"ServiceAccount/{pod['serviceAccountName']}", [*map(name_of, objects), "ServiceAccount/filmoteka"])
            volumes = {volume["name"] for volume in pod["volumes"]}
            volumes |= {claim["metadata"]["name"] for claim in workload["spec"].get("volumeClaimTemplates", [])}
            for volume in pod["volumes"]:
                if "configMap" in volume:
                    self.assertIn(f"ConfigMap/{volume['configMap']['name']}", map(name_of, objects))
            for container in containers_of(workload):
                self.assertEqual({mount["name"] for mount in container["volumeMounts"]}, volumes)
                self.assertNotIn("envFrom", container)
                for variable in container.get("env", []):
                    self.assertEqual(set(variable), {"name", "valueFrom"}, "secrets by reference, settings in the file")
                    reference = variable["valueFrom"]["secretKeyRef"]
                    self.assertIn(reference["key"], EXTERNAL_SECRETS[reference["name"]])
        self.assertFalse([thing for objects in self.rendered.values() for thing in of_kind(objects, "Secret")])

    def test_images_have_the_version_of_this_program(self):
        version = re.search(r"project\(\s*filmoteka\s+VERSION\s+([0-9.]+)", (manifests.ROOT / "CMakeLists.txt").read_text(), re.I)[1]
        for _, _, container in self.each_container():
            self.assertEqual(container["image"].rsplit(":", 1)[-1], version)

    def test_the_programs_accept_their_settings(self):
        for objects, workload, container in self.each_container():
            arguments = container["args"]
            if "--config" not in arguments:
                continue
            file = arguments[arguments.index("--config") + 1]
            done = config_check(container, settings_of(objects, pod_of(workload), file))
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_programs_refuse_wrong_settings(self):
        workload = next(one for one in workloads(self.rendered["cluster"]) if name_of(one) == "Deployment/metadata")
        self.assertNotEqual(config_check(containers_of(workload)[0], "metadata: {lissen: 0.0.0.0:8081}").returncode, 0)
        without = copy.deepcopy(containers_of(workload)[0])
        without["env"] = [one for one in without["env"] if "TOKEN" not in one["name"]]
        settings = settings_of(self.rendered["cluster"], pod_of(workload), "/etc/filmoteka/filmoteka.yaml")
        refused = config_check(without, settings)
        self.assertNotEqual(refused.returncode, 0, "an open write interface on all addresses")
        self.assertIn("internal_token", refused.stdout + refused.stderr)

    def test_ports_are_those_that_the_settings_listen_on(self):
        for objects, workload in self.each("Deployment", "StatefulSet"):
            settings = manifests.yaml.safe_load(settings_of(objects, pod_of(workload), "/etc/filmoteka/filmoteka.yaml"))
            service = settings[{"filmoteka": "gateway"}.get(workload["metadata"]["name"], workload["metadata"]["name"])]
            listening = {"operations": service["ops_listen"], "http": service["listen"]}
            for port in containers_of(workload)[0]["ports"]:
                self.assertEqual(listening[port["name"]], f"0.0.0.0:{port['containerPort']}")

    def test_by_default_nothing_is_let_through(self):
        policy = next(one for one in of_kind(self.rendered["base"], "NetworkPolicy") if one["metadata"]["name"] == "default-deny")
        self.assertEqual(policy["spec"], {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]})

    def test_networks_let_exactly_the_needed_through(self):
        outside = [
            manifests.Peer("ingress controller", "ingress-nginx"), manifests.Peer("prometheus", "monitoring"),
            manifests.Peer("stranger", "default"), manifests.Peer("DNS", "kube-system"),
            manifests.Peer("internet", address="203.0.113.9"), manifests.Peer("internet 6", address="2001:db8::9"),
            manifests.Peer("private network", address="10.20.30.40"), manifests.Peer("cloud metadata", address="169.254.169.254")]
        everywhere = {one.name for one in outside}
        stores = {f"{name}:TCP 5432" for name in everywhere}
        caches = {f"{name}:TCP 6379" for name in everywhere}
        web = {f"{name}:TCP {port}" for name in ("internet", "internet 6") for port in (80, 443)}
        dns = {"DNS:UDP 53", "DNS:TCP 53"}
        needed = {
            "embedded": {"filmoteka": dns | web, "ingress controller": {"filmoteka:TCP 8080"}, "prometheus": {"filmoteka:TCP 9080"}},
            "cluster": {
                "gateway": dns | caches | {"metadata:TCP 8081"}, "metadata": dns | caches | stores,
                "scraper": dns | stores | web | {"metadata:TCP 8081"}, "migrate": dns | stores,
                "ingress controller": {"gateway:TCP 8080"},
                "prometheus": {"gateway:TCP 9080", "metadata:TCP 9081", "scraper:TCP 9082"}}}
        ports = [("TCP", port) for port in (22, 53, 80, 443, 5432, 6379, 8080, 8081, 8082, 9080, 9081, 9082)] + [("UDP", 53), ("UDP", 443)]
        for overlay, expected in needed.items():
            objects = self.rendered[overlay]
            network = manifests.Network(of_kind(objects, "NetworkPolicy"), NAMESPACE)
            pods = [manifests.Peer(one["metadata"]["name"], NAMESPACE, labels_of(one), {
                port["name"]: port["containerPort"] for port in containers_of(one)[0].get("ports", [])}) for one in workloads(objects)]
            peers = pods + outside
            for source in peers:
                found = {f"{target.name}:{protocol} {port}" for target in peers for protocol, port in ports
                         if NAMESPACE in (source.namespace, target.namespace) and target is not source
                         and network.lets(source, target, protocol, port)}
                with self.subTest(overlay=overlay, source=source.name):
                    self.assertEqual(found, expected.get(source.name, set()))


def default_seconds(setting: str) -> int:
    """Of `docs/settings.md`, which is the programs' own output."""
    return int(re.search(rf"^\| `{setting}` \| `(\d+)s` \|", (manifests.ROOT / "docs/settings.md").read_text(), re.M)[1])


def settings_of(objects: list[dict], pod: dict, file: str) -> str:
    volume = next(volume for volume in pod["volumes"] if "configMap" in volume)
    mount = next(mount for mount in pod["containers"][0]["volumeMounts"] if mount["name"] == volume["name"])
    data = next(thing["data"] for thing in of_kind(objects, "ConfigMap") if thing["metadata"]["name"] == volume["configMap"]["name"])
    return data[str(pathlib.PurePath(file).relative_to(mount["mountPath"]))]


def config_check(container: dict, settings: str) -> subprocess.CompletedProcess:
    """`config check` of the container's program with its settings file and its variables."""
    variables = {one["name"]: STAND_INS[one["valueFrom"]["secretKeyRef"]["name"]] for one in container.get("env", [])}
    program = container["image"].rsplit(":", 1)[0]
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        file.write(settings)
        file.flush()
        command = ["config", "check", "--config", file.name] if program == "filmoteka" else ["--config", file.name, "config", "check"]
        return subprocess.run([str(harness.BIN / program), *command], env={**os.environ, **variables}, capture_output=True,
                              text=True, check=False)


if __name__ == "__main__":
    harness.main()
