"""Scrapy's callbacks with the least around them: selectors, dictionaries, and each value made by hand."""

import datetime
import email.utils
import re

import scrapy
from scrapy.utils.iterators import xmliter

MOSCOW = datetime.timezone(datetime.timedelta(hours=3))
VIDEO_KEY = re.compile(r"/video/([0-9a-f]{32})/")
FILM_NUMBER = re.compile(r"/film/(\d+)\.html")
YEAR = re.compile(r"\d{4}")
LENGTH = re.compile(r"(?:(\d+) ч )?(\d+) мин")
MEDIA = "http://search.yahoo.com/mrss/"


class Film(scrapy.Item):
    title = scrapy.Field()
    source_id = scrapy.Field()
    source_url = scrapy.Field()
    year = scrapy.Field()
    views = scrapy.Field()
    duration_seconds = scrapy.Field()
    added_at = scrapy.Field()
    image_url = scrapy.Field()
    thumbnail_url = scrapy.Field()
    genres = scrapy.Field()
    rating = scrapy.Field()
    age_rating = scrapy.Field()
    description = scrapy.Field()


def parse_json(response):
    answer = response.json()
    for video in answer["results"]:
        if video["is_livestream"]:
            continue
        yield Film(title=video["title"], source_id=VIDEO_KEY.search(video["video_url"]).group(1), source_url=video["video_url"],
                   views=video["hits"], duration_seconds=video["duration"],
                   added_at=datetime.datetime.fromisoformat(video["publication_ts"]).replace(tzinfo=MOSCOW),
                   thumbnail_url=video["thumbnail_url"], age_rating=video["pg_rating"]["age"],
                   genres=[genre["name"] for genre in video["genres"]], description=video["description"])
    if answer["has_next"]:
        yield answer["next"]


def parse_html(response):
    for film in response.css("div.film"):
        link = film.css(".title::attr(href)").get()
        hours, minutes = LENGTH.search(film.css(".time::text").get()).groups()
        yield Film(title=film.css(".title::text").get().strip(), source_id=FILM_NUMBER.search(link).group(1),
                   source_url=response.urljoin(link), year=int(YEAR.search(film.css(".year::text").get()).group()),
                   views=int(film.css(".views b::text").get().replace(" ", "")),
                   duration_seconds=(int(hours or 0) * 60 + int(minutes)) * 60,
                   added_at=datetime.datetime.strptime(film.css(".added::text").get(), "%d.%m.%Y").replace(tzinfo=datetime.timezone.utc),
                   image_url=response.urljoin(film.css("img.poster::attr(src)").get()),
                   genres=film.css(".genres a::text").getall(), rating=float(film.css(".rating::text").get()),
                   age_rating=int(film.css(".age::text").get().rstrip("+")), description=film.css(".about::text").get().strip())
    following = response.css("a.next::attr(href)").get()
    if following:
        yield response.urljoin(following)


def parse_feed(response):
    """The nodes as XMLFeedSpider gives them: by iternodes, its default."""
    for item in xmliter(response, "item"):
        item.register_namespace("media", MEDIA)
        link = item.xpath("link/text()").get()
        yield Film(title=item.xpath("title/text()").get().strip(), source_id=VIDEO_KEY.search(link).group(1), source_url=link,
                   duration_seconds=int(item.xpath("media:content/@duration").get()),
                   added_at=email.utils.parsedate_to_datetime(item.xpath("pubDate/text()").get()),
                   thumbnail_url=item.xpath("media:thumbnail/@url").get(), genres=item.xpath("category/text()").getall(),
                   description=item.xpath("description/text()").get().strip())


PARSERS = {"json": parse_json, "html": parse_html, "feed": parse_feed}
