"""The searches that ours is set beside: each is filled with the same films and asked the same queries."""

import importlib

from .peer import Peer

MODULES = {"postgresql": "on_postgresql", "sqlite": "on_sqlite", "xapian": "on_xapian", "groonga": "on_groonga"}


def peer_class(name: str) -> type[Peer]:
    """Only what is asked for is imported: each needs packages of its own."""
    try:
        return importlib.import_module(f".{MODULES[name]}", __name__).Search
    except ImportError as error:
        raise SystemExit(f"{name}: {error}. Install the packages of tools/packages/bench.txt, and run this with Debian's "
                         "own /usr/bin/python3.") from error
