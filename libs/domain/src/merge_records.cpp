#include <filmoteka/base/utf8.hpp>
#include <filmoteka/domain/merge_records.hpp>
#include <filmoteka/domain/text.hpp>
#include <filmoteka/domain/validation.hpp>

#include <algorithm>
#include <unordered_set>

namespace filmoteka::domain {
namespace {

using Records = std::vector<const MovieFacts*>;

Records distinct(std::span<const MovieFacts> records) {
  Records kept;
  for (const MovieFacts& record : records) {
    const bool is_known = std::any_of(kept.begin(), kept.end(), [&](const MovieFacts* other) {
      return other->source == record.source && other->source_id == record.source_id;
    });
    if (!is_known) kept.push_back(&record);
  }
  return kept;
}

template <class Value>
void take_if_absent(std::optional<Value>& to, const std::optional<Value>& from) {
  if (!to) to = from;
}

void take_if_absent(std::vector<std::string>& to, const std::vector<std::string>& from) {
  if (to.empty()) to = from;
}

void take_image(MovieFacts& film, const MovieFacts& other) {
  if (film.image_url || film.thumbnail_url) return;
  film.image_url = other.image_url;
  film.thumbnail_url = other.thumbnail_url;
}

void take_description(MovieFacts& film, const MovieFacts& other) {
  const bool is_longer =
      other.description && (!film.description || other.description->size() > film.description->size());
  if (is_longer) film.description = other.description;
}

void add_views(MovieFacts& film, const MovieFacts& other) {
  film.views = other.views > kMaxViews - film.views ? kMaxViews : film.views + other.views;
}

void take_added_at(MovieFacts& film, const MovieFacts& other) {
  if (other.added_at && (!film.added_at || *other.added_at < *film.added_at)) film.added_at = other.added_at;
}

void add_ids(MovieFacts& film, const MovieFacts& other) {
  for (const ExternalId& id : other.ids) {
    const bool is_known = std::any_of(film.ids.begin(), film.ids.end(),
                                      [&](const ExternalId& own) { return own.kind == id.kind; });
    if (!is_known && film.ids.size() < kMaxExternalIds) film.ids.push_back(id);
  }
  std::sort(film.ids.begin(), film.ids.end());
}

/// Aliases in the order of the records, each name once.
class Aliases {
 public:
  explicit Aliases(MovieFacts& film) : film_(film) {
    seen_.insert(fold(film.title));
    if (film.original_title) seen_.insert(fold(*film.original_title));
    std::vector<std::string> own = std::move(film.aliases);
    film.aliases.clear();
    for (std::string& alias : own) add(alias);
  }

  void add_names_of(const MovieFacts& other) {
    add(other.title);
    if (other.original_title) add(*other.original_title);
    for (const std::string& alias : other.aliases) add(alias);
  }

 private:
  void add(const std::string& name) {
    if (name.empty() || film_.aliases.size() >= kMaxListLength) return;
    // A longer title would be no valid alias; cut it would be no name.
    if (utf8_length(name) > kMaxListEntryLength) return;
    std::string key = fold(name);
    if (key.empty()) key = name;
    if (seen_.insert(std::move(key)).second) film_.aliases.push_back(name);
  }

  MovieFacts& film_;
  std::unordered_set<std::string> seen_;
};

}  // namespace

MovieFacts merge_records(std::span<const MovieFacts> records) {
  const Records distinct_records = distinct(records);
  MovieFacts film = *distinct_records.front();
  if (distinct_records.size() == 1) return film;
  const std::span others = std::span(distinct_records).subspan(1);
  for (const MovieFacts* other : others) {
    take_if_absent(film.original_title, other->original_title);
    take_if_absent(film.year, other->year);
    take_if_absent(film.rating, other->rating);
    take_if_absent(film.age_rating, other->age_rating);
    take_if_absent(film.duration_seconds, other->duration_seconds);
    take_if_absent(film.genres, other->genres);
    take_if_absent(film.countries, other->countries);
    take_if_absent(film.cast, other->cast);
    take_image(film, *other);
    take_description(film, *other);
    add_views(film, *other);
    take_added_at(film, *other);
    add_ids(film, *other);
    film.is_active = film.is_active || other->is_active;
  }
  Aliases aliases(film);
  for (const MovieFacts* other : others) aliases.add_names_of(*other);
  return film;
}

}  // namespace filmoteka::domain
