"""The failures: what is done to the cluster, when it counts as survived, and how what was broken comes back."""

import signal
import subprocess
import urllib.error
import urllib.request

import health
from cluster import Cluster
from film_source import SOURCES
from processes import wait_until

DOWN_SECONDS = 8  # for so long at least what was killed stays away


class Failure:
    """`strike` breaks something; `survived` is asked until it says so; `repair` brings back what was broken."""

    def __init__(self, cluster: Cluster):
        self.cluster = cluster

    def strike(self):
        raise NotImplementedError

    def survived(self) -> bool:
        return True

    def repair(self):
        self.cluster.start(environment=self.cluster.environment)


class KillLeader(Failure):
    """SIGKILL to the leading PostgreSQL, all of its processes and its Patroni, as when its machine loses its power."""

    def strike(self):
        self.leader = health.postgres_with_role(self.cluster, "leader")
        self.cluster.processes[f"patroni{self.leader + 1}"].kill()

    def survived(self) -> bool:
        return health.postgres_with_role(self.cluster, "leader") not in (None, self.leader)


class FreezeLeader(KillLeader):
    """The same processes stand still: connections stay open and nothing is answered. Then they go on where they were."""

    def strike(self):
        self.leader = health.postgres_with_role(self.cluster, "leader")
        self.cluster.processes[f"patroni{self.leader + 1}"].signal_all(signal.SIGSTOP)

    def repair(self):
        self.cluster.processes[f"patroni{self.leader + 1}"].signal_all(signal.SIGCONT)


class KillStandby(Failure):
    """The one that has to have each write before it is acknowledged."""

    def strike(self):
        standby = health.postgres_with_role(self.cluster, "sync_standby")
        self.cluster.processes[f"patroni{standby + 1}"].kill()


class Switchover(Failure):
    """Nothing fails: the operator wants another leader, to work on this one's machine."""

    def strike(self):
        self.leader = health.postgres_with_role(self.cluster, "leader")
        subprocess.run(["patronictl", "-c", self.cluster.config(0) / "patroni.yaml", "switchover", "filmoteka", "--master",
                        f"node{self.leader + 1}", "--force"], check=True, capture_output=True, timeout=60)

    def survived(self) -> bool:
        return health.postgres_with_role(self.cluster, "leader") not in (None, self.leader)


class KillRedisMaster(Failure):
    def strike(self):
        self.master = health.redis_master(self.cluster)
        self.cluster.processes[f"redis{self.master + 1}"].kill()

    def survived(self) -> bool:
        return any(health.redis_info(self.cluster, n).get("role") == "master" for n in range(3) if n != self.master)


class KillService(Failure):
    name = ""

    def strike(self):
        self.cluster.processes[self.name].kill()


class KillGateway(KillService):
    name = "gateway1"


class KillMetadata(KillService):
    name = "metadata1"


class KillScraper(KillService):
    """With runs under way; the other one has to take them over and end them."""
    name = "scraper1"

    def strike(self):
        url = f"http://{self.cluster.topology.at(0, 'scraper')}/internal/v1/sources"
        for source in SOURCES:
            request = urllib.request.Request(f"{url}/{source}/run", method="POST", data=b"",
                                             headers={"Authorization": f"Bearer {self.cluster.secrets['token']}"})
            try:
                urllib.request.urlopen(request, timeout=5).close()
            except urllib.error.HTTPError as error:
                if error.code != 409:  # it runs already
                    raise
        self.before = self.ended_by_the_other()
        super().strike()

    def ended_by_the_other(self) -> float:
        return health.metric(self.cluster, "scraper", 1, "filmoteka_scraper_runs_total") or 0

    def survived(self) -> bool:
        return self.ended_by_the_other() >= self.before + len(SOURCES)


class LoseEtcdMember(Failure):
    """SIGKILL, and its disk is gone too: it comes back as a new member, as docs/high-availability.md has it."""
    number = 0

    def strike(self):
        self.cluster.processes[f"etcd{self.number + 1}"].kill()
        self.cluster.lose_data("etcd", self.number)

    def etcdctl(self, *arguments: str) -> str:
        others = ",".join(self.cluster.topology.at(n, "etcd") for n in range(3) if n != self.number)
        return subprocess.run(["etcdctl", "--endpoints", others, *arguments], check=True, capture_output=True, text=True,
                              timeout=30, env={"ETCDCTL_API": "3", "PATH": "/usr/bin:/bin"}).stdout

    def repair(self):
        name = f"node{self.number + 1}"
        lines = [line.split(", ") for line in self.etcdctl("member", "list").splitlines()]
        member = next(line[0] for line in lines if line[2] == name)
        self.etcdctl("member", "remove", member)
        wait_until(lambda: self.added(name), "etcd to take a new member", 30)
        file = self.cluster.config(self.number) / "etcd.yaml"
        file.write_text(file.read_text().replace("initial-cluster-state: new", "initial-cluster-state: existing"))
        super().repair()

    def added(self, name: str) -> bool:
        """It is refused while the others are not yet sure of each other."""
        try:
            self.etcdctl("member", "add", name, f"--peer-urls=http://{self.cluster.topology.at(self.number, 'etcd_peer')}")
        except subprocess.CalledProcessError:
            return False
        return True


FAILURES = {
    "postgres-leader": KillLeader, "postgres-leader-frozen": FreezeLeader, "postgres-standby": KillStandby,
    "postgres-switchover": Switchover, "redis-master": KillRedisMaster, "gateway": KillGateway, "metadata": KillMetadata,
    "scraper": KillScraper, "etcd-member": LoseEtcdMember,
}
