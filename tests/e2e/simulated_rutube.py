"""A simulated Rutube, and the shipped definition of its films, for tests of whole programs."""

import pathlib

import harness


def definition(url: str, **more: str) -> str:
    """The shipped definition of Rutube's films, for the simulated one, run when it is asked to."""
    text = (harness.ROOT / "sources/rutube-films.yaml").read_text()
    changes = {"name: rutube-films": "name: rutube-test", "schedule:\n  every: 6h\n  jitter: 10%\n": "",
               "base_url: https://rutube.ru": f"base_url: {url}\nnetwork: {{allow_private: true}}",
               "max_pages: 50": "max_pages: 500", "max_films: 5000": "max_films: 100000", **more}
    for before, after in changes.items():
        assert before in text, before
        text = text.replace(before, after)
    return text


def videos(films: int) -> int:
    """Films, and the hidden and deleted videos among them, which metadata hears of too."""
    return films + (films + 1) // 6 // 5 * 2


class FakeRutube(harness.Program):
    """The simulated Rutube; prints its address first."""

    def __init__(self, folder: pathlib.Path, *arguments: str):
        super().__init__(folder, "filmoteka-fake-rutube", *arguments)
        self.url = harness.wait_until(lambda: self.output().partition("\n")[0], "the simulated Rutube's address")
