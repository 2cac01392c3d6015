#include "fake_rutube_rows.hpp"
#include "fake_sites.hpp"

#include <filmoteka/base/strings.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace filmoteka::testing {

namespace json = boost::json;

namespace {

constexpr std::size_t kPage = 25;

class FakeArchive final : public FakeSite {
 public:
  explicit FakeArchive(FakeSiteSettings settings) : settings_(std::move(settings)) {}

  FakeAnswer answer(const FakeRequest& request) override {
    const auto target = parse_target(request.target);
    if (target.path == "/robots.txt")
      return text_answer("text/plain", "User-agent: *\nDisallow: /control/\n");
    if (target.path == "/services/search/v1/scrape") return scrape(target);
    if (target.path.starts_with("/metadata/")) return metadata(target.path.substr(10));
    return missing_page();
  }

 private:
  static std::string id_of(std::size_t index) { return "film-" + std::to_string(index); }

  /// Fields are a text or a list of texts as it comes; the year is a number or a text.
  json::object item(std::size_t index) const {
    const auto film = make_film(settings_.seed, index);
    json::object row{{"identifier", id_of(index)}, {"title", film.title}, {"downloads", film.hits}};
    row["year"] = index % 3 == 0 ? json::value(film.year) : json::value(std::to_string(film.year));
    row["date"] = std::to_string(film.year) + "-01-01T00:00:00Z";
    row["publicdate"] = film.publication_ts + "Z";
    const auto text = "A film: <i>" + film.title + "</i> &amp; more.";
    row["description"] = index % 2 == 0 ? json::value(text) : json::value(json::array{text, "In two parts."});
    row["subject"] =
        index % 2 == 0 ? json::value("drama; history") : json::value(json::array{"drama", "history"});
    row["creator"] =
        index % 2 == 0 ? json::value("A studio") : json::value(json::array{"A studio", "Another"});
    row["collection"] = json::array{"feature_films", "movies"};
    if (index % 10 == 7) row.erase("year");
    return row;
  }

  FakeAnswer scrape(const Target& target) const {
    const auto cursor = target.query.find("cursor");
    std::size_t from = 0;
    if (cursor != target.query.end()) {
      const auto number = parse_number<std::size_t>(std::string_view(cursor->second).substr(1));
      if (!number) return json_answer(400, json::object{{"error", "invalid or expired cursor"}});
      from = *number;
    }
    json::array items;
    auto index = from;
    for (; index < settings_.films && items.size() < kPage; ++index) items.push_back(item(index));
    json::object body{{"items", std::move(items)}, {"count", index - from}, {"total", settings_.films}};
    if (index < settings_.films) body["cursor"] = "W" + std::to_string(index);
    return json_answer(200, body);
  }

  FakeAnswer metadata(std::string_view id) const {
    const auto index = parse_number<std::size_t>(id.substr(std::min<std::size_t>(5, id.size())));
    if (!index || *index >= settings_.films) return json_answer(200, json::object{});
    const auto film = make_film(settings_.seed, *index);
    json::array files{json::object{{"name", "film.mp4"},
                                   {"format", "h.264"},
                                   {"length", std::to_string(film.duration_seconds) + ".52"}}};
    return json_answer(200, json::object{{"metadata", item(*index)}, {"files", std::move(files)}});
  }

  FakeSiteSettings settings_;
};

}  // namespace

std::unique_ptr<FakeSite> make_fake_archive(const FakeSiteSettings& settings) {
  return std::make_unique<FakeArchive>(settings);
}

}  // namespace filmoteka::testing
