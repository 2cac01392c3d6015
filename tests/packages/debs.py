"""The packages under test, made by cpack from a folder that was built before (FILMOTEKA_BUILD; build/release, else build/dev)."""

import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def build_folder() -> pathlib.Path:
    named = os.environ.get("FILMOTEKA_BUILD")
    candidates = [pathlib.Path(named)] if named else [ROOT / "build/release", ROOT / "build/dev"]
    for folder in candidates:
        if (folder / "CPackConfig.cmake").exists() and (folder / "bin/filmoteka").exists():
            return folder
    raise RuntimeError(f"nothing is built in {' or '.join(map(str, candidates))}")


def uses_sanitizers(folder: pathlib.Path) -> bool:
    return "FILMOTEKA_SANITIZE:STRING=address" in (folder / "CMakeCache.txt").read_text()


def make(into: pathlib.Path, version: str, names: list[str] | None = None) -> dict[str, pathlib.Path]:
    """The packages of `version` (all, or those of these components), by name."""
    # The compression that is quicker than xz and that lintian knows.
    options = [f"CPACK_PACKAGE_VERSION={version}", "CPACK_DEBIAN_COMPRESSION_TYPE=gzip"]
    if names:
        options.append(f"CPACK_COMPONENTS_ALL={';'.join(names)}")
    command = ["cpack", "--config", build_folder() / "CPackConfig.cmake", "-B", into]
    for option in options:
        command += ["-D", option]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=900)
    if done.returncode != 0:
        raise AssertionError(f"cpack failed:\n{done.stdout}\n{done.stderr}")
    return {file.name.split("_")[0]: file for file in into.glob("*.deb")}
