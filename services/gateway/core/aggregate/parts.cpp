#include <filmoteka/base/strings.hpp>
#include <filmoteka/http/query.hpp>

#include <gateway/core/aggregate/json_member.hpp>
#include <gateway/core/aggregate/parts.hpp>

#include <algorithm>

namespace filmoteka::gateway {
namespace {

enum HomePart : std::size_t { kNew, kPopular, kTopRated, kGenres, kHomeParts };
constexpr std::size_t kGenreShelves = 3;

std::string shelf(std::string_view what) {
  return "/movies?" + std::string(what) + "&per_page=12";
}

/// `"a","b"`: names that need no escaping.
std::string quoted(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    if (!text.empty()) text += ',';
    text.append("\"").append(name).append("\"");
  }
  return text;
}

std::optional<std::string_view> items_of(const PartAnswer& answer) {
  return answer.is_there() ? json_member(answer.body, "items") : std::nullopt;
}

/// The JSON string without its quotes, where it has no escapes.
std::string_view plain_text(std::string_view json) {
  if (json.size() < 2 || json.find('\\') != std::string_view::npos) return {};
  return json.substr(1, json.size() - 2);
}

/// The sections of an answer, and what is missing.
class Sections {
 public:
  void add(const std::string& name, std::string_view head, const PartAnswer& answer) {
    const auto items = items_of(answer);
    if (!items) return missing_.push_back(name);
    if (!text_.empty()) text_ += ',';
    text_.append("{").append(head).append(",\"items\":").append(*items).append("}");
  }
  void miss(const std::string& name) { missing_.push_back(name); }
  const std::string& text() const { return text_; }
  const std::vector<std::string>& missing() const { return missing_; }

 private:
  std::string text_;
  std::vector<std::string> missing_;
};

std::string stats_of(const PartAnswer& films, std::size_t genres) {
  const auto page = films.is_there() ? json_member(films.body, "page") : std::nullopt;
  const auto total = page ? json_member(*page, "total") : std::nullopt;
  return "{\"films\":" + std::string(total.value_or("null")) + ",\"genres\":" + std::to_string(genres) + "}";
}

}  // namespace

std::vector<Part> Home::parts() {
  return {{"new", shelf("sort=-added_at")},
          {"popular", shelf("sort=-views")},
          {"top_rated", shelf("sort=-rating")},
          {"genres", "/genres"}};
}

std::vector<Part> Home::shelves(const std::vector<PartAnswer>& answers) {
  std::vector<Part> shelves;
  const auto genres = items_of(answers[kGenres]);
  if (!genres) return shelves;
  for (const std::string_view genre : json_elements(*genres)) {
    if (shelves.size() == kGenreShelves) break;
    const std::string_view name = plain_text(json_member(genre, "value").value_or(""));
    if (name.empty()) continue;
    shelves.push_back({std::string(name), shelf("genre=" + http::encode_component(name) + "&sort=-rating")});
  }
  return shelves;
}

std::optional<Assembled> Home::assemble(const std::vector<PartAnswer>& answers,
                                        const std::vector<Part>& shelves,
                                        const std::vector<PartAnswer>& shelf_answers) {
  if (std::none_of(answers.begin(), answers.end(), [](const PartAnswer& one) { return one.is_there(); })) {
    return std::nullopt;
  }
  const std::vector<Part> first = parts();
  Sections sections;
  for (std::size_t i = 0; i < kGenres; ++i)
    sections.add(first[i].name, "\"id\":\"" + first[i].name + "\"", answers[i]);
  for (std::size_t i = 0; i < shelves.size(); ++i) {
    sections.add("genre", "\"id\":\"genre\",\"genre\":\"" + shelves[i].name + "\"", shelf_answers[i]);
  }
  const auto genres = items_of(answers[kGenres]);
  if (!genres) sections.miss("genres");
  std::vector<std::string> missing = sections.missing();
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  std::string body =
      "{\"sections\":[" + sections.text() + "],\"genres\":" + std::string(genres.value_or("[]")) +
      ",\"stats\":" + stats_of(answers[kPopular], json_elements(genres.value_or("[]")).size()) +
      ",\"degraded\":[" + quoted(missing) + "]}";
  return Assembled{std::move(body), missing.empty()};
}

std::optional<std::vector<Part>> FilmPage::parts(std::string_view film_target, std::string_view include) {
  std::vector<Part> parts{{"movie", std::string(film_target)}};
  for (const std::string_view name : split(include, ',')) {
    if (name != "similar") return std::nullopt;
    if (parts.size() == 1) parts.push_back({"similar", std::string(film_target) + "/similar"});
  }
  return parts;
}

Assembled FilmPage::assemble(const std::vector<Part>& parts, const std::vector<PartAnswer>& answers) {
  Assembled page{answers.front().body};
  std::vector<std::string> missing;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const auto items = items_of(answers[i]);
    items ? void(page.body = with_member(page.body, parts[i].name, *items))
          : missing.push_back(parts[i].name);
  }
  page.body = with_member(page.body, "degraded", "[" + quoted(missing) + "]");
  page.is_whole = missing.empty();
  return page;
}

}  // namespace filmoteka::gateway
