"""The whole cluster on one machine: three loopback addresses play the machines, each with its own folder and configuration."""

import json
import os
import pathlib
import pwd
import secrets
import shutil

from processes import Process
from topology import SERVICES, Topology, fill, ports_from

MACHINES = ["127.0.7.1", "127.0.7.2", "127.0.7.3"]
CONFIGURATION = ("etcd.yaml", "patroni.yaml", "create_database.sh", "redis.conf", "sentinel.conf")
FOR_SERVICES = ("haproxy.cfg", "filmoteka.yaml")
SECRETS = ("superuser", "replication", "rewind", "database", "redis", "token")
# In the order in which they are started; ended in the reverse one.
KINDS = ("etcd", "patroni", "redis", "sentinel", "haproxy", *(reversed(SERVICES)))


def new_secrets() -> dict[str, str]:
    return {name: secrets.token_hex(16) for name in SECRETS}


def write_configuration(topology: Topology, machine: int, passwords: dict, data: pathlib.Path, config: pathlib.Path):
    """Everything for one machine. Files that say passwords are for their owner only."""
    config.mkdir(parents=True, exist_ok=True)
    values = topology.values(machine, passwords, data, config)
    for name in CONFIGURATION + (FOR_SERVICES if machine < 2 else ()):
        file = config / name
        file.touch(mode=0o600)
        file.write_text(fill(name, values))
        file.chmod(0o700 if name.endswith(".sh") else 0o600)


class Cluster:
    """In `folder`. `programs`: where filmoteka-gateway and the others are."""

    def __init__(self, folder: pathlib.Path, programs: pathlib.Path, base: int | None = None):
        self.folder, self.programs = folder.resolve(), programs.resolve()
        state_file = self.folder / "cluster.json"
        if state_file.exists():
            self.state = json.loads(state_file.read_text())
        else:
            if base is None:
                raise FileNotFoundError(f"no cluster in {self.folder}")
            self.state = {"base": base, "secrets": new_secrets()}
        self.secrets = self.state["secrets"]
        self.topology = Topology(MACHINES, ports_from(self.state["base"]))
        self.processes = {process.name: process for process in self.all_processes()}

    def all_processes(self):
        for kind in KINDS:
            for machine in range(3 if kind in ("etcd", "patroni", "redis", "sentinel") else 2):
                yield self.process(kind, machine)

    def process(self, kind: str, machine: int) -> Process:
        config = self.config(machine)
        commands = {
            "etcd": ["etcd", "--config-file", config / "etcd.yaml"],
            "patroni": ["patroni", config / "patroni.yaml"],
            "redis": ["redis-server", config / "redis.conf"],
            "sentinel": ["redis-sentinel", config / "sentinel.conf"],
            "haproxy": ["/usr/sbin/haproxy", "-db", "-f", config / "haproxy.cfg"],
            **{name: [self.programs / f"filmoteka-{name}", "--config", config / "filmoteka.yaml"] for name in SERVICES},
        }
        command = [str(part) for part in commands[kind]]
        of_postgres = ("postgres", self.data(machine) / "postgres/data/postmaster.pid") if kind == "patroni" else ()
        return Process(self.folder / "run", f"{kind}{machine + 1}", command, *of_postgres)

    def config(self, machine: int) -> pathlib.Path:
        return self.folder / f"node{machine + 1}" / "config"

    def data(self, machine: int) -> pathlib.Path:
        return self.folder / f"node{machine + 1}" / "data"

    def prepare(self):
        """Folders, configuration and passwords, unless they are there."""
        if (self.folder / "cluster.json").exists():
            return
        (self.folder / "run").mkdir(parents=True)
        for machine in range(3):
            self.prepare_machine(machine)
        state_file = self.folder / "cluster.json"
        state_file.touch(mode=0o600)
        state_file.write_text(json.dumps(self.state))

    def prepare_machine(self, machine: int):
        data, config = self.data(machine), self.config(machine)
        for name in ("etcd", "postgres", "redis", *SERVICES):
            (data / name).mkdir(parents=True)
        # etcd and PostgreSQL want their folders for themselves.
        for name in ("etcd", "postgres"):
            (data / name).chmod(0o700)
        write_configuration(self.topology, machine, self.secrets, data, config)
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            for path in (data / "postgres", config / "patroni.yaml", config / "create_database.sh"):
                os.chown(path, owner.pw_uid, owner.pw_gid)
            for parent in (self.folder, self.folder / f"node{machine + 1}", data, config):
                parent.chmod(0o711)

    def start(self, kinds=KINDS, environment: dict[str, str] | None = None):
        """What does not run."""
        for name, process in self.processes.items():
            if name[:-1] in kinds:
                process.start(environment)

    def stop(self):
        for process in reversed(self.processes.values()):
            process.stop()

    def lose_data(self, kind: str, machine: int):
        """What is left of a machine whose disk has gone: an empty folder."""
        folder = self.data(machine) / kind
        shutil.rmtree(folder)
        folder.mkdir(mode=0o700)
        if kind == "postgres" and os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
