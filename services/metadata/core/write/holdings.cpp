#include <metadata/core/write/film_records.hpp>
#include <metadata/core/write/holdings.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::metadata {

void Holdings::hold(domain::Movie movie) {
  if (!films_.contains(movie.id)) add(std::move(movie));
}

void Holdings::hold(Remembered remembered) {
  std::string key = remembered.key;
  remembered_.insert_or_assign(std::move(key), std::move(remembered));
}

void Holdings::hold(KeyedFilm keyed) {
  learn_keys(keyed.movie, std::span(&keyed.key, 1));
}

void Holdings::looked_for(const Needs& needs) {
  records_asked_.insert(needs.records.begin(), needs.records.end());
  ids_asked_.insert(needs.ids.begin(), needs.ids.end());
  keys_asked_.insert(needs.match_keys.begin(), needs.match_keys.end());
  idempotency_asked_.insert(needs.idempotency_keys.begin(), needs.idempotency_keys.end());
}

HeldFilm* Holdings::find(domain::MovieId id) {
  const auto found = films_.find(id);
  return found != films_.end() ? &found->second : nullptr;
}

HeldFilm* Holdings::find(SourceKeyView record) {
  const auto found = by_record_.find(record);
  return found != by_record_.end() ? find(found->second) : nullptr;
}

const Remembered* Holdings::remembered(const std::string& key) const {
  const auto found = remembered_.find(key);
  return found != remembered_.end() ? &found->second : nullptr;
}

std::vector<domain::MovieId> Holdings::films_of_key(domain::MatchKey key) const {
  std::vector<domain::MovieId> films;
  const auto found = by_key_.find(key.hash);
  if (found == by_key_.end()) return films;
  for (const KeyedFilm& film : found->second) {
    if (domain::meet(film.key, key)) films.push_back(film.movie);
  }
  if (films.size() > kMaxFilmsOfKey) films.clear();
  return films;
}

const domain::FilmIdentity& Holdings::identity_of_incoming(const domain::MovieFacts& facts) {
  const auto known = incoming_.find(&facts);
  if (known != incoming_.end()) return known->second;
  return incoming_.emplace(&facts, domain::identity_of(facts)).first->second;
}

HeldFilm& Holdings::add(domain::Movie movie) {
  const domain::MovieId id = movie.id;
  HeldFilm& held = films_[id];
  held = HeldFilm{std::move(movie), {}};
  learn_records(held.movie);
  return held;
}

void Holdings::remove(domain::MovieId id) {
  if (const HeldFilm* held = find(id)) forget_records(held->movie);
  films_.erase(id);
}

void Holdings::forget_records(const domain::Movie& movie) {
  for (const domain::MovieFacts& record : records_of(movie)) {
    const auto known = by_record_.find(key_of(record));
    if (known != by_record_.end() && known->second == movie.id) by_record_.erase(known);
  }
}

void Holdings::learn_records(const domain::Movie& movie) {
  for (const domain::MovieFacts& record : records_of(movie)) {
    by_record_.insert_or_assign(to_key(key_of(record)), movie.id);
  }
}

void Holdings::learn_keys(domain::MovieId id, std::span<const domain::MatchKey> match_keys) {
  for (const domain::MatchKey key : match_keys) {
    std::vector<KeyedFilm>& films = by_key_[key.hash];
    const auto known =
        std::find_if(films.begin(), films.end(), [id](const KeyedFilm& film) { return film.movie == id; });
    if (known == films.end()) {
      films.push_back({key, id});
    } else if (known->key != key) {
      known->key.year = 0;
    }
  }
}

}  // namespace filmoteka::metadata
