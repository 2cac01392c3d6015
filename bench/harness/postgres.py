"""A PostgreSQL of the benchmark's own: in a temporary folder, on a unix socket, with PostgreSQL's own durability."""

import os
import pathlib
import pwd
import shutil
import subprocess

from .processes import START_LIMIT_SECONDS, wait_until


def programs() -> pathlib.Path:
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise SystemExit("no PostgreSQL server here: install the packages of tools/packages/test.txt")
    return found[-1].parent


class Postgres:
    def __init__(self, folder: pathlib.Path, settings: tuple[str, ...] = ("shared_buffers=256MB",), ctype: str = "C"):
        """`folder` must not exist; all folders above it can be entered by everybody. `ctype`: what is a letter."""
        self.folder = folder
        folder.mkdir()
        # PostgreSQL refuses to be run by root.
        user = {"user": "postgres"} if os.geteuid() == 0 else {}
        if user:
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        subprocess.run([programs() / "initdb", "-D", folder / "data", "--username=filmoteka", "--auth=trust",
                        "--encoding=UTF8", "--locale=C", f"--lc-ctype={ctype}"], check=True, stdout=subprocess.DEVNULL,
                       cwd="/", **user)
        with open(folder / "log", "wb") as log:
            self.process = subprocess.Popen(
                [programs() / "postgres", "-D", folder / "data", "-c", "listen_addresses=", "-c",
                 f"unix_socket_directories={folder}", *(word for one in settings for word in ("-c", one))],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", **user)
        ready = [programs() / "pg_isready", "-q", "-h", folder]
        wait_until(lambda: subprocess.run(ready, check=False).returncode == 0, "PostgreSQL", START_LIMIT_SECONDS)

    @property
    def url(self) -> str:
        return f"postgresql:///postgres?user=filmoteka&host={self.folder}"

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
