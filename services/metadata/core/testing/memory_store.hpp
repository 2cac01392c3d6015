/// A store for tests of the plans: films in a map, and every promise of a plan checked when it is applied.
#pragma once

#include <gtest/gtest.h>
#include <metadata/core/write/film_records.hpp>
#include <metadata/core/write/plan.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace filmoteka::metadata::testing {

class MemoryStore {
 public:
  Result<WritePlan> write(const Write& write) {
    Holdings held(counters);
    int rounds = 0;
    for (Needs needs = needs_of(write, held); !needs.empty(); needs = needs_of(write, held)) {
      EXPECT_LT(rounds++, 3);
      load(needs, held);
      held.looked_for(needs);
    }
    Result<WritePlan> plan = plan_write(write, held, now);
    if (plan.has_value()) apply(plan.value());
    return plan;
  }
  WritePlan must(const Write& one) { return write(one).value(); }
  std::optional<domain::Movie> film(domain::MovieId id) const {
    const auto found = films.find(id);
    return found != films.end() ? std::optional(found->second) : std::nullopt;
  }

  std::map<domain::MovieId, domain::Movie> films;
  std::map<domain::MovieId, domain::Revision> deleted;
  std::map<std::pair<domain::MovieId, domain::MovieId>, bool> reviews;  ///< pair → is dismissed
  std::map<std::string, Remembered> remembered;
  Counters counters;
  Timestamp now{std::chrono::milliseconds{1'700'000'000'000}};

 private:
  void load(const Needs& needs, Holdings& held) {
    const std::set<SourceKey> records(needs.records.begin(), needs.records.end());
    for (const auto& [id, movie] : films) {
      for (const domain::MovieFacts& record : records_of(movie)) {
        if (records.contains(to_key(key_of(record)))) held.hold(movie);
      }
      for (const domain::MatchKey key : keys_.at(id)) {
        const bool is_wanted = std::any_of(needs.match_keys.begin(), needs.match_keys.end(),
                                           [key](domain::MatchKey wanted) { return meet(wanted, key); });
        if (is_wanted) held.hold(KeyedFilm{key, id});
      }
    }
    for (const domain::MovieId id : needs.ids) {
      if (films.contains(id)) held.hold(films.at(id));
    }
    for (const std::string& key : needs.idempotency_keys) {
      if (remembered.contains(key)) held.hold(remembered.at(key));
    }
  }

  void apply(const WritePlan& plan) {
    domain::Revision last = 0;
    for (const FilmWrite& film : plan.films) {
      EXPECT_GT(film.movie.revision, std::exchange(last, film.movie.revision));
      if (film.kind == FilmWrite::Kind::kDelete) {
        films.erase(film.movie.id);
        keys_.erase(film.movie.id);
        deleted[film.movie.id] = film.movie.revision;
      } else {
        apply_film(film);
      }
    }
    for (const Review& review : plan.reviews) {
      EXPECT_TRUE(films.contains(review.movie) && films.contains(review.other));
      EXPECT_FALSE(review.reasons.empty());
      reviews.try_emplace({review.movie, review.other}, false);
    }
    for (const Review& review : plan.dismissed_reviews) reviews[{review.movie, review.other}] = true;
    for (const StoredReview& review : plan.restored_reviews) {
      EXPECT_TRUE(films.contains(review.movie) && films.contains(review.other));
      reviews[{review.movie, review.other}] |= review.dismissed;
    }
    for (const Review& review : plan.reopened_reviews) {
      const auto known = reviews.find({review.movie, review.other});
      if (known != reviews.end()) known->second = false;
    }
    if (plan.remember) remembered[plan.remember->key] = *plan.remember;
    EXPECT_GE(plan.counters.revision, std::max(last, counters.revision));
    counters = plan.counters;
    check_all();
  }

  void apply_film(const FilmWrite& film) {
    const domain::Movie& movie = film.movie;
    const auto known = films.find(movie.id);
    EXPECT_EQ(film.kind == FilmWrite::Kind::kUpdate, known != films.end());
    const domain::Movie before = known != films.end() ? known->second : domain::Movie{};
    EXPECT_EQ(film.records_changed, before.records != movie.records);
    EXPECT_EQ(film.views_changed, before.local_views != movie.local_views);
    EXPECT_EQ(film.main_changed, before.id != 0 && key_of(before.facts) != key_of(movie.facts));
    if (film.match_keys) keys_[movie.id] = *film.match_keys;
    films[movie.id] = movie;
  }

  void check_all() const {
    std::set<SourceKey> records;
    for (const auto& [id, movie] : films) {
      EXPECT_LE(id, counters.last_id);
      EXPECT_EQ(keys_.at(id), match_keys_of(movie));
      EXPECT_EQ(movie.facts.added_at, movie.added_at);
      EXPECT_EQ(movie.records.empty(), movie.edits.empty() && records_of(movie).size() == 1);
      EXPECT_EQ(key_of(movie.facts), key_of(records_of(movie).front()));
      for (const domain::MovieFacts& record : records_of(movie)) {
        EXPECT_TRUE(records.insert(to_key(key_of(record))).second) << "two films have one record";
      }
    }
  }

  std::map<domain::MovieId, std::vector<domain::MatchKey>> keys_;
};

}  // namespace filmoteka::metadata::testing
