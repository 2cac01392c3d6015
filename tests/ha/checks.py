"""What was acknowledged, beside what is there: in each metadata service's memory, and in the tables of the server that leads."""

import collections
import json
import subprocess
import urllib.request

from writers import title_of

PSQL = "/usr/lib/postgresql/15/bin/psql"


def listed(url: str, token: str) -> list[tuple[str, str, float]]:
    """All films as lists show them, page by page: source, title, rating."""
    films, cursor = [], ""
    while cursor is not None:
        request = urllib.request.Request(
            f"{url}/internal/v1/movies?include_inactive=true&sort=added_at&per_page=100&count=none"
            + (cursor and f"&cursor={cursor}"), headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            page = json.loads(answer.read())
        films += [(film["source"], film["title"], film["rating"]) for film in page["items"]]
        cursor = page["page"]["next_cursor"]
    return films


def stored(database: str) -> list[tuple[str, str, float]]:
    """The same from the tables, at whichever server takes writes."""
    sql = "SELECT source, title, CASE WHEN rating IS NULL THEN '' ELSE (rating / 10.0)::text END FROM metadata.movies"
    done = subprocess.run([PSQL, "--no-psqlrc", "-qAt", "-F", "\t", "-c", sql, database], capture_output=True, text=True,
                          check=True, timeout=30)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    return [(source, title, float(rating) if rating else None) for source, title, rating in rows]


def lost(acknowledged: dict[str, float], films: list[tuple[str, str, float]]) -> list[str]:
    """Keys of acknowledged writes whose film, or its rating, is not among `films`."""
    ratings = {title: rating for _, title, rating in films}
    return [key for key, rating in acknowledged.items()
            if title_of(key) not in ratings or abs((ratings[title_of(key)] or 0) - rating) > 0.01]


def duplicates(films: list[tuple[str, str, float]]) -> list[str]:
    return [title for title, count in collections.Counter(title for _, title, _ in films).items() if count > 1]
