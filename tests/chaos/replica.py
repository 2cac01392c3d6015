"""A metadata service that is started, killed and stopped again and again, on the same ports."""

import pathlib
import random
import signal
import socket

import harness

# Outgoing connections get theirs from here on. A client that asks a dead server again and again would one day be
# given the server's own port, and then be connected to itself.
EPHEMERAL = int(pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
chance = random.Random()


def lasting_port() -> int:
    """A free port that nobody is given while its owner is away."""
    for _ in range(1000):
        port = chance.randrange(10_000, max(EPHEMERAL, 10_001))
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise RuntimeError("no free port below the range of outgoing connections")


class Replica:
    def __init__(self, folder: pathlib.Path, data: pathlib.Path, *arguments: str):
        self.folder, self.data, self.arguments = folder, data, arguments
        self.port, self.operations = lasting_port(), lasting_port()
        self.url = f"http://127.0.0.1:{self.port}/internal/v1"
        self.program = None

    def launch(self):
        """Does not wait until it is ready."""
        self.program = harness.Program(self.folder, "filmoteka-metadata", "--data", self.data, "--listen",
                                       f"127.0.0.1:{self.port}", "--ops-listen", f"127.0.0.1:{self.operations}",
                                       *self.arguments)

    def wait(self):
        self.program.wait_ready(f"http://127.0.0.1:{self.operations}/readyz")

    def start(self):
        self.launch()
        self.wait()

    def kill(self):
        self.program.kill()

    def stop(self):
        """Stands still where it is, in the middle of a write perhaps."""
        self.program.process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self.program.process.send_signal(signal.SIGCONT)

    def end(self):
        if self.program is not None and self.program.process.poll() is None:
            self.program.kill()
