"""Mixed load on a cluster for a long time, with a small failure every half minute: memory and descriptors stay flat, all is
served, nothing acknowledged is lost."""

import random
import statistics
import threading
import time

import paths  # noqa: F401
import experiment
import sites

FILMS = 5_000
RATE = 300
PAUSE_SECONDS = 30
SAMPLE_SECONDS = 2
WARM_UP = 0.5  # of the time: caches fill, and the allocator finds its places
GROWTH = 0.05  # of the memory, over the time that was measured
DESCRIPTORS = 8


def slope(points: list[tuple[float, float]]) -> float:
    """By least squares."""
    return statistics.linear_regression(*zip(*points)).slope


class Watch(threading.Thread):
    """Memory and descriptors of processes that live as long as the soak."""

    def __init__(self, processes):
        super().__init__(daemon=True)
        self.processes = processes
        self.samples = {process.name: [] for process in processes}  # (time, bytes, descriptors)
        self.ended = threading.Event()

    def run(self):
        while not self.ended.wait(SAMPLE_SECONDS):
            for process in self.processes:
                self.samples[process.name].append((time.monotonic(), sites.resident_bytes(process.id),
                                                   sites.descriptors(process.id)))


def failures(site, chance: random.Random) -> dict:
    """Of what there are two of, one lives on, so that its memory can be watched: it only stands still now and then."""
    _, service = site.services
    _, gateway = site.gateways

    def kill(process):
        process.kill()
        process.start()

    def stand_still(process):
        process.pause()
        time.sleep(chance.uniform(0.2, 1.5))
        process.resume()

    def lose_connections():
        site.postgres.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                          "AND backend_type = 'client backend'")

    def kill_redis():
        site.redis.kill()
        time.sleep(chance.uniform(0.2, 2))
        site.redis.start()

    return {"kill metadata-2": lambda: kill(service), "kill gateway-2": lambda: kill(gateway),
            "stop metadata-1": lambda: stand_still(site.services[0]), "stop metadata-2": lambda: stand_still(service),
            "stop gateway-2": lambda: stand_still(gateway), "connections to PostgreSQL": lose_connections,
            "kill Redis": kill_redis}


def run(settings) -> experiment.Outcome:
    chance = random.Random(settings.seed)
    outcome = experiment.Outcome(["process", "memory at the end, MiB", "growth, MiB an hour", "growth in the second half, %",
                                  "descriptors", "change of descriptors"])
    with sites.cluster(FILMS, gateway_env={"FILMOTEKA_GATEWAY_CACHE_MAX_BYTES": "16MiB",
                                           "FILMOTEKA_GATEWAY_LOG_LEVEL": "warning"}) as site:
        experiment.LONGEST_SECONDS = settings.seconds + 120
        load = experiment.UnderLoad(site, FILMS, RATE, settings.seed, write_rate=2)
        watch = Watch([site.services[0], site.gateways[0]])
        done = []
        with load:
            watch.start()
            begin, end = time.monotonic(), time.monotonic() + settings.seconds
            ways = failures(site, chance)
            while time.monotonic() + PAUSE_SECONDS < end:
                time.sleep(PAUSE_SECONDS * chance.uniform(0.7, 1.1))
                done.append(chance.choice(list(ways)))
                print(f"  {time.monotonic() - begin:5.0f} s: {done[-1]}", flush=True)
                ways[done[-1]]()
            time.sleep(max(0.0, end - time.monotonic()))
            watch.ended.set()
            load.mark_mend()
        struck = load.struck()
    seconds = settings.seconds
    for name, samples in watch.samples.items():
        measured = [one for one in samples if one[0] - begin >= WARM_UP * seconds]
        bytes_a_second = slope([(when, memory) for when, memory, _ in measured])
        span = measured[-1][0] - measured[0][0]
        memory = statistics.median(one[1] for one in measured[-10:])
        grown = 100 * bytes_a_second * span / memory
        change = slope([(when, count) for when, _, count in measured]) * span
        outcome.rows.append([name, f"{memory / 2**20:.0f}", f"{bytes_a_second * 3600 / 2**20:+.1f}", f"{grown:+.1f}",
                             f"{min(one[2] for one in measured)}–{max(one[2] for one in measured)}", f"{change:+.1f}"])
        outcome.check(f"{name}: memory is flat", grown <= 100 * GROWTH)
        outcome.check(f"{name}: descriptors are flat", abs(change) <= DESCRIPTORS)
    figures = struck.result.figures()
    outcome.notes += [f"{seconds:,} s, {figures.sent:,} requests, {figures.availability:.3f} % ok, "
                      f"p50 / p99 / p99.9 {figures.milliseconds()} ms; {len(done)} failures; {struck.history}"]
    outcome.check("99.9 % of the requests are answered", figures.availability >= 99.9)
    outcome.check("no contradiction in the history", not struck.history.violations)
    outcome.notes += [str(one) for one in struck.history.violations[:5]]
    return outcome


