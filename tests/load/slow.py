"""Slow clients (slowhttptest) beside others: slow headers, slow bodies, slow reads."""

import re
import subprocess

import paths  # noqa: F401
import driver
import experiment
import plan
import sites

FILMS = 1_000
RATE = 200
CONNECTIONS = 2_000
SECONDS = 25
ATTACKS = {
    "slow headers (-H)": ("-H", "-i", "5", "-u", "/api/v1/home"),
    "slow bodies (-B)": ("-B", "-i", "5", "-s", "8192", "-t", "POST", "-u", "/api/v1/movies/1/views"),
    "slow reads (-X)": ("-X", "-w", "512", "-y", "1024", "-n", "5", "-z", "32", "-k", "3", "-u", "/api/v1/movies?per_page=100"),
}


def attack(url: str, arguments) -> subprocess.Popen:
    *rest, target = arguments
    return subprocess.Popen(["slowhttptest", *rest, url + target, "-c", str(CONNECTIONS), "-r", "400", "-l", str(SECONDS),
                             "-p", "3"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def run(settings) -> experiment.Outcome:
    outcome = experiment.Outcome(["slow clients", "requests of others answered, %", "p50 / p99 / p99.9 ms", "memory, MiB",
                                  "descriptors", "how it ended for them"])
    env = {"FILMOTEKA_GATEWAY_ACCESS_LOG": "off"}
    with sites.embedded(FILMS, env=env) as site:
        path = plan.mixed(site.folder / "plan", site.url, FILMS, settings.seed, without=("view",))
        driver.run(site.port, path, RATE, 5)

        def measure(name: str, ended) -> driver.Figures:
            figures = driver.run(site.port, path, RATE, SECONDS if name != "none" else 5, seed=settings.seed).figures()
            memory, open_files = sites.resident_bytes(site.id) / 2**20, sites.descriptors(site.id)
            outcome.rows.append([name, f"{figures.availability:.3f}", figures.milliseconds(), f"{memory:.0f}", f"{open_files:,}", ended()])
            return figures

        measure("none", lambda: "–")
        for name, arguments in ATTACKS.items():
            attacker = attack(site.url, arguments)
            try:
                def ended():
                    output = re.sub(r"\x1b\[[0-9;]*m", "", attacker.communicate(timeout=60)[0])
                    found = {key: re.findall(rf"{key}: *(\d+)", output)[-1:] for key in ("closed", "connected", "error")}
                    return ", ".join(f"{key} {value[0]}" for key, value in found.items() if value)

                figures = measure(f"{CONNECTIONS:,} with {name}", ended)
            finally:
                if attacker.poll() is None:
                    attacker.kill()
                attacker.wait()
            outcome.check(f"{name}: {figures.availability:.3f} % of the others' requests answered", figures.availability >= 99.9)
        outcome.check("their descriptors are given back",
                      sites.harness.wait_until(lambda: sites.descriptors(site.id) < 400, "descriptors", 60))
    return outcome
