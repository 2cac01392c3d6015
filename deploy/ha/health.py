"""What is wrong with a cluster, asked of its parts."""

import json
import re
import subprocess
import urllib.error
import urllib.request

from cluster import Cluster
from processes import wait_until
from topology import SERVICES


def get(url: str, seconds: float = 2) -> tuple[int, bytes]:
    """Status 0: no answer."""
    try:
        with urllib.request.urlopen(url, timeout=seconds) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except OSError:
        return 0, b""


def patroni_members(cluster: Cluster) -> list[dict]:
    """As any Patroni tells it: name, role, state, lag. Empty: none answers."""
    for machine in range(3):
        status, body = get(f"http://{cluster.topology.at(machine, 'patroni')}/cluster")
        if status == 200:
            return json.loads(body)["members"]
    return []


def postgres_with_role(cluster: Cluster, *roles: str) -> int | None:
    """Its machine: 0, 1, 2."""
    for member in patroni_members(cluster):
        if member["role"] in roles and member["state"] in ("running", "streaming"):
            return int(member["name"].removeprefix("node")) - 1
    return None


def bring_up(cluster: Cluster, environment: dict[str, str] | None = None):
    """Starts what does not run. The services come when there is a database: they give up after half a minute without one at their
    start, and it is the service manager's part to start them again."""
    cluster.prepare()
    cluster.start(("etcd", "patroni", "redis", "sentinel", "haproxy"))
    wait_until(lambda: postgres_with_role(cluster, "leader") is not None, "a PostgreSQL leader", 120)
    wait_until(lambda: postgres_with_role(cluster, "sync_standby") is not None, "a synchronous standby", 120)
    cluster.start(SERVICES, environment)


def redis_info(cluster: Cluster, machine: int) -> dict[str, str]:
    command = ["redis-cli", "-h", cluster.topology.machines[machine], "-p", str(cluster.topology.ports["redis"]), "info",
               "replication"]
    done = subprocess.run(["timeout", "2", *command], capture_output=True, text=True, check=False,
                          env={"REDISCLI_AUTH": cluster.secrets["redis"], "PATH": "/usr/bin:/bin"})
    return dict(line.split(":", 1) for line in done.stdout.split() if ":" in line)


def redis_master(cluster: Cluster) -> int | None:
    for machine in range(3):
        info = redis_info(cluster, machine)
        if info.get("role") == "master" and info.get("connected_slaves") == "2":
            return machine
    return None


def etcd_problems(cluster: Cluster) -> list[str]:
    return [f"etcd{n + 1} is not healthy" for n in range(3)
            if b'"health":"true"' not in get(f"http://{cluster.topology.at(n, 'etcd')}/health")[1].replace(b" ", b"")]


def postgres_problems(cluster: Cluster) -> list[str]:
    """By what the leader itself sees: what etcd says of a member that has died is true until its key runs out."""
    members = patroni_members(cluster)
    roles = sorted(member["role"] for member in members)
    leader = postgres_with_role(cluster, "leader")
    if roles != ["leader", "replica", "sync_standby"] or leader is None:
        return [f"PostgreSQL: the roles are {roles}"]
    problems = [f"PostgreSQL: {m['name']} is {m['state']}" for m in members if m["state"] not in ("running", "streaming")]
    if len({member.get("timeline") for member in members}) > 1:
        problems.append("PostgreSQL: a member is on another timeline")
    status, body = get(f"http://{cluster.topology.at(leader, 'patroni')}/patroni")
    standbys = json.loads(body).get("replication", []) if status == 200 else []
    states = sorted(f"{standby['sync_state']} {standby['state']}" for standby in standbys)
    if states != ["async streaming", "sync streaming"]:
        problems.append(f"PostgreSQL: of the leader's standbys {states} are there")
    return problems


def redis_problems(cluster: Cluster) -> list[str]:
    if redis_master(cluster) is None:
        return ["Redis: no master with two replicas"]
    problems = []
    for machine in range(3):
        command = ["redis-cli", "-h", cluster.topology.machines[machine], "-p", str(cluster.topology.ports["sentinel"]),
                   "sentinel", "ckquorum", "filmoteka"]
        done = subprocess.run(["timeout", "2", *command], capture_output=True, text=True, check=False)
        if not done.stdout.startswith("OK 3 "):
            problems.append(f"sentinel{machine + 1}: {done.stdout.strip() or 'no answer'}")
    return problems


def service_problems(cluster: Cluster) -> list[str]:
    problems = []
    for name in SERVICES:
        for machine in range(2):
            operations = f"http://{cluster.topology.at(machine, name + '_ops')}"
            status, body = get(operations + "/readyz")
            if status != 200:
                problems.append(f"{name}{machine + 1} is not ready")
            elif b"degraded" in body or b"works without it" in body:
                problems.append(f"{name}{machine + 1}: {body.decode(errors='replace')[:300]}")
    for machine in range(2):
        if metric(cluster, "metadata", machine, "filmoteka_metadata_store_listening") != 1:
            problems.append(f"metadata{machine + 1} does not listen for changes")
        for path in ("site", "metadata_front"):
            at = cluster.topology.at(machine, path)
            if get(f"http://{at}/api/v1/genres" if path == "site" else f"http://{at}/internal/v1/genres")[0] not in (200, 401):
                problems.append(f"haproxy{machine + 1}: {path} gives no films")
    return problems


def metric(cluster: Cluster, service: str, machine: int, name: str) -> float | None:
    """The sum over its labels."""
    _, body = get(f"http://{cluster.topology.at(machine, service + '_ops')}/metrics")
    found = re.findall(rf"^{name}(?:{{[^}}]*}})? (\S+)$", body.decode(errors="replace"), re.MULTILINE)
    return sum(map(float, found)) if found else None


def problems(cluster: Cluster) -> list[str]:
    """Empty: the cluster is whole."""
    gone = [f"{name} does not run" for name, process in cluster.processes.items() if not process.pid]
    return gone or (etcd_problems(cluster) + postgres_problems(cluster) + redis_problems(cluster) +
                    service_problems(cluster))
