"""A clean Debian machine for a test: made by mmdebstrap, booted by systemd-nspawn with systemd as process 1.

It has a network of its own with nothing in it but its loopback, so its ports are nobody else's. What apt needs from Debian's
mirror is fetched before it boots, and kept between runs in build/debian-root/archives.
"""

import atexit
import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

import harness

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = ROOT / "build/debian-root"
PACKAGES = ["curl", "systemd", "systemd-sysv"]  # besides the smallest Debian; curl is what the test asks with
ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}


def checked(*command, timeout=900) -> str:
    done = subprocess.run(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, timeout=timeout)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout[-6000:]}")
    return done.stdout


def clean_root() -> pathlib.Path:
    """The tar of a clean root, kept by what it is made of."""
    key = hashlib.sha256(" ".join(["bookworm minbase", *PACKAGES]).encode()).hexdigest()[:12]
    tar = CACHE / f"{key}.tar"
    if not tar.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        fresh = tar.with_suffix(".new.tar")
        checked("mmdebstrap", "--variant=minbase", f"--include={','.join(PACKAGES)}", "bookworm", fresh)
        fresh.rename(tar)
    return tar


def copy_debs(source: pathlib.Path, target: pathlib.Path):
    """Those that are not there yet; other tests may do the same at the same time."""
    source.mkdir(parents=True, exist_ok=True)
    target.mkdir(parents=True, exist_ok=True)
    for deb in source.glob("*.deb"):
        if not (target / deb.name).exists():
            fresh = target / f"{deb.name}.{os.getpid()}"
            shutil.copyfile(deb, fresh)
            fresh.rename(target / deb.name)


class Machine:
    """Lifetime: constructed → fetch() what will be installed → boot() → run() … → close()."""

    def __init__(self, debs: pathlib.Path):
        """`debs`: the folder that the machine sees as /debs."""
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="filmoteka-machine-"))
        self.root = self.folder / "root"
        self.nspawn = None
        self.leader = 0
        self.options = ["systemd-nspawn", "--quiet", "--directory", self.root, "--register=no", "--keep-unit",
                        f"--machine={self.folder.name.replace('_', '')}", f"--bind-ro={debs}:/debs"]
        atexit.register(self.close)  # also when the test is interrupted
        self.root.mkdir()
        checked("tar", "-C", self.root, "-xf", clean_root())

    def fetch(self, *packages: pathlib.Path):
        """Has apt resolve what these packages need and download it."""
        names = [f"/debs/{file.relative_to(file.parents[1])}" for file in packages]
        apt = [*self.options, "--resolv-conf=replace-host", "--pipe", "apt-get", "-qq"]
        archives = self.path("/var/cache/apt/archives")
        copy_debs(CACHE / "archives", archives)
        checked(*apt, "update")
        checked(*apt, "install", "-y", "--no-install-recommends", "--download-only", *names)
        copy_debs(archives, CACHE / "archives")

    def boot(self):
        self.log = open(self.folder / "console.log", "wb")
        # It halts the machine when this process is gone, however that ended.
        self.nspawn = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", *map(str, self.options), "--boot", "--private-network",
                                        "--console=pipe"], stdin=subprocess.DEVNULL, stdout=self.log,
                                       stderr=subprocess.STDOUT)

        def booted():
            if self.nspawn.poll() is not None:
                raise AssertionError(f"systemd-nspawn ended: {(self.folder / 'console.log').read_text(errors='replace')}")
            children = pathlib.Path(f"/proc/{self.nspawn.pid}/task/{self.nspawn.pid}/children").read_text().split()
            if not children:
                return False
            self.leader = int(children[0])
            # Until systemd-nspawn has put it into namespaces of its own, it would be this machine that is asked.
            if not self.is_apart():
                return False
            return self.run("systemctl", "is-system-running", check=False).stdout.strip() in ("running", "degraded")

        harness.wait_until(booted, "the machine to boot", 120)

    def is_apart(self) -> bool:
        own, its = pathlib.Path("/proc/self/ns"), pathlib.Path(f"/proc/{self.leader}/ns")
        try:
            return all(os.readlink(own / name) != os.readlink(its / name) for name in ("pid", "mnt"))
        except OSError:
            return False

    def run(self, *command: str, check=True, timeout=300) -> subprocess.CompletedProcess:
        """A command as root inside the booted machine."""
        done = subprocess.run(["nsenter", "--target", str(self.leader), "--all", "--", *map(str, command)],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=timeout, env=ENVIRONMENT, cwd="/")
        if check and done.returncode != 0:
            raise AssertionError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout[-6000:]}")
        return done

    def apt(self, *arguments: str) -> str:
        return self.run("apt-get", "-y", "--no-install-recommends", "--allow-downgrades", *arguments).stdout

    def install(self, *packages: pathlib.Path) -> str:
        return self.apt("install", *(f"/debs/{file.relative_to(file.parents[1])}" for file in packages))

    def get(self, url: str) -> tuple[int, str]:
        """(status, body); 0 when nobody answers."""
        done = self.run("curl", "--silent", "--max-time", "10", "--write-out", "\n%{http_code}", url, check=False)
        body, _, status = done.stdout.rpartition("\n")
        return int(status or 0), body

    def get_json(self, url: str):
        status, body = self.get(url)
        return json.loads(body) if status == 200 else None

    def post(self, url: str, value) -> tuple[int, str]:
        done = self.run("curl", "--silent", "--max-time", "10", "--write-out", "\n%{http_code}", "--json", json.dumps(value), url)
        body, _, status = done.stdout.rpartition("\n")
        return int(status or 0), body

    def path(self, name: str) -> pathlib.Path:
        """A file of the machine, seen from outside."""
        return self.root / name.lstrip("/")

    def unit(self, unit: str, name: str) -> str:
        """A property of a unit, as systemd has it."""
        return self.run("systemctl", "show", "--value", f"--property={name}", unit).stdout.strip()

    def is_active(self, unit: str) -> bool:
        return self.unit(unit, "ActiveState") == "active"

    def journal(self, unit: str) -> str:
        return self.run("journalctl", "--no-pager", "--output=cat", f"--unit={unit}").stdout

    def close(self):
        if self.nspawn is not None and self.nspawn.poll() is None:
            self.nspawn.send_signal(signal.SIGTERM)  # systemd-nspawn halts the machine
            try:
                self.nspawn.wait(60)
            except subprocess.TimeoutExpired:
                os.kill(self.leader, signal.SIGKILL)
                self.nspawn.kill()
                self.nspawn.wait()
        if self.nspawn is not None:
            self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)
