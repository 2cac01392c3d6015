#include "fake_rutube_rows.hpp"
#include "fake_sites.hpp"

#include <filmoteka/base/strings.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>

namespace filmoteka::testing {

namespace json = boost::json;

namespace {

constexpr std::size_t kFirstItem = 100'000;

/// The number right behind `word` in a query; nullopt without one.
std::optional<int> number_after(std::string_view query, std::string_view word) {
  const auto at = query.find(word);
  if (at == std::string_view::npos) return std::nullopt;
  const auto rest = query.substr(at + word.size());
  return parse_number<int>(rest.substr(0, rest.find_first_not_of("0123456789")));
}

json::object literal(std::string_view value, std::string_view language = {}) {
  json::object object{{"type", "literal"}, {"value", value}};
  if (!language.empty()) object["xml:lang"] = language;
  return object;
}

class FakeWikidata final : public FakeSite {
 public:
  explicit FakeWikidata(FakeSiteSettings settings) : settings_(std::move(settings)) {}

  FakeAnswer answer(const FakeRequest& request) override {
    const auto target = parse_target(request.target);
    if (target.path == "/robots.txt")
      return text_answer("text/plain", "User-agent: *\nDisallow: /private/\n");
    if (target.path == "/sparql") {
      const auto query = target.query.find("query");
      const auto form = parse_target("?" + request.body).query;
      const auto posted = form.find("query");
      if (query != target.query.end()) return sparql(query->second);
      return posted != form.end() ? sparql(posted->second) : missing_page();
    }
    constexpr std::string_view kSummary = "/api/rest_v1/page/summary/";
    if (target.path.starts_with(kSummary)) return summary(target.path.substr(kSummary.size()));
    return missing_page();
  }

 private:
  static std::string item_id(std::size_t index) { return "Q" + std::to_string(kFirstItem + index); }

  json::object binding(std::size_t index) const {
    const auto film = make_film(settings_.seed, index);
    json::object row{{"film", json::object{{"type", "uri"},
                                           {"value", "http://www.wikidata.org/entity/" + item_id(index)}}},
                     {"ruLabel", literal(film.title, "ru")},
                     {"length", literal(std::to_string(film.duration_seconds / 60))},
                     {"genres", literal("драма|фильм-катастрофа")},
                     {"countries", literal("СССР")},
                     {"imdb", literal("tt" + std::to_string(1'000'000 + index))},
                     {"kinopoisk", literal(std::to_string(40'000 + index))},
                     {"tmdb", literal(std::to_string(9'000 + index))},
                     {"image", json::object{{"type", "uri"},
                                            {"value", "http://commons.wikimedia.org/" + film.id + ".jpg"}}}};
    if (index % 2 == 0) row["enLabel"] = literal("Film number " + std::to_string(index), "en");
    if (index % 5 != 3) row["page"] = literal("Film " + std::to_string(index), "ru");
    return row;
  }

  /// As far as a query is understood: `?year = N` or a range of dates gives the films of a year; LIMIT and
  /// OFFSET.
  FakeAnswer sparql(std::string_view query) const {
    const auto year = number_after(query, "?date >= \"");
    if (!year) return json_answer(400, "QueryBadFormed");
    json::array bindings;
    for (std::size_t index = 0; index < settings_.films; ++index)
      if (make_film(settings_.seed, index).year == *year) bindings.push_back(binding(index));
    return json_answer(200, json::object{{"head", json::object{{"vars", json::array{"film", "title"}}}},
                                         {"results", json::object{{"bindings", std::move(bindings)}}}});
  }

  FakeAnswer summary(std::string_view title) const {
    const auto index = parse_number<std::size_t>(title.substr(std::min<std::size_t>(5, title.size())));
    if (!index || *index >= settings_.films)
      return json_answer(404,
                         json::object{{"type", "https://mediawiki.org/wiki/HyperSwitch/errors/not_found"}});
    const auto film = make_film(settings_.seed, *index);
    const auto picture = "https://upload.wikimedia.org/" + film.id + ".jpg";
    return json_answer(
        200, json::object{{"type", "standard"},
                          {"title", film.title},
                          {"extract", "«" + film.title + "» — фильм " + std::to_string(film.year) + " года."},
                          {"wikibase_item", item_id(*index)},
                          {"thumbnail", json::object{{"source", picture}, {"width", 320}}},
                          {"originalimage", json::object{{"source", picture}}},
                          {"content_urls",
                           json::object{{"desktop", json::object{{"page", "https://ru.wikipedia.org/wiki/" +
                                                                              std::string(title)}}}}}});
  }

  FakeSiteSettings settings_;
};

}  // namespace

std::unique_ptr<FakeSite> make_fake_wikidata(const FakeSiteSettings& settings) {
  return std::make_unique<FakeWikidata>(settings);
}

}  // namespace filmoteka::testing
