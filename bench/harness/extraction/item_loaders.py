"""Scrapy's item loaders: fields are declared with the processors that clean them, as a definition's fields are with filters."""

import datetime
import email.utils

from itemloaders.processors import Identity, MapCompose, TakeFirst
from plain_callbacks import FILM_NUMBER, LENGTH, MEDIA, MOSCOW, VIDEO_KEY, YEAR, Film
from scrapy.loader import ItemLoader
from scrapy.utils.iterators import xmliter


def video_key(address: str) -> str:
    return VIDEO_KEY.search(address).group(1)


class FilmLoader(ItemLoader):
    default_item_class = Film
    default_output_processor = TakeFirst()
    title_in = description_in = MapCompose(str.strip)
    genres_out = Identity()


def local_moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=MOSCOW)


class VideoLoader(FilmLoader):
    source_id_in = MapCompose(video_key)
    added_at_in = MapCompose(local_moment)


def parse_json(response):
    answer = response.json()
    for video in answer["results"]:
        if video["is_livestream"]:
            continue
        loader = VideoLoader()
        for field, value in (("title", video["title"]), ("source_id", video["video_url"]), ("source_url", video["video_url"]),
                             ("views", video["hits"]), ("duration_seconds", video["duration"]),
                             ("added_at", video["publication_ts"]), ("thumbnail_url", video["thumbnail_url"]),
                             ("age_rating", video["pg_rating"]["age"]), ("genres", [one["name"] for one in video["genres"]]),
                             ("description", video["description"])):
            loader.add_value(field, value)
        yield loader.load_item()
    if answer["has_next"]:
        yield answer["next"]


def film_number(link: str) -> str:
    return FILM_NUMBER.search(link).group(1)


def year(text: str) -> int:
    return int(YEAR.search(text).group())


def count(text: str) -> int:
    return int(text.replace(" ", ""))


def length(text: str) -> int:
    hours, minutes = LENGTH.search(text).groups()
    return (int(hours or 0) * 60 + int(minutes)) * 60


def day(text: str) -> datetime.datetime:
    return datetime.datetime.strptime(text, "%d.%m.%Y").replace(tzinfo=datetime.timezone.utc)


def absolute(link: str, loader_context) -> str:
    return loader_context["response"].urljoin(link)


def age(text: str) -> int:
    return int(text.rstrip("+"))


class PageLoader(FilmLoader):
    source_id_in = MapCompose(film_number)
    source_url_in = image_url_in = MapCompose(absolute)
    year_in = MapCompose(year)
    views_in = MapCompose(count)
    duration_seconds_in = MapCompose(length)
    added_at_in = MapCompose(day)
    rating_in = MapCompose(float)
    age_rating_in = MapCompose(age)


def parse_html(response):
    for film in response.css("div.film"):
        loader = PageLoader(selector=film, response=response)
        for field, selector in (("title", ".title::text"), ("source_id", ".title::attr(href)"),
                                ("source_url", ".title::attr(href)"), ("year", ".year::text"), ("views", ".views b::text"),
                                ("duration_seconds", ".time::text"), ("added_at", ".added::text"),
                                ("image_url", "img.poster::attr(src)"), ("genres", ".genres a::text"),
                                ("rating", ".rating::text"), ("age_rating", ".age::text"), ("description", ".about::text")):
            loader.add_css(field, selector)
        yield loader.load_item()
    following = response.css("a.next::attr(href)").get()
    if following:
        yield response.urljoin(following)


class EntryLoader(FilmLoader):
    source_id_in = MapCompose(video_key)
    duration_seconds_in = MapCompose(int)
    added_at_in = MapCompose(email.utils.parsedate_to_datetime)


def parse_feed(response):
    for item in xmliter(response, "item"):
        item.register_namespace("media", MEDIA)
        loader = EntryLoader(selector=item)
        for field, path in (("title", "title/text()"), ("source_id", "link/text()"), ("source_url", "link/text()"),
                            ("duration_seconds", "media:content/@duration"), ("added_at", "pubDate/text()"),
                            ("thumbnail_url", "media:thumbnail/@url"), ("genres", "category/text()"),
                            ("description", "description/text()")):
            loader.add_xpath(field, path)
        yield loader.load_item()


PARSERS = {"json": parse_json, "html": parse_html, "feed": parse_feed}
