"""10,000 idle keep-alive connections beside active clients: what they cost in memory, and the others in time."""

import contextlib
import multiprocessing
import resource
import socket

import paths  # noqa: F401
import driver
import experiment
import plan
import sites

FILMS = 1_000
CONNECTIONS, PROCESSES = 10_000, 2
RATE = 200
SECONDS = 10
LIMIT_KIB = 20
SLOWER = 1.5
UNNOTICED_MS = 20  # a p99 below this is none that a busy machine of two processors measures twice alike
REQUEST = b"GET /api/v1/genres HTTP/1.1\r\nHost: load\r\n\r\n"


def hold(port: int, count: int, pipe):
    """Opens connections, asks once over each, says so, and keeps them until it is told to go."""
    held = []
    for _ in range(count):
        one = socket.create_connection(("127.0.0.1", port), timeout=30)
        one.sendall(REQUEST)
        assert one.recv(65536).startswith(b"HTTP/1.1 200"), "not answered"
        held.append(one)
    pipe.send(len(held))
    pipe.recv()
    for one in held:
        one.close()


@contextlib.contextmanager
def idle_clients(port: int):
    ends, processes = [], []
    try:
        for _ in range(PROCESSES):
            ours, theirs = multiprocessing.Pipe()
            process = multiprocessing.Process(target=hold, args=(port, CONNECTIONS // PROCESSES, theirs), daemon=True)
            process.start()
            theirs.close()
            ends.append(ours)
            processes.append(process)
        for one in ends:
            if not one.poll(120):
                raise RuntimeError("the connections were not made in time")
            one.recv()
        yield
        for one in ends:
            one.send("go")
        for process in processes:
            process.join(60)
    finally:
        for process in processes:
            if process.is_alive():
                process.kill()


def run(settings) -> experiment.Outcome:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, CONNECTIONS + 5_000), hard))
    outcome = experiment.Outcome(["clients", "answered, %", "p50 / p99 / p99.9 ms", "memory, MiB", "descriptors"])
    env = {"FILMOTEKA_GATEWAY_MAX_CONNECTIONS": str(CONNECTIONS + 2_000), "FILMOTEKA_GATEWAY_ACCESS_LOG": "off"}
    with sites.embedded(FILMS, env=env) as site:
        path = plan.mixed(site.folder / "plan", site.url, FILMS, settings.seed, without=("view",))
        driver.run(site.port, path, RATE, 5)  # caches fill

        def measure(name: str) -> driver.Figures:
            figures = driver.run(site.port, path, RATE, SECONDS, seed=settings.seed).figures()
            outcome.rows.append([name, f"{figures.availability:.3f}", figures.milliseconds(),
                                 f"{sites.resident_bytes(site.id) / 2**20:.0f}", f"{sites.descriptors(site.id):,}"])
            return figures

        before = measure(f"{RATE} requests a second")
        memory = sites.resident_bytes(site.id)
        with idle_clients(site.port):
            each = (sites.resident_bytes(site.id) - memory) / CONNECTIONS / 1024
            with_idle = measure(f"{RATE} requests a second and {CONNECTIONS:,} idle connections")
        after = measure("they have gone")
        outcome.check(f"an idle connection takes {each:.1f} KiB, {LIMIT_KIB} at most", each <= LIMIT_KIB)
        bound = max(SLOWER * max(before.quantile(0.99), after.quantile(0.99)), UNNOTICED_MS / 1000)
        outcome.check(f"p99 beside them is {1000 * with_idle.quantile(0.99):.1f} ms, {1000 * bound:.1f} at most",
                      with_idle.quantile(0.99) <= bound)
        outcome.check("all is answered", min(one.availability for one in (before, with_idle, after)) == 100)
        outcome.check("their descriptors are given back", sites.descriptors(site.id) < 500)
    return outcome
