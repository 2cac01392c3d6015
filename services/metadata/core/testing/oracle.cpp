#include <filmoteka/domain/text.hpp>

#include <metadata/core/testing/oracle.hpp>

#include <algorithm>
#include <set>
#include <sstream>
#include <tuple>

namespace filmoteka::metadata::testing {
namespace {

using domain::Movie;

std::string comparable_genre(const std::string& genre) {
  const std::string folded = domain::fold(genre);
  return folded.empty() ? genre : folded;
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

std::vector<std::string> words_of(const std::string& folded) {
  std::istringstream stream(folded);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::vector<std::string> folded_titles(const Movie& movie) {
  std::vector<std::string> titles{domain::fold(movie.facts.title)};
  if (movie.facts.original_title) titles.push_back(domain::fold(*movie.facts.original_title));
  return titles;
}

bool has_all_words(const Movie& movie, const std::vector<std::string>& wanted) {
  std::vector<std::string> words;
  for (const std::string& title : folded_titles(movie)) {
    for (std::string& word : words_of(title)) words.push_back(std::move(word));
  }
  return !wanted.empty() && std::all_of(wanted.begin(), wanted.end(), [&](const std::string& start) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return word.starts_with(start); });
  });
}

bool has_in_order(const std::string& title, const std::vector<std::string>& wanted) {
  std::size_t found = 0;
  for (const std::string& word : words_of(title)) {
    if (found < wanted.size() && word.starts_with(wanted[found])) ++found;
  }
  return found == wanted.size();
}

int tier(const Movie& movie, const std::string& q) {
  const std::string folded = domain::fold(q);
  int best = 3;
  for (const std::string& title : folded_titles(movie)) {
    if (title == folded) best = std::min(best, 0);
    if (title.starts_with(folded)) best = std::min(best, 1);
    if (has_in_order(title, words_of(folded))) best = std::min(best, 2);
  }
  return best;
}

bool matches(const Movie& movie, const ListQuery& query) {
  const domain::MovieFacts& facts = movie.facts;
  if (!facts.is_active && !query.include_inactive) return false;
  if (!query.genres.empty() && !has_one_of(movie, query.genres)) return false;
  if (has_one_of(movie, query.genres_not)) return false;
  if (query.year && facts.year != query.year) return false;
  if (query.views_from && movie.views() < *query.views_from) return false;
  if (query.age_rating_to && (!facts.age_rating || *facts.age_rating > *query.age_rating_to)) return false;
  if (query.source && facts.source != *query.source) return false;
  if (query.has_image && (facts.image_url || facts.thumbnail_url) != *query.has_image) return false;
  if (!query.q.empty() && !has_all_words(movie, words_of(domain::fold(query.q)))) return false;
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

int compare(const Movie& a, const Movie& b, SortOrder order) {
  const auto by = [&](auto value) {
    return compare_optional(std::optional(value(a)), std::optional(value(b)), order.descending);
  };
  switch (order.key) {
    case SortKey::kViews:
      return by([](const Movie& m) { return m.views(); });
    case SortKey::kRating:
      return compare_optional(a.facts.rating, b.facts.rating, order.descending);
    case SortKey::kYear:
      return compare_optional(a.facts.year, b.facts.year, order.descending);
    case SortKey::kAddedAt:
      return by([](const Movie& m) { return m.added_at; });
    case SortKey::kTitle:
      return by([](const Movie& m) { return domain::collation_key(m.facts.title); });
    case SortKey::kDuration:
      return compare_optional(a.facts.duration_seconds, b.facts.duration_seconds, order.descending);
  }
  return 0;
}

bool comes_before(const Movie& a, const Movie& b, const ListQuery& query) {
  int compared = 0;
  if (query.sort.by_relevance) {
    compared = tier(a, query.q) - tier(b, query.q);
    if (compared == 0) compared = compare(a, b, {SortKey::kViews, true});
    if (compared == 0) compared = compare(a, b, {SortKey::kRating, true});
  } else {
    compared = compare(a, b, query.sort.order);
  }
  return compared != 0 ? compared < 0 : a.id < b.id;
}

}  // namespace

void Oracle::apply(const Change& change) {
  if (change.movie) {
    films_.insert_or_assign(change.id, *change.movie);
  } else {
    films_.erase(change.id);
  }
}

Oracle::Page Oracle::list(const ListQuery& query) const {
  std::vector<const Movie*> found;
  for (const auto& [id, movie] : films_) {
    if (matches(movie, query)) found.push_back(&movie);
  }
  std::sort(found.begin(), found.end(),
            [&](const Movie* a, const Movie* b) { return comes_before(*a, *b, query); });
  Page page{{}, found.size()};
  for (std::size_t i = std::size_t{query.page - 1} * query.per_page;
       i < found.size() && page.ids.size() < query.per_page; ++i) {
    page.ids.push_back(found[i]->id);
  }
  return page;
}

std::vector<Oracle::GenreCount> Oracle::genres() const {
  std::map<std::string, std::set<domain::MovieId>> films;
  std::map<std::string, std::map<std::string, std::size_t>> spellings;
  for (const auto& [id, movie] : films_) {
    if (!movie.facts.is_active) continue;
    for (const std::string& genre : movie.facts.genres) {
      films[comparable_genre(genre)].insert(id);
      ++spellings[comparable_genre(genre)][genre];
    }
  }
  std::vector<GenreCount> genres;
  for (const auto& [folded, ids] : films) {
    std::string shown;
    std::size_t most = 0;
    for (const auto& [spelling, count] : spellings[folded]) {
      if (count > most) std::tie(shown, most) = std::tie(spelling, count);
    }
    genres.push_back({shown, ids.size()});
  }
  std::sort(genres.begin(), genres.end(), [](const GenreCount& a, const GenreCount& b) {
    return std::tie(b.count, a.value) < std::tie(a.count, b.value);
  });
  return genres;
}

}  // namespace filmoteka::metadata::testing
