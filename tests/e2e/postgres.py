"""A real PostgreSQL for tests of whole programs: in a temporary folder, on a unix socket, ended by its id."""

import os
import pathlib
import pwd
import shutil
import signal
import subprocess

import harness


def programs() -> pathlib.Path:
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise RuntimeError("no PostgreSQL server here: install the package postgresql-15")
    return found[-1].parent


class Postgres:
    """fsync is on: what is acknowledged has to survive kill()."""

    def __init__(self, folder: pathlib.Path):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        # PostgreSQL refuses to be run by root.
        self.user = {"user": "postgres"} if os.geteuid() == 0 else {}
        if self.user:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            for parent in self.folder.parents:
                if parent.stat().st_uid == 0 and parent.name.startswith("filmoteka-"):
                    parent.chmod(0o711)
        self.process = None
        subprocess.run([programs() / "initdb", "-D", self.folder / "data", "--username=filmoteka", "--auth=trust",
                        "--encoding=UTF8", "--locale=C", "--no-sync"], check=True, stdout=subprocess.DEVNULL,
                       cwd="/", **self.user)
        self.start()

    @property
    def url(self) -> str:
        return f"postgresql:///postgres?user=filmoteka&host={self.folder}"

    def start(self):
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [programs() / "postgres", "-D", self.folder / "data", "-c", "listen_addresses=", "-c",
                 f"unix_socket_directories={self.folder}", "-c", "shared_buffers=32MB"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", **self.user)

        def answers():
            if self.process.poll() is not None:
                raise RuntimeError(f"PostgreSQL ended:\n{(self.folder / 'log').read_text(errors='replace')[-4000:]}")
            return subprocess.run([programs() / "pg_isready", "-q", "-h", self.folder]).returncode == 0

        harness.wait_until(answers, "PostgreSQL")

    def ask(self, sql: str) -> str:
        """The answer as text, without a heading; empty if the server refuses."""
        return subprocess.run([programs() / "psql", "--no-psqlrc", "-qAt", "-c", sql, self.url], capture_output=True,
                              text=True, check=False).stdout.strip()

    def processes(self) -> list[int]:
        """The server and all that it has started."""
        number = self.process.pid
        return [number, *map(int, pathlib.Path(f"/proc/{number}/task/{number}/children").read_text().split())]

    def signal_all(self, number: signal.Signals) -> list[int]:
        processes = self.processes()
        for process in processes:
            try:
                os.kill(process, number)
            except ProcessLookupError:
                pass
        return processes

    def kill(self):
        """SIGKILL to the server and all of its processes, and waits until they are gone."""
        _, *children = self.signal_all(signal.SIGKILL)
        self.process.wait()
        harness.wait_until(lambda: not any(is_alive(child) for child in children), "PostgreSQL's processes to end")

    def stand_still(self):
        """Connections stay open, and nothing is answered, until go_on()."""
        self.signal_all(signal.SIGSTOP)

    def go_on(self):
        self.signal_all(signal.SIGCONT)

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)


def is_alive(process: int) -> bool:
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
