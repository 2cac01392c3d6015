"""kill -9 and SIGSTOP of each process under mixed load and writes, at random moments, of a random one where there are two."""

import random
import time

import paths  # noqa: F401
import experiment
import sites

FILMS = 5_000
RATE = 150
AWAY_SECONDS = 3
STILL_SECONDS = 4
BACK_SECONDS = 5  # until reads are well again once the process is there


def kill(process):
    process.kill()
    time.sleep(AWAY_SECONDS)
    process.start()


def stand_still(process):
    process.pause()
    time.sleep(STILL_SECONDS)
    process.resume()


def kill_both(services):
    for service in services:
        service.kill()
    time.sleep(AWAY_SECONDS)
    for service in services:
        service.launch()
    for service in services:
        service.wait()


def kill_postgres(server):
    server.kill()
    time.sleep(AWAY_SECONDS)
    server.start()


def freeze_postgres(server):
    server.stand_still()
    time.sleep(STILL_SECONDS)
    server.go_on()


def in_cluster(site, chance) -> dict:
    """name → (what is done, the least percentage of reads that have to be answered)"""
    service, gateway = chance.choice(site.services), chance.choice(site.gateways)
    return {
        "kill -9 of a metadata service": (lambda: kill(service), 99.9),
        "kill -9 of both metadata services": (lambda: kill_both(site.services), 85),
        "kill -9 of a gateway": (lambda: kill(gateway), 99.5),
        "kill -9 of Redis": (lambda: kill(site.redis), 99.9),
        "kill -9 of PostgreSQL": (lambda: kill_postgres(site.postgres), 99.9),
        "SIGSTOP of a metadata service": (lambda: stand_still(service), 99.9),
        "SIGSTOP of a gateway": (lambda: stand_still(gateway), 97),
        "SIGSTOP of Redis": (lambda: stand_still(site.redis), 99.9),
        "SIGSTOP of PostgreSQL": (lambda: freeze_postgres(site.postgres), 99.9),
    }


def in_one_process(site, _) -> dict:
    return {"kill -9 of the only process": (lambda: kill(site), 0), "SIGSTOP of the only process": (lambda: stand_still(site), 0)}


def strike(outcome, site, kind: str, name: str, what, least: float, seed: int, chance):
    load = experiment.UnderLoad(site, FILMS, RATE, seed, before=chance.uniform(2, 4))
    with load:
        what()
        load.mark_mend()
    struck = load.struck()
    outcome.rows.append(struck.row(name, kind))
    outcome.check(f"{name} ({kind}): nothing lost, {struck.history.acknowledged} acknowledged", not struck.history.violations)
    outcome.check(f"{name} ({kind}): {struck.availability:.2f} % of the reads answered, {least} at least",
                  struck.availability >= least)
    outcome.check(f"{name} ({kind}): well {struck.well - struck.mended:.1f} s after, {BACK_SECONDS} at most",
                  struck.well - struck.mended <= BACK_SECONDS)
    outcome.notes += [f"{name}: {one}" for one in struck.history.violations[:3]]
    if struck.reads.failures:
        outcome.notes.append(f"{name} ({kind}): reads that failed: {dict(struck.reads.failures)}")
    if not site.processes[0].is_alive():
        raise RuntimeError(f"{site.processes[0].name} is gone")


def run(settings) -> experiment.Outcome:
    chance = random.Random(settings.seed)
    outcome = experiment.Outcome(experiment.FAILURE_HEAD)
    for kind, make, failures in (("cluster", sites.cluster, in_cluster), ("one process", sites.embedded, in_one_process)):
        with make(FILMS) as site:
            todo = list(failures(site, chance).items())
            chance.shuffle(todo)
            for number, (name, (what, least)) in enumerate(todo):
                print(f"  {name}", flush=True)
                strike(outcome, site, kind, name, what, least, settings.seed + 10 * number, chance)
    return outcome
