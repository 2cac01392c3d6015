"""Pages that are made up, the same for the same seed: JSON, HTML and RSS about as large and as full as those of real sites."""

import datetime
import email.utils
import hashlib
import html
import json
import pathlib
import random

from .. import films

SITE = "https://films.example"
CONTENT_TYPES = {"json": "application/json", "html": "text/html; charset=utf-8", "feed": "application/rss+xml; charset=utf-8"}
ADDRESSES = {"json": f"{SITE}/api/video?page=1", "html": f"{SITE}/films/", "feed": f"{SITE}/rss"}
ITEMS = {"json": 100, "html": 50, "feed": 50}
MENU = 60  # links around the list


def sentences(chance: random.Random, words: int) -> str:
    text = " ".join(chance.choices(films.WORDS, k=words)).capitalize()
    return f"{text} — «{chance.choice(films.WORDS)}» & {chance.choice(films.WORDS)}."


def film(chance: random.Random, number: int) -> dict:
    moment = datetime.datetime(2020, 1, 1) + datetime.timedelta(seconds=chance.randrange(6 * 365 * 86_400))
    return {"number": number, "key": hashlib.md5(str(number).encode()).hexdigest(),
            "title": f"{' '.join(chance.sample(films.WORDS, chance.randint(1, 4))).capitalize()} {number}",
            "year": chance.randint(1930, 2025), "seconds": chance.randint(60, 180) * 60, "views": int(chance.paretovariate(0.6)),
            "rating": round(chance.uniform(2, 9.5), 1), "age": chance.choice([0, 6, 12, 16, 18]),
            "genres": chance.sample(films.GENRES, chance.randint(1, 3)), "about": sentences(chance, 40), "moment": moment}


def video(one: dict) -> dict:
    """With all that a player needs, and nobody else reads."""
    address = f"{SITE}/video/{one['key']}/"
    return {"id": one["key"], "title": one["title"], "description": one["about"], "video_url": address,
            "thumbnail_url": f"https://images.example/{one['key'][:2]}/{one['key']}.jpg", "duration": one["seconds"],
            "hits": one["views"], "publication_ts": one["moment"].isoformat(), "created_ts": one["moment"].isoformat(),
            "last_update_ts": one["moment"].isoformat(), "is_livestream": one["number"] % 25 == 0, "is_adult": False,
            "is_hidden": False, "is_deleted": False, "is_audio": False, "is_paid": False, "is_licensed": None, "season": 0,
            "episode": 0, "preview_url": f"https://images.example/preview/{one['key']}.webp", "embed_url": f"{SITE}/embed/{one['key']}",
            "pg_rating": {"age": one["age"], "logo": f"https://images.example/pg/{one['age']}.png"},
            "genres": [{"id": films.GENRES.index(name), "name": name} for name in one["genres"]],
            "category": {"id": 4, "category_url": f"{SITE}/video/category/4/", "name": "Фильмы"},
            "author": {"id": 1000 + one["number"] % 50, "name": "Кино", "avatar_url": "https://images.example/avatar.jpg",
                       "site_url": f"{SITE}/video/person/1000/", "is_allowed_offline": True},
            "type": {"id": 6, "name": "movie", "title": "Фильм"}, "stream_type": None, "track_id": one["number"], "feed_name": "Кино",
            "action_reason": {"id": 0, "name": ""}, "product_id": None, "restrictions": None}


def json_page(found: list[dict]) -> str:
    return json.dumps({"has_next": True, "next": f"{SITE}/api/video?page=2", "previous": None, "page": 1, "per_page": len(found),
                       "results": [video(one) for one in found]}, ensure_ascii=False, separators=(",", ":"))


def html_item(one: dict) -> str:
    hours, minutes = divmod(one["seconds"] // 60, 60)
    genres = ", ".join(f'<a href="/genre/{films.GENRES.index(name)}/">{name}</a>' for name in one["genres"])
    views = f"{one['views']:,}".replace(",", " ")
    return f"""
    <div class="film card" data-id="{one['number']}">
      <a class="picture" href="/film/{one['number']}.html"><img class="poster" src="/posters/{one['key']}.jpg" alt="" width="180"></a>
      <h3><a class="title" href="/film/{one['number']}.html">{html.escape(one['title'])}</a> <span class="year">({one['year']})</span></h3>
      <p class="facts"><span class="time">{hours} ч {minutes} мин</span> · <span class="age">{one['age']}+</span> ·
        <span class="rating">{one['rating']}</span></p>
      <p class="genres">{genres}</p>
      <p class="views">Просмотров: <b>{views}</b></p><p class="added">{one['moment']:%d.%m.%Y}</p>
      <div class="about">{html.escape(one['about'])}</div>
    </div>"""


def html_page(found: list[dict]) -> str:
    menu = "".join(f'<li class="entry"><a href="/genre/{number}/">{word}</a></li>'
                   for number, word in zip(range(MENU), films.WORDS * 2))
    return f"""<!DOCTYPE html>
<html lang="ru"><head><meta charset="utf-8"><title>Фильмы</title><link rel="stylesheet" href="/main.css">
<script>window.settings = {{"page": 1, "films": {len(found)}}};</script></head>
<body><header><nav><ul class="menu">{menu}</ul></nav></header>
<main><h1>Фильмы</h1><div class="list">{''.join(html_item(one) for one in found)}
</div><div class="pages"><a href="?page=1">1</a> <a class="next" href="?page=2">Дальше</a></div></main>
<footer><ul class="menu">{menu}</ul></footer></body></html>
"""


def feed_item(one: dict) -> str:
    genres = "".join(f"<category>{name}</category>" for name in one["genres"])
    published = email.utils.format_datetime(one["moment"].replace(tzinfo=datetime.timezone.utc))
    return f"""<item><title>{html.escape(one['title'])}</title><link>{SITE}/video/{one['key']}/</link>
<guid isPermaLink="false">{one['key']}</guid><pubDate>{published}</pubDate>{genres}
<description>{html.escape(one['about'])}</description>
<media:content url="{SITE}/files/{one['key']}.mp4" type="video/mp4" medium="video" duration="{one['seconds']}"/>
<media:thumbnail url="https://images.example/{one['key']}.jpg" width="320" height="180"/></item>
"""


def feed_page(found: list[dict]) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Фильмы</title><link>{SITE}/</link>
<description>Новые фильмы</description>
{''.join(feed_item(one) for one in found)}</channel></rss>
"""


MAKERS = {"json": json_page, "html": html_page, "feed": feed_page}


def write(folder: pathlib.Path, kind: str, count: int, seed: int) -> list[pathlib.Path]:
    """`count` pages of the kind as files, no film twice."""
    chance = random.Random(f"{seed} {kind}")
    paths = []
    for page in range(count):
        first = page * ITEMS[kind] + 1
        found = [film(chance, number) for number in range(first, first + ITEMS[kind])]
        paths.append(folder / f"{page}.{kind}")
        paths[-1].write_text(MAKERS[kind](found), encoding="utf-8")
    return paths
