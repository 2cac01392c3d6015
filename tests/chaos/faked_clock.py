"""A wall clock that a test sets, in a process of ours (faked_clock.c).

libfaketime would do, but for timerfd_settime(): it moves absolute times of the monotonic clock as well, and Asio's timers of
a loop that was late never fire again."""

import pathlib
import struct
import subprocess

SOURCE = pathlib.Path(__file__).with_suffix(".c")


class FakedClock:
    def __init__(self, folder: pathlib.Path):
        self.file = folder / "clock-offset"
        self.library = folder / "faked_clock.so"
        subprocess.run(["gcc", "-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-o", self.library, SOURCE], check=True)
        self.file.write_bytes(bytes(8))

    def set(self, seconds: int):
        """So far from the true time, from now on."""
        with open(self.file, "r+b", buffering=0) as file:
            file.write(struct.pack("=q", seconds))

    def env(self, program: pathlib.Path) -> dict:
        needed = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
        # The sanitizer's library has to come first.
        first = [line.split()[2] for line in needed.splitlines() if "libasan" in line]
        return {"LD_PRELOAD": " ".join([*first, str(self.library)]), "FAKED_CLOCK": str(self.file)}
