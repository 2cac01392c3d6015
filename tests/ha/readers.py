#!/usr/bin/python3
"""Reads the site at a fixed rate, as many visitors would: a request is due at its time whether or not the ones before it were
answered (an open loop), and its latency counts from then, so that a standstill is seen in all the requests that it delayed.

  readers.py URL RATE FILE     until SIGTERM; a line for each request: when it was due, latency in seconds, status (0: no answer)
"""

import http.client
import itertools
import pathlib
import random
import signal
import sys
import threading
import time
import urllib.parse

# Enough for the rate while each answer takes a second.
CONNECTIONS_FOR_A_REQUEST_A_SECOND = 0.5
PATIENCE_SECONDS = 5
GENRES = ("драма", "комедия", "боевик", "вестерн", "мюзикл")


def same_for_all(chance: random.Random) -> str:
    """What lies in the cache, most of the time."""
    return chance.choice(("/api/v1/home", "/api/v1/genres", "/api/v1/movies?per_page=20",
                          "/api/v1/movies?sort=-rating&per_page=20", f"/api/v1/movies/{chance.randint(1, 20)}"))


def its_own(chance: random.Random) -> str:
    """What nobody has asked for before, as a rule: metadata has to answer."""
    genre = urllib.parse.quote(chance.choice(GENRES))
    return (f"/api/v1/movies?genre={genre}&year_from={chance.randint(1950, 2020)}&rating_from={chance.randint(0, 99) / 10}"
            f"&per_page={chance.randint(1, 50)}")


class Reader(threading.Thread):
    def __init__(self, number: int, address: tuple[str, int], slots, begin: float, rate: float, write):
        super().__init__(daemon=True)
        self.chance = random.Random(number)
        self.address, self.slots, self.begin, self.rate, self.write = address, slots, begin, rate, write
        self.connection = None

    def run(self):
        for slot in self.slots:
            due = self.begin + slot / self.rate
            time.sleep(max(0.0, due - time.monotonic()))
            path = same_for_all(self.chance) if slot % 2 else its_own(self.chance)
            status = self.ask(path)
            self.write(f"{due:.4f} {time.monotonic() - due:.4f} {status}\n")

    def ask(self, path: str) -> int:
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection(*self.address, timeout=PATIENCE_SECONDS)
                self.connection.connect()
        except OSError:
            self.connection = None
            return 0
        try:
            self.connection.request("GET", path)
            answer = self.connection.getresponse()
            answer.read()
            # Whoever was told that the connection ends does not use it again.
            if answer.will_close:
                self.forget()
            return answer.status
        except (OSError, http.client.HTTPException):
            self.forget()
            return 0

    def forget(self):
        self.connection.close()
        self.connection = None


def main():
    url, rate, file = urllib.parse.urlsplit(sys.argv[1]), float(sys.argv[2]), pathlib.Path(sys.argv[3])
    with open(file, "w", buffering=1) as lines:
        slots = itertools.count()
        begin = time.monotonic() + 0.2
        for number in range(max(1, int(rate * CONNECTIONS_FOR_A_REQUEST_A_SECOND))):
            Reader(number, (url.hostname, url.port), slots, begin, rate, lines.write).start()
        signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    main()
