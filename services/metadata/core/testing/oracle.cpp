#include <filmoteka/domain/genres.hpp>
#include <filmoteka/domain/text.hpp>

#include <metadata/core/testing/naive_search.hpp>
#include <metadata/core/testing/oracle.hpp>

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>

namespace filmoteka::metadata::testing {
namespace {

using domain::Movie;

// Remembers what texts become: that makes the oracle quick enough for thousands of films.
const std::string& remembered(const std::string& text, std::string (*make)(const std::string&)) {
  using Texts = std::unordered_map<std::string, std::string>;
  thread_local std::map<std::string (*)(const std::string&), Texts> known;
  Texts& texts = known[make];
  const auto found = texts.find(text);
  return found != texts.end() ? found->second : texts.emplace(text, make(text)).first->second;
}

const std::string& comparable_genre(const std::string& genre) {
  return remembered(genre, [](const std::string& text) { return domain::genre_key(text); });
}

const std::string& title_key(const Movie& movie) {
  return remembered(movie.facts.title, [](const std::string& text) { return domain::collation_key(text); });
}

bool has_one_of(const Movie& movie, const std::vector<std::string>& wanted) {
  for (const std::string& genre : movie.facts.genres) {
    for (const std::string& name : wanted) {
      if (comparable_genre(genre) == comparable_genre(name)) return true;
    }
  }
  return false;
}

template <class T>
bool is_within(const std::optional<T>& value, const Range<T>& range) {
  if (range.is_open()) return true;
  return value && (!range.from || *value >= *range.from) && (!range.to || *value <= *range.to);
}

bool matches(const Movie& movie, std::int64_t views, const ListQuery& query) {
  const domain::MovieFacts& facts = movie.facts;
  if (!facts.is_active && !query.include_inactive) return false;
  if (!query.genres.empty() && !has_one_of(movie, query.genres)) return false;
  if (has_one_of(movie, query.genres_not)) return false;
  if (query.year && facts.year != query.year) return false;
  if (query.views_from && views < *query.views_from) return false;
  if (query.age_rating_to && (!facts.age_rating || *facts.age_rating > *query.age_rating_to)) return false;
  if (query.source && facts.source != *query.source) return false;
  if (query.has_image && (facts.image_url || facts.thumbnail_url) != *query.has_image) return false;
  if (!query.q.empty() && !naive_rank(movie, query.q)) return false;
  return is_within(facts.year, query.years) && is_within(facts.rating, query.rating) &&
         is_within(facts.duration_seconds, query.duration) && is_within({movie.added_at}, query.added);
}

// Less than zero: a comes first; zero: by id.
template <class T>
int compare_optional(const std::optional<T>& a, const std::optional<T>& b, bool descending) {
  if (!a || !b) return a ? -1 : b ? 1 : 0;
  if (*a == *b) return 0;
  return (*a < *b) != descending ? -1 : 1;
}

int compare(const Movie& a, std::int64_t views_a, const Movie& b, std::int64_t views_b, SortOrder order) {
  const auto by = [&](auto value) {
    return compare_optional(std::optional(value(a)), std::optional(value(b)), order.descending);
  };
  switch (order.key) {
    case SortKey::kViews:
      return compare_optional(std::optional(views_a), std::optional(views_b), order.descending);
    case SortKey::kRating:
      return compare_optional(a.facts.rating, b.facts.rating, order.descending);
    case SortKey::kYear:
      return compare_optional(a.facts.year, b.facts.year, order.descending);
    case SortKey::kAddedAt:
      return by([](const Movie& m) { return m.added_at; });
    case SortKey::kTitle:
      return by(title_key);
    case SortKey::kDuration:
      return compare_optional(a.facts.duration_seconds, b.facts.duration_seconds, order.descending);
  }
  return 0;
}

template <class Film>
bool comes_before(const Film& a, const Film& b, const ListQuery& query) {
  const auto compare_by = [&](SortOrder order) {
    return compare(*a.movie, a.views, *b.movie, b.views, order);
  };
  int compared = 0;
  if (query.sort.by_relevance) {
    compared = naive_rank(*a.movie, query.q).value() - naive_rank(*b.movie, query.q).value();
    if (compared == 0) compared = compare_by({SortKey::kViews, true});
  } else {
    compared = compare_by(query.sort.order);
  }
  return compared != 0 ? compared < 0 : a.movie->id < b.movie->id;
}

std::optional<std::string> number_text(const std::optional<std::int32_t>& value) {
  return value ? std::optional(std::to_string(*value)) : std::nullopt;
}

// The values of a film in a facet.
std::set<std::string> facet_values(const Movie& movie, Facet facet) {
  const domain::MovieFacts& facts = movie.facts;
  std::set<std::string> values;
  std::optional<std::string> value;
  if (facet == Facet::kGenre) {
    for (const std::string& genre : facts.genres) values.insert(comparable_genre(genre));
  } else if (facet == Facet::kSource) {
    value = facts.source;
  } else if (facet == Facet::kYear) {
    value = number_text(facts.year);
  } else if (facet == Facet::kAgeRating) {
    value = number_text(facts.age_rating);
  } else if (facet == Facet::kDecade && facts.year) {
    value = std::to_string(*facts.year - *facts.year % 10);
  } else if (facet == Facet::kRating && facts.rating) {
    value = std::to_string(*facts.rating >= 90 ? 9 : *facts.rating / 10);
  } else if (facet == Facet::kDuration && facts.duration_seconds) {
    const int minutes = *facts.duration_seconds / 60;
    value = minutes >= 150 ? "9000" : std::to_string(minutes / 30 * 1'800);
  }
  if (value) values.insert(*value);
  return values;
}

ListQuery without_own_filter(ListQuery query, Facet facet) {
  switch (facet) {
    case Facet::kGenre:
      query.genres.clear();
      break;
    case Facet::kYear:
    case Facet::kDecade:
      query.year.reset();
      query.years = {};
      break;
    case Facet::kRating:
      query.rating = {};
      break;
    case Facet::kDuration:
      query.duration = {};
      break;
    case Facet::kSource:
      query.source.reset();
      break;
    case Facet::kAgeRating:
      query.age_rating_to.reset();
      break;
  }
  return query;
}

}  // namespace

void Oracle::apply(const Change& change) {
  const auto waiting = waiting_views_.extract(change.id);
  if (!change.movie) {
    films_.erase(change.id);
    frozen_views_.erase(change.id);
    return;
  }
  const auto known = films_.find(change.id);
  const std::int64_t counted = known == films_.end() ? 0 : known->second.local_views;
  Movie& movie = films_.insert_or_assign(change.id, *change.movie).first->second;
  movie.local_views = std::max(movie.local_views, counted);
  if (!waiting.empty()) movie.local_views = std::max(movie.local_views, waiting.mapped());
  frozen_views_[change.id] = movie.views();
}

void Oracle::set_views(domain::MovieId id, std::int64_t views) {
  const auto known = films_.find(id);
  std::int64_t& counted = known != films_.end() ? known->second.local_views : waiting_views_[id];
  counted = std::max(counted, views);
}

void Oracle::freeze_views() {
  for (const auto& [id, movie] : films_) frozen_views_[id] = movie.views();
}

std::vector<Oracle::Film> Oracle::found(const ListQuery& query) const {
  std::vector<Film> films;
  for (const auto& [id, movie] : films_) {
    const std::int64_t views = frozen_views_.at(id);
    if (matches(movie, views, query)) films.push_back({&movie, views});
  }
  return films;
}

std::vector<domain::MovieId> Oracle::all(const ListQuery& query) const {
  std::vector<Film> films = found(query);
  std::sort(films.begin(), films.end(),
            [&](const Film& a, const Film& b) { return comes_before(a, b, query); });
  std::vector<domain::MovieId> ids;
  for (const Film& film : films) ids.push_back(film.movie->id);
  return ids;
}

Oracle::Page Oracle::list(const ListQuery& query) const {
  const auto ids = all(query);
  Page page{{}, ids.size()};
  for (std::size_t i = std::size_t{query.page - 1} * query.per_page;
       i < ids.size() && page.ids.size() < query.per_page; ++i) {
    page.ids.push_back(ids[i]);
  }
  return page;
}

// By folded form.
std::map<std::string, std::string> Oracle::shown_genres() const {
  std::map<std::string, std::map<std::string, std::size_t>> active_films;  // by spelling
  for (const auto& [id, movie] : films_) {
    for (const std::string& genre : movie.facts.genres) {
      active_films[comparable_genre(genre)][genre] += movie.facts.is_active ? 1U : 0U;
    }
  }
  std::map<std::string, std::string> shown;
  for (const auto& [folded, films_of] : active_films) {
    shown[folded] = std::max_element(films_of.begin(), films_of.end(), [](const auto& a, const auto& b) {
                      return a.second < b.second;
                    })->first;
  }
  return shown;
}

std::vector<Oracle::Count> Oracle::genres() const {
  return facet(Facet::kGenre, {});
}

std::vector<Oracle::Count> Oracle::facet(Facet facet, const ListQuery& query) const {
  std::map<std::string, std::size_t> films;
  for (const Film& film : found(without_own_filter(query, facet))) {
    for (const std::string& value : facet_values(*film.movie, facet)) ++films[value];
  }
  const auto names = facet == Facet::kGenre ? shown_genres() : std::map<std::string, std::string>();
  std::vector<Count> counts;
  for (const auto& [value, count] : films) {
    counts.push_back({facet == Facet::kGenre ? names.at(value) : value, count});
  }
  const bool is_text = facet == Facet::kGenre || facet == Facet::kSource;
  const bool latest_first = facet == Facet::kYear || facet == Facet::kDecade;
  std::sort(counts.begin(), counts.end(), [&](const Count& a, const Count& b) {
    if (is_text) return std::tie(b.count, a.value) < std::tie(a.count, b.value);
    return latest_first ? std::stoi(a.value) > std::stoi(b.value) : std::stoi(a.value) < std::stoi(b.value);
  });
  return counts;
}

}  // namespace filmoteka::metadata::testing
