"""A real Redis for tests of whole programs: on a unix socket in the test's folder, without persistence, ended by its id."""

import pathlib
import signal
import subprocess

import harness


class Redis:
    def __init__(self, folder: pathlib.Path):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        self.process = None
        self.start()

    @property
    def url(self) -> str:
        return f"unix://{self.folder}/redis.sock"

    def start(self):
        """Empty, at the same address as before."""
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                ["redis-server", "--port", "0", "--unixsocket", f"{self.folder}/redis.sock", "--save", "", "--dir",
                 str(self.folder)], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        harness.wait_until(lambda: self.ask("PING") == "PONG", "Redis")

    def ask(self, *command: str) -> str:
        """Its answer as text; empty if there is none."""
        return subprocess.run(["redis-cli", "-s", f"{self.folder}/redis.sock", *command], capture_output=True,
                              text=True).stdout.strip()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def pause(self):
        """It takes connections and bytes, and answers nothing, until resume()."""
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def stop(self):
        if self.process.poll() is None:
            self.resume()
            self.kill()
