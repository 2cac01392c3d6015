"""Programs in the background: started with their output in a file, remembered by their ids, ended by them."""

import os
import pathlib
import pwd
import signal
import subprocess
import time


def start_time(pid: int) -> int | None:
    """In clock ticks since the machine's start: with the id it names one process for ever. None: it has ended."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] in "ZX" else int(fields[19])


def children(pid: int) -> list[int]:
    try:
        text = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    below = [int(child) for child in text.split()]
    return below + [grandchild for child in below for grandchild in children(child)]


def send(pid: int, number: signal.Signals):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def wait_until(condition, what: str, seconds: float):
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(0.05)


class Process:
    """One of a cluster's programs. `folder` has its pid file and its log."""

    def __init__(self, folder: pathlib.Path, name: str, command: list[str], user: str | None = None,
                 server_pid_file: pathlib.Path | None = None):
        """`server_pid_file`: a server that it has let go, as Patroni does with PostgreSQL; it belongs to it all the same."""
        self.name, self.command, self.server_pid_file = name, command, server_pid_file
        # PostgreSQL and so Patroni refuse to be run by root.
        self.user = user if user and os.geteuid() == 0 else None
        self.pid_file = folder / f"{name}.pid"
        self.log_file = folder / f"{name}.log"

    @property
    def pid(self) -> int | None:
        """None: it does not run."""
        try:
            pid, started = map(int, self.pid_file.read_text().split())
        except (FileNotFoundError, ValueError):
            return None
        self.reap(pid)
        return pid if start_time(pid) == started else None

    @staticmethod
    def reap(pid: int):
        try:
            os.waitpid(pid, os.WNOHANG)
        except ChildProcessError:
            pass  # another process has started it

    def start(self, environment: dict[str, str] | None = None):
        if self.pid:
            return
        identity = {}
        if self.user:
            owner = pwd.getpwnam(self.user)
            identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        with open(self.log_file, "ab") as log:
            process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
                                       env={**os.environ, **(environment or {})}, start_new_session=True, **identity)
        self.pid_file.write_text(f"{process.pid} {start_time(process.pid) or 0}\n")

    def all_pids(self) -> list[int]:
        """With everything that it has started."""
        first = [pid for pid in (self.pid, self.server_pid()) if pid]
        return list(dict.fromkeys(pid for one in first for pid in (one, *children(one))))

    def server_pid(self) -> int | None:
        """The file may be an old one, and its number another program's by now."""
        try:
            pid = int(self.server_pid_file.read_text().split()[0]) if self.server_pid_file else 0
            command = pathlib.Path(f"/proc/{pid}/cmdline").read_text()
        except (FileNotFoundError, ProcessLookupError, ValueError, IndexError):
            return None
        return pid if str(self.server_pid_file.parent) in command and start_time(pid) else None

    def signal_all(self, number: signal.Signals):
        for pid in self.all_pids():
            send(pid, number)

    def kill(self):
        """SIGKILL to it and to all that it has started: as if its machine had lost its power. Waits until they are gone."""
        pids = self.all_pids()
        for pid in pids:
            send(pid, signal.SIGKILL)
        wait_until(lambda: not self.pid and not any(start_time(pid) for pid in pids), f"the end of {self.name}", 30)

    def stop(self, seconds: float = 40):
        """SIGTERM; SIGKILL to what is still there after `seconds`."""
        pids = self.all_pids()
        if not pids:
            return
        self.signal_all(signal.SIGCONT)
        send(pids[0], signal.SIGTERM)
        try:
            wait_until(lambda: not self.pid and not any(start_time(pid) for pid in pids), f"the end of {self.name}", seconds)
        except TimeoutError:
            for pid in pids:
                send(pid, signal.SIGKILL)

    def last_words(self) -> str:
        return self.log_file.read_text(errors="replace")[-3000:] if self.log_file.exists() else ""
