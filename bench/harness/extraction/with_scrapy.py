#!/usr/bin/python3
"""The films of pages by Scrapy: the callbacks alone, no engine, no downloader, no pipelines of items around them.

    with_scrapy.py items STYLE KIND CONTENT_TYPE URL PAGE...
    with_scrapy.py rate SECONDS STYLE KIND CONTENT_TYPE URL PAGE...

STYLE: plain_callbacks or item_loaders. Prints what scraper_bench prints. Run by Debian's own python3, which has
python3-scrapy.
"""

import datetime
import json
import pathlib
import sys
import time

import item_loaders
import plain_callbacks
from plain_callbacks import Film
from scrapy.http import HtmlResponse, TextResponse, XmlResponse

RESPONSES = {"json": TextResponse, "html": HtmlResponse, "feed": XmlResponse}
STYLES = {"plain_callbacks": plain_callbacks.PARSERS, "item_loaders": item_loaders.PARSERS}


def take_all(style: str, kind: str, content_type: str, url: str, bodies: list[bytes], film) -> int:
    """Calls `film` for each; how many there were."""
    parse = STYLES[style][kind]
    count = 0
    for body in bodies:
        response = RESPONSES[kind](url, headers={"Content-Type": content_type}, body=body)
        for found in parse(response):
            if isinstance(found, Film):
                count += 1
                film(found)
    return count


def print_item(film: Film) -> None:
    moment = film["added_at"].astimezone(datetime.timezone.utc)
    print(json.dumps({**film, "added_at": moment.isoformat().replace("+00:00", "Z")}, ensure_ascii=False))


def print_rate(seconds: float, *source) -> None:
    def drop(_film) -> None:
        pass

    take_all(*source, drop)  # not measured: warms up
    pages = count = 0
    begin = time.thread_time()
    while (used := time.thread_time() - begin) < seconds:
        count += take_all(*source, drop)
        pages += len(source[-1])
    print(json.dumps({"pages": pages, "films": count, "seconds": used}))


def main() -> None:
    what, *words = sys.argv[1:]
    seconds = float(words.pop(0)) if what == "rate" else 0
    style, kind, content_type, url, *paths = words
    source = (style, kind, content_type, url, [pathlib.Path(path).read_bytes() for path in paths])
    if what == "rate":
        print_rate(seconds, *source)
    else:
        take_all(*source, print_item)


if __name__ == "__main__":
    main()
