"""A metadata service that fails every other request: the gateway's retries are no storm."""

import threading

import paths  # noqa: F401
import driver
import experiment
import plan
import sites
from fault_proxy import FaultProxy

FILMS = 1_000
RATE = 100
SECONDS = 10
# What the gateway's budget allows for; and where a kept connection ends without an answer, a client has to ask once more (RFC
# 9110, 9.2.2), which cannot be told from a server that closes what has rested for long.
MOST = {"fails": 1.1, "drops": 2.0}
MODES = {"sound": "sound", "fails": "500 for every other request", "drops": "ends every other connection unanswered"}
SAVED_UP = 100  # repetitions that the budget has put by in quiet times


class HalfBroken(FaultProxy):
    """"fails": every other answer becomes a 500. "drops": before every other one the connection ends."""

    def __init__(self, upstream: int):
        self.number = 0
        self.numbers = threading.Lock()  # guards number
        super().__init__(upstream)

    def answer(self, client, chunk: bytes):
        if self.mode != "sound" and chunk.startswith(b"HTTP/1.1 "):
            with self.numbers:
                self.number += 1
                bad = self.number % 2 == 0
            if bad and self.mode == "fails":
                client.sendall(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            if bad:
                raise OSError("broken")
        super().answer(client, chunk)


def run(settings) -> experiment.Outcome:
    outcome = experiment.Outcome(["metadata service", "requests of clients", "answered, %", "asked of it", "asked for each request",
                                  "p50 / p99 / p99.9 ms"])
    with sites.folder() as place:
        service = sites.Process(place, "metadata", "filmoteka-metadata", "--data", place / "metadata")
        gateway = proxy = None
        try:
            service.start()
            plan.films.put_films(service.port, FILMS)
            proxy = HalfBroken(service.port)
            gateway = sites.Process(place, "gateway", "filmoteka-gateway", "--data", place / "gateway", "--metadata", proxy.url,
                                    "--rate-limit", "off")
            gateway.start()
            path = plan.uncached(place / "plan", settings.seed)
            for number, (mode, name) in enumerate(MODES.items()):
                # Other questions each time: none of them is kept.
                proxy.become(mode)
                before = proxy.asked
                figures = driver.run(gateway.port, path, RATE, SECONDS, seed=settings.seed + number).figures()
                asked = proxy.asked - before
                outcome.rows.append([name, f"{figures.sent:,}", f"{figures.availability:.1f}", f"{asked:,}",
                                     f"{asked / figures.sent:.2f}", figures.milliseconds()])
                if mode in MOST:
                    outcome.check(f"{name}: asked {asked / figures.sent:.2f} times for each request, {MOST[mode]} at most and "
                                  f"{SAVED_UP} more", asked <= MOST[mode] * figures.sent + SAVED_UP)
        finally:
            for one in (gateway, service):
                if one is not None:
                    one.end()
            if proxy is not None:
                proxy.close()
    return outcome
