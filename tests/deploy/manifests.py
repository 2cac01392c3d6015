"""Rendered Kubernetes manifests: objects by kind and name, the pods that they make, and whom network policies let through."""

import ipaddress
import json
import pathlib
import re
import shutil
import subprocess

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
MANIFESTS = ROOT / "deploy/kubernetes"
SCHEMAS = ROOT / "tests/deploy/kubernetes"


def render(folder: pathlib.Path) -> list[dict]:
    """What `kubectl kustomize` makes of a folder."""
    done = subprocess.run(["kubectl", "kustomize", str(folder)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"kubectl kustomize {folder} ended with {done.returncode}:\n{done.stderr}")
    return [document for document in yaml.safe_load_all(done.stdout) if document]


def name_of(thing: dict) -> str:
    return f"{thing['kind']}/{thing['metadata']['name']}"


def of_kind(objects: list[dict], *kinds: str) -> list[dict]:
    return [thing for thing in objects if thing["kind"] in kinds]


def schema_faults(objects: list[dict]) -> list[str]:
    """By the API's schemas, strictly; installs them where they are missing."""
    lock, stamp = SCHEMAS / "package-lock.json", SCHEMAS / "node_modules/.filmoteka-lock"
    if not stamp.exists() or stamp.read_bytes() != lock.read_bytes():
        subprocess.run(["npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=SCHEMAS, check=True)
        shutil.copyfile(lock, stamp)
    done = subprocess.run(["node", SCHEMAS / "validate.mjs"], input=json.dumps(objects), capture_output=True, text=True,
                          check=True)
    return [f"{name_of(thing)}{fault}" for thing, faults in zip(objects, json.loads(done.stdout), strict=True)
            for fault in faults]


def workloads(objects: list[dict]) -> list[dict]:
    return of_kind(objects, "Deployment", "StatefulSet", "Job")


def labels_of(workload: dict) -> dict:
    return workload["spec"]["template"]["metadata"]["labels"]


def pod_of(workload: dict) -> dict:
    return workload["spec"]["template"]["spec"]


def containers_of(workload: dict) -> list[dict]:
    return pod_of(workload)["containers"]


def matches(selector: dict, labels: dict) -> bool:
    unknown = set(selector) - {"matchLabels"}
    if unknown:
        raise AssertionError(f"the tests cannot read {unknown} of a selector")
    return all(labels.get(key) == value for key, value in selector.get("matchLabels", {}).items())


QUANTITY = re.compile(r"^(\d+(?:\.\d+)?)(m|[kMGT]i?|)$")
UNITS = {"": 1.0, "m": 1e-3, **{unit: 1000.0 ** (i + 1) for i, unit in enumerate("kMGT")},
         **{f"{unit}i": 1024.0 ** (i + 1) for i, unit in enumerate("KMGT")}}


def quantity(text) -> float:
    found = QUANTITY.match(str(text).replace("Ki", "ki"))
    if not found:
        raise AssertionError(f"{text!r} is no quantity")
    return float(found[1]) * UNITS[found[2].replace("ki", "Ki")]


class Peer:
    """One end of a connection: a pod of a namespace, or an address outside of all pods."""

    def __init__(self, name: str, namespace: str = "", labels=None, ports=None, address: str = ""):
        self.name, self.namespace, self.labels = name, namespace, labels or {}
        self.ports = ports or {}
        self.address = ipaddress.ip_address(address) if address else None

    def is_meant_by(self, peer: dict, home: str) -> bool:
        """`peer`: of a rule in the namespace `home`."""
        if "ipBlock" in peer:
            block = peer["ipBlock"]
            nets = [ipaddress.ip_network(net) for net in block.get("except", [])]
            within = ipaddress.ip_network(block["cidr"])
            return (self.address is not None and self.address in within and
                    not any(self.address in net for net in nets))
        if not self.namespace:
            return False
        if "namespaceSelector" in peer:
            if not matches(peer["namespaceSelector"], {"kubernetes.io/metadata.name": self.namespace}):
                return False
        elif self.namespace != home:
            return False
        return matches(peer.get("podSelector", {}), self.labels)


class Network:
    """The policies of one namespace."""

    def __init__(self, policies: list[dict], namespace: str):
        self.policies, self.namespace = policies, namespace

    def lets(self, source: Peer, target: Peer, protocol: str, port: int) -> bool:
        return (self._side("Egress", source, target, target, protocol, port) and
                self._side("Ingress", target, source, target, protocol, port))

    def _side(self, direction, subject: Peer, other: Peer, target: Peer, protocol, port) -> bool:
        if subject.namespace != self.namespace:
            return True  # other namespaces have their own policies
        mine = [policy["spec"] for policy in self.policies
                if direction in policy["spec"]["policyTypes"] and matches(policy["spec"]["podSelector"], subject.labels)]
        if not mine:
            return True  # no policy selects it: all is allowed
        key, ends = ("egress", "to") if direction == "Egress" else ("ingress", "from")
        return any(self._rule(rule, ends, other, target, protocol, port) for spec in mine for rule in spec.get(key, []))

    def _rule(self, rule, ends, other: Peer, target: Peer, protocol, port) -> bool:
        if ends in rule and not any(other.is_meant_by(peer, self.namespace) for peer in rule[ends]):
            return False
        if "ports" not in rule:
            return True
        return any(one.get("protocol", "TCP") == protocol and target.ports.get(one["port"], one["port"]) == port
                   for one in rule["ports"])
