"""Which machines there are, and at which address each of their parts answers: what the templates are filled with."""

import dataclasses
import pathlib
import socket
import string

TEMPLATES = pathlib.Path(__file__).resolve().parent / "templates"

# Where each part listens on its machine. `render` keeps these; `up` moves them all to numbers from a base on.
STANDARD_PORTS = {
    "etcd": 2379, "etcd_peer": 2380, "postgres": 5432, "patroni": 8008, "redis": 6379, "sentinel": 26379,
    "site": 80, "redis_front": 6380, "metadata_front": 8091,
    "gateway": 8080, "metadata": 8081, "scraper": 8082,
    "gateway_ops": 9080, "metadata_ops": 9081, "scraper_ops": 9082,
}
SERVICES = ("gateway", "metadata", "scraper")


def ports_from(base: int) -> dict[str, int]:
    return {name: base + offset for offset, name in enumerate(STANDARD_PORTS)}


def free_base(addresses: list[str]) -> int:
    """Below the ports that outgoing connections are given, so that nobody takes one while its owner is away."""
    lowest = int(pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    for base in range(12_000, lowest - 100, 100):
        held = []
        try:
            for address in addresses:
                for port in ports_from(base).values():
                    held.append(socket.create_server((address, port)))
            return base
        except OSError:
            continue
        finally:
            for one in held:
                one.close()
    raise RuntimeError("no free block of ports")


@dataclasses.dataclass(frozen=True)
class Topology:
    """The first three machines have a member each of etcd, PostgreSQL, Redis and Sentinel; the first two also HAProxy
    and the three services. Two would not do: with one of them gone there is no majority, and no second copy of a write."""

    machines: list[str]  # addresses
    ports: dict[str, int]

    def at(self, machine: int, part: str) -> str:
        return f"{self.machines[machine]}:{self.ports[part]}"

    def all_at(self, part: str, count: int = 3) -> list[str]:
        return [self.at(machine, part) for machine in range(count)]

    def databases(self, machines, secrets: dict[str, str], options: str = "") -> str:
        hosts = ",".join(self.at(machine, "postgres") for machine in machines)
        return f"postgresql://filmoteka:{secrets['database']}@{hosts}/filmoteka{options}"

    def values(self, machine: int, secrets: dict[str, str], data: pathlib.Path, config: pathlib.Path) -> dict[str, str]:
        """All that a template may ask for."""
        address = self.machines[machine]
        return {
            "name": f"node{machine + 1}", "number": str(machine + 1), "address": address,
            "data": str(data), "config": str(config),
            **{f"port_{name}": str(port) for name, port in self.ports.items()},
            **{f"secret_{name}": value for name, value in secrets.items()},
            "etcd_members": ",".join(f"node{n + 1}=http://{self.at(n, 'etcd_peer')}" for n in range(3)),
            "etcd_hosts": ",".join(self.all_at("etcd")),
            "hba_replication": self.lines("    - host replication replicator {}/32 scram-sha-256"),
            "hba_all": self.lines("    - host all all {}/32 scram-sha-256"),
            "redis_master": self.machines[0],
            "redis_replicaof": "" if machine == 0 else f"replicaof {self.machines[0]} {self.ports['redis']}\n",
            "haproxy_gateways": self.servers("gateway", 2, " check port {gateway_ops}"),
            "haproxy_metadata": self.servers("metadata", 2, " check port {metadata_ops}"),
            "haproxy_redis": self.servers("redis", 3, " check"),
            "metadata_urls": ", ".join(f"http://{at}" for at in self.all_at("metadata", 2)),
            "trusted_proxies": ", ".join(self.machines[:2]),
            "database_url": self.databases(range(3), secrets),
        }

    def lines(self, line: str) -> str:
        return "\n".join(line.format(address) for address in self.machines)

    def servers(self, part: str, count: int, rest: str) -> str:
        return "\n".join(f"  server {part}{n + 1} {self.at(n, part)}{rest.format(**self.ports)}" for n in range(count))


def fill(template: str, values: dict[str, str]) -> str:
    """A `$name` that nobody knows is an error."""
    return string.Template((TEMPLATES / template).read_text()).substitute(values)
