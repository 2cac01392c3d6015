#!/usr/bin/python3
"""Filmoteka without a single machine that matters: etcd, Patroni with PostgreSQL, Redis with Sentinel, HAProxy and two of each
service. On one machine, to learn and to test; and the same configuration for several (docs/high-availability.md).

  ha.py up [--data DIR] [--programs DIR] [--base PORT]    starts what does not run, waits until it is whole, prints the addresses
  ha.py status [--data DIR]                               who runs, who leads, what is wrong
  ha.py kill NAME [--data DIR]                            SIGKILL to one and all that it has started (patroni1, redis2, gateway1 …)
  ha.py down [--data DIR]                                 ends all; the data stay. `up` goes on with them
  ha.py secrets                                           prints new passwords, for `render`
  ha.py render --machines A,B,C --this A --secrets FILE --data DIR --to DIR
                                                          the configuration of one of three machines
"""

import argparse
import json
import pathlib
import sys

import health
from cluster import Cluster, new_secrets, write_configuration
from processes import wait_until
from topology import STANDARD_PORTS, Topology

ROOT = pathlib.Path(__file__).resolve().parents[2]
START_SECONDS = 180


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("up", "status", "kill", "down"):
        command = commands.add_parser(name)
        command.add_argument("--data", type=pathlib.Path, default=pathlib.Path("/var/tmp/filmoteka-ha"))
        command.add_argument("--programs", type=pathlib.Path, default=ROOT / "build/release/bin")
        if name == "up":
            command.add_argument("--base", type=int, default=12_000)
        if name == "kill":
            command.add_argument("name")
    commands.add_parser("secrets")
    render = commands.add_parser("render")
    render.add_argument("--machines", required=True, type=lambda text: text.split(","))
    render.add_argument("--this", required=True)
    render.add_argument("--secrets", required=True, type=pathlib.Path)
    render.add_argument("--data", required=True, type=pathlib.Path)
    render.add_argument("--to", required=True, type=pathlib.Path)
    return parser.parse_args()


def wait_until_whole(cluster: Cluster):
    try:
        wait_until(lambda: not health.problems(cluster), "the cluster to be whole", START_SECONDS)
    except TimeoutError as error:
        sys.exit(f"{error}:\n  " + "\n  ".join(health.problems(cluster)) + f"\nThe logs are in {cluster.folder / 'run'}.")


def print_addresses(cluster: Cluster):
    at = cluster.topology.at
    print(f"site           http://{at(0, 'site')} and http://{at(1, 'site')}")
    print(f"metadata       http://{at(0, 'metadata_front')} and http://{at(1, 'metadata_front')} (write API, for operators)")
    print(f"PostgreSQL     {cluster.topology.databases(range(3), cluster.secrets, '?target_session_attrs=read-write')}")
    print(f"Patroni        patronictl -c {cluster.config(0) / 'patroni.yaml'} list")
    print(f"etcd           ETCDCTL_API=3 etcdctl --endpoints {','.join(cluster.topology.all_at('etcd'))} endpoint status -w table")


def print_status(cluster: Cluster) -> int:
    for name, process in cluster.processes.items():
        print(f"{name:12} {'runs as ' + str(process.pid) if process.pid else 'does not run'}")
    for member in health.patroni_members(cluster):
        print(f"PostgreSQL   {member['name']} {member['role']}, {member['state']}, {member.get('lag', 0)} bytes behind")
    master = health.redis_master(cluster)
    print(f"Redis        {'no master with two replicas' if master is None else f'redis{master + 1} is the master'}")
    found = health.problems(cluster)
    print("\n".join(found) if found else "whole")
    return 1 if found else 0


def render(options: argparse.Namespace) -> int:
    if len(options.machines) != 3 or options.this not in options.machines:
        sys.exit("--machines names three addresses, and --this one of them")
    topology = Topology(options.machines, STANDARD_PORTS)
    passwords = json.loads(options.secrets.read_text())
    write_configuration(topology, options.machines.index(options.this), passwords, options.data, options.to)
    return 0


def main() -> int:
    options = read_options()
    if options.command == "secrets":
        print(json.dumps(new_secrets(), indent=1))
        return 0
    if options.command == "render":
        return render(options)
    cluster = Cluster(options.data, options.programs, options.base if options.command == "up" else None)
    if options.command == "up":
        health.bring_up(cluster)
        wait_until_whole(cluster)
        print_addresses(cluster)
    elif options.command == "status":
        return print_status(cluster)
    elif options.command == "kill":
        if options.name not in cluster.processes:
            sys.exit("there are " + ", ".join(cluster.processes))
        cluster.processes[options.name].kill()
    else:
        cluster.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
