#!/usr/bin/python3
"""with_filmoteka.py COMMAND...: runs the command beside a running Filmoteka with the starter films.

The command finds it by FILMOTEKA_URL (gateway), FILMOTEKA_METADATA and FILMOTEKA_SCRAPER; "{gateway}", "{metadata}" and
"{scraper}" in its arguments are replaced too. Its exit code and output are this program's.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

import harness


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="filmoteka-test-") as folder:
        program = harness.Filmoteka(pathlib.Path(folder), pathlib.Path(folder) / "data")
        try:
            program.wait()
            harness.wait_until(lambda: program.total() > 3000, "the starter films")
            places = {"gateway": program.url, "metadata": program.metadata, "scraper": program.scraper}
            command = [argument.format_map(places) if "{" in argument else argument for argument in sys.argv[1:]]
            env = {**os.environ, "FILMOTEKA_URL": program.url, "FILMOTEKA_METADATA": program.metadata,
                   "FILMOTEKA_SCRAPER": program.scraper}
            code = subprocess.run(command, env=env, stdin=subprocess.DEVNULL).returncode
            if program.process.poll() is not None:
                print(f"filmoteka ended in the middle:\n{program.output()[-8000:]}")
                return 1
            if program.stop() != 0:
                print(f"filmoteka did not end cleanly:\n{program.output()[-8000:]}")
                return 1
            return code
        finally:
            if program.process.poll() is None:
                program.kill()


if __name__ == "__main__":
    raise SystemExit(main())
