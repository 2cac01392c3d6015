/// The made-up sites, and what they share. Internal.
#pragma once

#include <filmoteka/testing/fake_site.hpp>

#include <boost/json/value.hpp>

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace filmoteka::testing {

/// The Internet Archive: /services/search/v1/scrape with a cursor, fields that are a text or a list of texts,
/// items that are no films, /metadata/{id}.
std::unique_ptr<FakeSite> make_fake_archive(const FakeSiteSettings& settings);

/// Wikidata's /sparql, a year at a time, and beside it Wikipedia's
/// /api/rest_v1/page/summary/{title}.
std::unique_ptr<FakeSite> make_fake_wikidata(const FakeSiteSettings& settings);

/// A site for people in windows-1251: /films/?page=N with relative dates, /film/N.html with the details;
/// beside it /sitemap.xml (an index of .gz files with the video extension), /rss.xml, /movie/N with JSON-LD
/// in UTF-8, and /live/, whose list is made by a script out of /live/films.json.
std::unique_ptr<FakeSite> make_fake_kino(const FakeSiteSettings& settings);

/// A target taken apart, percent-encoding undone.
struct Target {
  std::string path;
  std::map<std::string, std::string, std::less<>> query;
};
Target parse_target(std::string_view target);

FakeAnswer json_answer(int status, const boost::json::value& body);
FakeAnswer text_answer(std::string content_type, std::string body);
FakeAnswer missing_page();

std::string to_windows_1251(std::string_view utf8);
/// A gzip file (RFC 1952) of stored blocks.
std::string as_gzip(std::string_view bytes);
std::string xml_escaped(std::string_view text);

}  // namespace filmoteka::testing
