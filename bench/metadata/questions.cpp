#include "questions.hpp"

#include <filmoteka/http/query.hpp>

#include <metadata/core/testing/random.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace filmoteka::bench {
namespace {

using metadata::SortKey;
using metadata::SortOrder;
using metadata::testing::Random;

constexpr std::size_t kVariants = 211;  // prime, so that rounds do not fall into step
constexpr std::array<std::string_view, 12> kUsualGenres = {
    "драма", "комедия",  "документальный", "триллер",  "мелодрама",  "боевик",
    "ужасы", "криминал", "Drama",          "семейный", "фантастика", "детектив"};
constexpr std::array<std::string_view, 6> kRareGenres = {
    "найденная плёнка", "танец", "перформанс", "катастрофа", "боевые искусства", "слэшер"};

struct NamedOrder {
  std::string_view name;
  SortOrder order;
};
// Each sort in the direction that people want.
constexpr std::array<NamedOrder, 6> kOrders = {{{"-views", {SortKey::kViews, true}},
                                                {"-rating", {SortKey::kRating, true}},
                                                {"-year", {SortKey::kYear, true}},
                                                {"-added_at", {SortKey::kAddedAt, true}},
                                                {"title", {SortKey::kTitle, false}},
                                                {"duration", {SortKey::kDuration, false}}}};

template <class Make>
Question question(std::string name, Make make) {
  Random random(17);
  Question made{std::move(name), {}};
  for (std::size_t i = 0; i < kVariants; ++i) made.asks.push_back(make(random));
  return made;
}

Ask filtered(Random& random) {
  Ask ask;
  ask.genre = random.pick(kUsualGenres);
  ask.year_from = static_cast<std::int32_t>(random.between(1960, 2015));
  ask.year_to = *ask.year_from + static_cast<std::int32_t>(random.between(3, 25));
  ask.sort = random.pick(kOrders).order;
  ask.total = true;
  return ask;
}

Ask no_match(Random& random) {
  Ask ask;
  // No anime before 1960: only looking at both shows it.
  ask.genre = "аниме";
  ask.year_to = static_cast<std::int32_t>(random.between(1920, 1959));
  ask.rating_from = static_cast<std::int32_t>(random.between(30, 70));
  ask.total = true;
  return ask;
}

std::string_view name_of(SortOrder order) {
  return std::find_if(kOrders.begin(), kOrders.end(),
                      [&](const NamedOrder& one) { return one.order == order; })
      ->name;
}

}  // namespace

std::vector<Question> questions(std::int64_t films) {
  std::vector<Question> all;
  for (const NamedOrder& one : kOrders) {
    all.push_back(question("first page by " + std::string(one.name), [&](Random&) {
      Ask ask;
      ask.sort = one.order;
      return ask;
    }));
  }
  all.push_back(question("first page with exact total", [](Random& random) {
    Ask ask;
    ask.sort = random.pick(kOrders).order;
    ask.total = true;
    return ask;
  }));
  all.push_back(question("genre + years, exact total", [](Random& random) { return filtered(random); }));
  all.push_back(question("genre + years + rating, total, 7 facets", [](Random& random) {
    Ask ask = filtered(random);
    ask.rating_from = static_cast<std::int32_t>(random.between(45, 75));
    ask.facets = true;
    return ask;
  }));
  all.push_back(question("rare genre, exact total", [](Random& random) {
    Ask ask;
    ask.genre = random.pick(kRareGenres);
    ask.sort = random.pick(kOrders).order;
    ask.total = true;
    return ask;
  }));
  all.push_back(question("no match", no_match));
  const auto deep = [films](Random& random) {
    constexpr std::int64_t kDeep = 10'000;
    const std::int64_t last = std::min(kDeep, films * 9 / 10 / kPageSize);
    Ask ask;
    ask.page = static_cast<std::uint32_t>(last - random.between(0, 40));
    return ask;
  };
  all.push_back(question("page 10,000 by number", deep));
  all.push_back(question("page in the middle by number", [films](Random& random) {
    Ask ask;
    ask.page = static_cast<std::uint32_t>(films / 2 / kPageSize - random.between(0, 40));
    return ask;
  }));
  all.push_back(question("page 10,000 by cursor", [&](Random& random) {
    Ask ask = deep(random);
    ask.by_cursor = true;
    return ask;
  }));
  return all;
}

std::vector<Question> questions_beside_changes(std::int64_t films) {
  std::vector<Question> chosen;
  for (Question& one : questions(films)) {
    const Ask& ask = one.asks.front();
    const bool is_deep = ask.page > 1 && !ask.by_cursor;
    if (!ask.facets && !is_deep && one.name != "first page with exact total") continue;
    one.name += ", many films changed";
    chosen.push_back(std::move(one));
  }
  return chosen;
}

std::string query_string(const Ask& ask) {
  std::string text = "sort=" + std::string(name_of(ask.sort));
  const auto add = [&text](std::string_view name, const std::string& value) {
    text.append("&").append(name).append("=").append(http::encode_component(value));
  };
  if (ask.genre) add("genre", *ask.genre);
  if (ask.year_from) add("year_from", std::to_string(*ask.year_from));
  if (ask.year_to) add("year_to", std::to_string(*ask.year_to));
  if (ask.rating_from) {
    add("rating_from", std::to_string(*ask.rating_from / 10) + "." + std::to_string(*ask.rating_from % 10));
  }
  if (ask.page > 1) add("page", std::to_string(ask.page));
  if (!ask.total) add("count", "none");
  if (ask.facets) add("facets", "genre,year,decade,rating,duration,source,age_rating");
  return text;
}

}  // namespace filmoteka::bench
