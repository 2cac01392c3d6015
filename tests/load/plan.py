"""The requests of a mixed load: what visitors of the site ask for, in about the shares in which they do."""

import importlib.util
import pathlib
import random
import urllib.parse

import paths
import harness

spec = importlib.util.spec_from_file_location("made_up_films", paths.ROOT / "bench/harness/films.py")
films = importlib.util.module_from_spec(spec)
spec.loader.exec_module(films)

SORTS = ["-added_at", "-views", "-rating", "title", "-year", "added_at"]
LINES = 4_000
SHARES = {"home": 10, "list": 15, "filters": 20, "film": 20, "page": 10, "search": 8, "suggest": 6, "conditional": 10,
          "view": 1}


def quoted(**parameters) -> str:
    return urllib.parse.urlencode(parameters)


def popular(chance: random.Random, count: int) -> int:
    """A few films get most visits."""
    return min(count, int(chance.paretovariate(0.7)))


def target(kind: str, chance: random.Random, count: int) -> str:
    film = popular(chance, count)
    word = chance.choice(films.WORDS)
    return {
        "home": lambda: "/api/v1/home",
        "list": lambda: "/api/v1/movies?" + quoted(sort=chance.choice(SORTS[:3]), page=chance.choice([1, 1, 1, 2, 3])),
        "filters": lambda: "/api/v1/movies?" + quoted(
            genre=chance.choice(films.GENRES), year_from=chance.randrange(1950, 2015), rating_from=chance.randrange(3, 8),
            sort=chance.choice(SORTS), facets=chance.choice(["genre", "genre,year"])),
        "film": lambda: f"/api/v1/movies/{film}?include=similar",
        "page": lambda: chance.choice(["/", "/films", f"/films/{film}", f"/films/{film}"]),
        "search": lambda: "/api/v1/movies?" + quoted(q=f"{word} {chance.choice(films.WORDS)}"),
        "suggest": lambda: "/api/v1/suggest?" + quoted(q=word[:chance.randint(1, len(word))]),
        "view": lambda: f"/api/v1/movies/{film}/views",
    }[kind]()


def line(kind: str, method: str, address: str, *headers: str) -> str:
    return "\t".join([kind, method, address, "Accept-Encoding: gzip", *headers]) + "\n"


def mixed(path: pathlib.Path, url: str, count: int, seed: int = 1, without: tuple[str, ...] = ()) -> pathlib.Path:
    """For a site with `count` films, which is asked for the tags of the conditional requests."""
    chance = random.Random(seed)
    kinds = {kind: share for kind, share in SHARES.items() if kind not in without}
    tags = {}
    lines = []
    for kind in chance.choices(list(kinds), list(kinds.values()), k=LINES):
        if kind == "conditional":
            address = target(chance.choice(["home", "list", "film"]), chance, count)
            if address not in tags:
                tags[address] = harness.get(url + address, {"Accept-Encoding": "gzip"})[1].get("ETag", '"none"')
            lines.append(line(kind, "GET", address, f"If-None-Match: {tags[address]}"))
        else:
            lines.append(line(kind, "POST" if kind == "view" else "GET", target(kind, chance, count)))
    path.write_text("".join(lines))
    return path


def dear(path: pathlib.Path, seed: int, lines: int = 200_000) -> pathlib.Path:
    """The same with words that are searched for and counts on every choice, which is what costs most."""
    chance = random.Random(seed)
    path.write_text("".join(line("question", "GET", "/api/v1/movies?" + quoted(
        q=f"{chance.choice(films.WORDS)} {chance.choice(films.WORDS)}", views_from=chance.randrange(1, 1000),
        facets="genre,year,age_rating,source", sort=chance.choice(SORTS))) for _ in range(lines)))
    return path


def uncached(path: pathlib.Path, seed: int, lines: int = 200_000) -> pathlib.Path:
    """Questions that hardly anybody asks twice: each is metadata's to answer."""
    chance = random.Random(seed)
    path.write_text("".join(line("question", "GET", "/api/v1/movies?" + quoted(
        genre=chance.choice(films.GENRES), year_from=chance.randrange(1930, 2020), rating_from=chance.randrange(20, 80) / 10,
        views_from=chance.randrange(1, 1000), sort=chance.choice(SORTS))) for _ in range(lines)))
    return path
