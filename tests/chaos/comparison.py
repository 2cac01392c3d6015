"""What a service shows beside what its database holds: the export reads the database; lists, totals, facets and films
come from the catalogue in memory."""

import collections
import json

import harness

SUMMARY = ("id", "title", "original_title", "year", "image_url", "thumbnail_url", "views", "added_at", "source",
           "source_id", "source_url", "duration", "duration_seconds", "genre", "genres", "rating", "age_rating",
           "is_active", "updated_at", "revision")
STORED_ONLY = {"local_views", "records", "edits"}  # of an exported film: not shown
SAMPLE = 10


def stored_films(url: str) -> list[dict]:
    """All films in the database; waits for a service that has not noticed yet that its database is back."""
    answer = harness.wait_until(lambda: (got := harness.get(url + "/export"))[0] not in (0, 503) and got,
                                "an export", 30)
    if answer[0] != 200:
        raise AssertionError(f"the export gave {answer[0]}: {answer[2][:500]}")
    lines = [json.loads(line) for line in answer[2].splitlines()]
    if "end" not in lines[-1]:
        raise AssertionError("the export was cut off")
    return [line for line in lines if "id" in line]


def page_of(url: str, query: str) -> dict:
    status, page = harness.get_json(f"{url}/movies?include_inactive=true&{query}")
    if status != 200:
        raise AssertionError(f"a list gave {status}: {page}")
    return page


def listed_films(url: str) -> list[dict]:
    films, cursor = [], ""
    while cursor is not None:
        page = page_of(url, "sort=added_at&per_page=100" + (cursor and f"&cursor={cursor}"))
        films += page["items"]
        cursor = page["page"]["next_cursor"]
    return films


def counts(values) -> dict:
    return dict(collections.Counter(values))


def differences(url: str, rows: list[dict], chance) -> list[str]:
    """What the service shows otherwise than `rows` have it; empty: nothing."""
    wrong = []
    expected = {row["id"]: {field: row[field] for field in SUMMARY} for row in rows}
    shown = listed_films(url)
    if len(shown) != len(rows):
        wrong.append(f"{len(shown)} films in lists, {len(rows)} in the database")
    for film in shown:
        row = expected.get(film["id"])
        wrong += [f"film {film['id']}: {field} is {film[field]!r} in lists, {row[field]!r} in the database"
                  for field in SUMMARY if row is not None and film[field] != row[field]]
    wrong += [f"film {number} is not in lists" for number in expected.keys() - {film["id"] for film in shown}]

    page = page_of(url, "facets=genre,year&per_page=1")
    if page["page"]["total"] != len(rows):
        wrong.append(f"the total is {page['page']['total']}, not {len(rows)}")
    stored = {"genre": counts(genre for row in rows for genre in set(row["genres"])),
              "year": counts(row["year"] for row in rows if row["year"] is not None)}
    for facet, values in stored.items():
        found = {one["value"]: one["count"] for one in page["facets"][facet]}
        if found != values:
            wrong.append(f"the facet {facet} is {found}, not {values}")

    for row in chance.sample(rows, min(SAMPLE, len(rows))):
        status, film = harness.get_json(f"{url}/movies/{row['id']}?include_inactive=true")
        whole = {field: value for field, value in row.items() if field not in STORED_ONLY}
        if status != 200 or film != whole:
            wrong.append(f"GET /movies/{row['id']} gives {status} {film}, not {whole}")
    return wrong
