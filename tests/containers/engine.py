"""What the tests of images share: podman and buildah with a storage of their own, and a world of their own to run containers in."""

import contextlib
import fcntl
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
KEPT = ROOT / "build/containers"  # the base image and the stand-ins, from one run to the next
WORLD = KEPT / "world"  # everything else, for one run
STORAGE = KEPT / "storage"
BASE = "docker.io/library/debian:bookworm-slim"
IMAGES = ("gateway", "metadata", "scraper", "filmoteka")
STANDINS = {"postgres": "docker.io/library/postgres:15-bookworm", "redis": "docker.io/library/redis:7-bookworm",
            "haproxy": "docker.io/library/haproxy:2.6", "prometheus": "docker.io/prom/prometheus:v2.53.5",
            "site": "localhost/filmoteka-test-site:latest"}


def name_of(image: str) -> str:
    return "localhost/filmoteka" if image == "filmoteka" else f"localhost/filmoteka-{image}"


def run(*command, check=True, timeout=600, **more) -> subprocess.CompletedProcess:
    done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout, **more)
    if check and done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
    return done


def programs() -> pathlib.Path:
    """FILMOTEKA_BIN, the release, or else what the tests are built from."""
    if "FILMOTEKA_BIN" in os.environ:
        return pathlib.Path(os.environ["FILMOTEKA_BIN"])
    for preset in ("release", "dev"):
        if (ROOT / f"build/{preset}/bin/filmoteka").exists():
            return ROOT / f"build/{preset}/bin"
    raise AssertionError("there are no programs: build them first (./run or ./test)")


def libraries(program: pathlib.Path) -> list[str]:
    """What the program itself asks for: names like libssl.so.3."""
    return [line.split()[1] for line in run("objdump", "-p", program).stdout.splitlines() if "NEEDED" in line]


def packages(program: pathlib.Path) -> set[str]:
    """The Debian packages of these libraries, on this machine."""
    places = {line.split()[0]: line.split()[2] for line in run("ldd", program).stdout.splitlines() if "=> /" in line}
    found = set()
    for library in libraries(program):
        if library not in places:  # the loader, which libc6 has
            continue
        for path in (places[library], os.path.realpath(places[library]), places[library].removeprefix("/usr")):
            owner = run("dpkg", "-S", path, check=False)
            if owner.returncode == 0:
                found.add(owner.stdout.split(":")[0])
                break
        else:
            raise AssertionError(f"no package has {library} ({places[library]})")
    return found


class Engine:
    """Images stay in build/containers; `folder` is emptied before and after each run."""

    def __init__(self):
        self.folder = WORLD
        (WORLD / "containers.conf").write_text(f"""[containers]
cgroups = "no-conmon"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
tmp_dir = "{WORLD}/libpod"
volume_path = "{WORLD}/volumes"
[network]
network_backend = "netavark"
network_config_dir = "{WORLD}/networks"
""")
        (WORLD / "storage.conf").write_text(f"""[storage]
driver = "{storage_driver()}"
runroot = "{WORLD}/run"
graphroot = "{STORAGE}"
""")
        self.environment = {**os.environ, "CONTAINERS_CONF": str(WORLD / "containers.conf"),
                            "CONTAINERS_STORAGE_CONF": str(WORLD / "storage.conf")}

    def clear(self):
        """No containers, those too that an interrupted run has left in the storage; their volumes go with `folder`."""
        for container in self.podman("ps", "--all", "--external", "--quiet").split():
            self.podman("rm", "--force", container)
        self.podman("image", "prune", "--force")  # those whose name a later one has got

    def podman(self, *arguments, **more) -> str:
        return run("podman", *arguments, env=self.environment, **more).stdout

    def buildah(self, *arguments, **more) -> str:
        return run("buildah", *arguments, env=self.environment, **more).stdout

    def has(self, image: str) -> bool:
        return run("podman", "image", "exists", image, check=False, env=self.environment).returncode == 0

    def inspect(self, image: str) -> dict:
        return json.loads(self.podman("image", "inspect", image))[0]

    def make_base(self):
        """Debian's own packages in place of the public image, which has the same content but for what only people read."""
        if self.has(BASE):
            return
        say("the base image")
        with tempfile.TemporaryDirectory(prefix="filmoteka-test-") as holder:
            archive = f"{holder}/base.tar"
            run("mmdebstrap", "--variant=minbase", "--aptopt=Acquire::Languages \"none\"",
                "--dpkgopt=path-exclude=/usr/share/man/*", "--dpkgopt=path-exclude=/usr/share/locale/*",
                "--dpkgopt=path-exclude=/usr/share/doc/*", "--dpkgopt=path-include=/usr/share/doc/*/copyright",
                "--customize-hook=rm -f \"$1\"/etc/hostname \"$1\"/etc/resolv.conf", "bookworm", archive)
            self.podman("import", archive, BASE)

    def make_standins(self):
        for target, image in STANDINS.items():
            if not self.has(image):
                say(f"the stand-in of {image}")
                self.buildah("bud", "--isolation", "chroot", "--pull-never", "--format", "docker", "-f", HERE / "standins.Dockerfile",
                             "--target", target, "-t", image, HERE)

    def stage(self) -> pathlib.Path:
        """What the stage `artifacts` has, from programs that are there already."""
        artifacts = self.folder / "artifacts"
        run(ROOT / "deploy/containers/stage.sh", programs(), artifacts)
        return artifacts

    def build(self, image: str, artifacts: pathlib.Path, tag="latest", *more):
        """One of our images, by the Dockerfile as it is."""
        sanitized = "libasan8 libubsan1" if any("libasan" in library for program in (artifacts / "bin").iterdir() for library in libraries(program)) else ""
        self.buildah("bud", "--isolation", "chroot", "--pull-never", "--format", "docker", "--timestamp", "0", "--build-context",
                     f"artifacts={artifacts}", "--build-arg", f"EXTRA_PACKAGES={sanitized}", "-f",
                     ROOT / "deploy/containers/Dockerfile", "--target", image, "-t", f"{name_of(image)}:{tag}", *more, ROOT)

    @contextlib.contextmanager
    def mounted(self, image: str):
        """The folder with the image's files."""
        try:
            yield pathlib.Path(self.podman("image", "mount", image).strip())
        finally:
            self.podman("image", "unmount", image)


def storage_driver() -> str:
    """overlay where the kernel lets us (copies nothing), else vfs."""
    with tempfile.TemporaryDirectory(prefix="overlay-", dir=KEPT) as holder:
        for name in ("lower", "upper", "work", "merged"):
            pathlib.Path(holder, name).mkdir()
        options = f"lowerdir={holder}/lower,upperdir={holder}/upper,workdir={holder}/work"
        if run("mount", "-t", "overlay", "overlay", "-o", options, f"{holder}/merged", check=False).returncode != 0:
            return "vfs"
        run("umount", f"{holder}/merged")
        return "overlay"


def say(what: str):
    print(f"-- making {what}", file=sys.stderr, flush=True)


def in_a_world(step: str, script: str):
    """Runs the script again, as `step`, with mounts and processes of its own: whatever still runs or is mounted ends with it,
    however it ends. The step `containers` has a network and a /run of its own too: bridges, firewall rules and network namespaces go
    as well."""
    prepare = "mount --make-rprivate / && mount -t tmpfs tmpfs /dev/shm"  # /dev/shm has the locks of every podman of the machine
    own = ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
    if step == "containers":
        prepare += " && mount -t tmpfs tmpfs /run && ip link set lo up"
        own.append("--net")
    shutil.rmtree(WORLD, ignore_errors=True)
    shutil.rmtree(STORAGE / "libpod", ignore_errors=True)  # podman's memory of the containers of a run
    WORLD.mkdir(parents=True)
    try:
        # bash stays the first process: it waits for what podman leaves behind.
        return subprocess.run(["unshare", *own, "bash", "-c", prepare + ' && { "$@"; exit $?; }', "bash", sys.executable, script,
                               *sys.argv[1:]], env={**os.environ, "FILMOTEKA_WORLD": step}, check=False).returncode
    finally:
        shutil.rmtree(WORLD, ignore_errors=True)
        shutil.rmtree(STORAGE / "libpod", ignore_errors=True)


def run_steps(script: str, images, containers):
    """The steps of a test: `images` may fetch packages, `containers` (may be None) runs without any network but its own."""
    step = os.environ.get("FILMOTEKA_WORLD")
    if step:
        engine = Engine()
        engine.clear()
        try:
            {"images": images, "containers": containers}[step](engine)
        finally:
            engine.clear()
        return
    if os.geteuid() != 0:
        raise SystemExit("containers are built and run as root here")
    KEPT.mkdir(parents=True, exist_ok=True)
    with open(KEPT / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        code = in_a_world("images", script) or (in_a_world("containers", script) if containers else 0)
    raise SystemExit(code)
