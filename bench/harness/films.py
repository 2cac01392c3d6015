"""Films that are made up, the same for the same number, and their way into a metadata service."""

import http.client
import itertools
import json
import random

BATCH_ROWS = 1000
GENRES = ["драма", "комедия", "боевик", "триллер", "мелодрама", "фантастика", "детектив", "ужасы", "приключения",
          "семейный", "документальный", "военный", "вестерн", "мюзикл", "аниме", "короткометражка"]
WORDS = ("ночь дом река город зима лето письмо дорога тень звезда остров поезд солдат мать отец брат сестра друг море "
         "снег ветер огонь память время любовь война сон берег мост сад окно зеркало голос тайна игра побег").split()


def film(number: int) -> dict:
    chance = random.Random(number)
    title = " ".join(chance.sample(WORDS, chance.randint(1, 4))).capitalize()
    return {
        "title": f"{title} {number}",
        "source": "bench",
        "source_id": str(number),
        "source_url": f"https://films.example/{number}",
        "image_url": f"https://images.example/{number}.jpg",
        "thumbnail_url": f"https://images.example/{number}-small.jpg",
        "year": chance.randint(1930, 2025),
        "duration_seconds": chance.randint(3000, 11000),
        "views": int(chance.paretovariate(0.6)),
        "rating": round(chance.uniform(2, 9.5), 1),
        "age_rating": chance.choice([0, 6, 12, 16, 18]),
        "genres": chance.sample(GENRES, chance.randint(1, 3)),
        "description": " ".join(chance.choices(WORDS, k=60)),
        "added_at": f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}T12:00:00Z",
    }


def put_films(port: int, count: int) -> None:
    """Upserts films 1 … count through POST /internal/v1/movies:batch."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    numbers = iter(range(1, count + 1))
    while rows := [film(number) for number in itertools.islice(numbers, BATCH_ROWS)]:
        connection.request("POST", "/internal/v1/movies:batch", json.dumps(rows).encode(),
                           {"Content-Type": "application/json"})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"metadata refused a batch: {answer.status} {body[:500]!r}")
        rejected = [row for row in json.loads(body)["results"] if row["status"] == "rejected"]
        if rejected:
            raise SystemExit(f"metadata rejected films that it should take: {rejected[0]}")
    connection.close()
