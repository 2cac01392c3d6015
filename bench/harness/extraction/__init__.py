"""Pages to extract films from, Scrapy's way of doing it, and a source with a million films."""
