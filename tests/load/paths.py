"""Where the other tests' modules and the programs are. To be imported first."""

import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
os.environ.setdefault("FILMOTEKA_BIN", str(ROOT / "build/release/bin"))
for folder in ("tests/e2e", "tests/chaos"):
    sys.path.insert(0, str(ROOT / folder))
