"""A disk of a few megabytes that can be filled and emptied: a tmpfs of its own. Needs root and the right to mount."""

import errno
import os
import pathlib
import subprocess

CHUNK = 4096


class NoMount(Exception):
    pass


class SmallDisk:
    def __init__(self, folder: pathlib.Path, megabytes: int):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True)
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0755", "tmpfs", self.folder],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise NoMount(f"a tmpfs cannot be mounted here: {done.stderr.strip()}")
        self.filler = self.folder / "filler"

    def fill(self):
        """To the last block, also what was freed since."""
        with open(self.filler, "ab", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(CHUNK))
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise

    def free(self):
        self.filler.unlink()

    def free_bytes(self) -> int:
        state = os.statvfs(self.folder)
        return state.f_bavail * state.f_frsize

    def unmount(self):
        """Lazily: a process that was killed may hold a file for a moment."""
        subprocess.run(["umount", "-l", self.folder], check=False)
