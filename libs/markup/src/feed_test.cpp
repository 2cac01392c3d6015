#include <filmoteka/markup/feed.hpp>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace filmoteka::markup {
namespace {

namespace json = boost::json;

std::string at(const json::object& feed, std::string_view pointer) {
  boost::system::error_code error;
  const auto* value = json::value(feed).find_pointer(pointer, error);
  if (value == nullptr) return {};
  const auto copy = *json::value(feed).find_pointer(pointer, error);
  return copy.is_string() ? std::string(copy.as_string()) : json::serialize(copy);
}

TEST(Feed, ReadsRss) {
  const auto feed = read_feed(R"(<?xml version="1.0"?><rss version="2.0"
    xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
    xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:atom="http://www.w3.org/2005/Atom"><channel>
    <title>Канал</title><link>https://kino.example/</link><atom:link rel="next" href="https://kino.example/2"/>
    <item><title>Ёлки 5 &amp; друзья</title><link>https://kino.example/v/1</link>
      <guid isPermaLink="false">{"video_id": "abc", "duration": 5400}</guid>
      <pubDate>Tue, 03 Sep 2024 04:05:58 GMT</pubDate><dc:creator>Автор</dc:creator>
      <category>Комедия</category><category>Семейный</category>
      <description><![CDATA[<p>Текст</p>]]></description><content:encoded>Полный текст</content:encoded>
      <enclosure url="https://kino.example/1.mp4" type="video/mp4" length="1"/>
      <itunes:duration>1:30:00</itunes:duration><itunes:title>Не тот</itunes:title>
      <media:group><media:content url="https://kino.example/c.mp4" duration="5400" medium="video">
        <media:thumbnail url="https://kino.example/1.jpg"/></media:content>
        <media:community><media:statistics views="77"/></media:community></media:group>
    </item></channel></rss>)");
  ASSERT_FALSE(feed.has_error()) << feed.error().message;
  EXPECT_EQ(at(*feed, "/title"), "Канал");
  EXPECT_EQ(at(*feed, "/next"), "https://kino.example/2");
  EXPECT_EQ(at(*feed, "/items/0/title"), "Ёлки 5 & друзья");
  EXPECT_EQ(at(*feed, "/items/0/link"), "https://kino.example/v/1");
  EXPECT_EQ(at(*feed, "/items/0/id_json/video_id"), "abc");
  EXPECT_EQ(at(*feed, "/items/0/published"), "Tue, 03 Sep 2024 04:05:58 GMT");
  EXPECT_EQ(at(*feed, "/items/0/author"), "Автор");
  EXPECT_EQ(at(*feed, "/items/0/categories"), R"(["Комедия","Семейный"])");
  EXPECT_EQ(at(*feed, "/items/0/summary"), "<p>Текст</p>");
  EXPECT_EQ(at(*feed, "/items/0/content"), "Полный текст");
  EXPECT_EQ(at(*feed, "/items/0/enclosures/0/url"), "https://kino.example/1.mp4");
  EXPECT_EQ(at(*feed, "/items/0/duration"), "1:30:00");
  EXPECT_EQ(at(*feed, "/items/0/media/thumbnail"), "https://kino.example/1.jpg");
  EXPECT_EQ(at(*feed, "/items/0/media/duration"), "5400");
  EXPECT_EQ(at(*feed, "/items/0/media/views"), "77");
}

TEST(Feed, ReadsAtom) {
  const auto feed = read_feed(R"(<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>
    <link rel="self" href="https://a.example/self"/><link href="https://a.example/"/>
    <entry><id>urn:1</id><title type="html">T</title><link rel="alternate" href="https://a.example/1"/>
    <link rel="enclosure" href="https://a.example/1.mp4" type="video/mp4"/><published>2024-01-02T03:04:05Z</published>
    <updated>2024-02-02T03:04:05Z</updated><author><name>N</name><uri>u</uri></author>
    <category term="drama" label="Драма"/><summary>S</summary></entry></feed>)");
  ASSERT_FALSE(feed.has_error()) << feed.error().message;
  EXPECT_EQ(at(*feed, "/link"), "https://a.example/");
  EXPECT_EQ(at(*feed, "/items/0/id"), "urn:1");
  EXPECT_EQ(at(*feed, "/items/0/link"), "https://a.example/1");
  EXPECT_EQ(at(*feed, "/items/0/published"), "2024-01-02T03:04:05Z");
  EXPECT_EQ(at(*feed, "/items/0/author"), "N");
  EXPECT_EQ(at(*feed, "/items/0/categories/0"), "Драма");
  EXPECT_EQ(at(*feed, "/items/0/enclosures/0/type"), "video/mp4");
}

TEST(Feed, ReadsRss1) {
  const auto feed = read_feed(R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns="http://purl.org/rss/1.0/"><channel rdf:about="c"><title>C</title></channel>
    <item rdf:about="https://r.example/1"><title>T</title><link>https://r.example/1</link></item></rdf:RDF>)");
  ASSERT_FALSE(feed.has_error()) << feed.error().message;
  EXPECT_EQ(at(*feed, "/title"), "C");
  EXPECT_EQ(at(*feed, "/items/0/id"), "https://r.example/1");
}

TEST(Feed, SaysWhatItIsInstead) {
  EXPECT_THAT(read_feed("<html><body>QRATOR</body></html>").error().message, ::testing::HasSubstr("no feed"));
  EXPECT_THAT(read_feed("<!doctype html><HTML><br></HTML>").error().message,
              ::testing::HasSubstr("web page"));
  EXPECT_EQ(read_feed("{}").error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(read_feed("<urlset/>").error().code, ErrorCode::kCorrupt);
}

}  // namespace
}  // namespace filmoteka::markup
