/// What a write has to know of the store, and what the store has told of it so far. Pure.
#pragma once

#include <filmoteka/domain/film_identity.hpp>
#include <filmoteka/domain/movie.hpp>

#include <metadata/core/write/source_key.hpp>
#include <metadata/core/write/write.hpp>

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace filmoteka::metadata {

/// The store's row of counters.
struct Counters {
  domain::Revision revision = 0;  ///< of the last change
  domain::MovieId last_id = 0;    ///< the highest id ever given
  bool operator==(const Counters&) const = default;
};

/// A key that more films have ("Untitled", "Love") is passed over: to compare with all of them for every such
/// record would cost more than it finds. A right match is lost by it only where the two have no number and no
/// other title in common: then they stay two films, which merging by hand joins. None becomes a wrong one.
inline constexpr std::size_t kMaxFilmsOfKey = 100;

/// What a write has to know of the store and does not know yet. Ascending, unique.
struct Needs {
  std::vector<SourceKey> records;             ///< the films that have these records
  std::vector<domain::MovieId> ids;           ///< these films
  std::vector<domain::MatchKey> match_keys;   ///< who has one that meets; of each kMaxFilmsOfKey + 1 will do
  std::vector<std::string> idempotency_keys;  ///< what is remembered of these
  bool empty() const {
    return records.empty() && ids.empty() && match_keys.empty() && idempotency_keys.empty();
  }
};

/// What is remembered of a write with an Idempotency-Key.
struct Remembered {
  std::string key;
  std::string request_hash;
  RowOutcome outcome;  ///< a store need not keep the status: it is kCreated
};

struct KeyedFilm {
  domain::MatchKey key;
  domain::MovieId movie = 0;
};

/// A film, and what its records are compared by.
struct HeldFilm {
  domain::Movie movie;
  std::vector<domain::FilmIdentity> identities;  ///< of its records, in their order; empty: not made yet
};

/// What the store has said so far, and what the plan makes of it as it goes from row to row. References to
/// films stay good until they are removed.
class Holdings {
 public:
  explicit Holdings(Counters counters) : counters_(counters) {}

  // For the store. A film may be told twice.
  void hold(domain::Movie movie);  ///< with its records, edits and local views
  void hold(Remembered remembered);
  void hold(KeyedFilm keyed);
  /// Everything that `needs` names has been looked for.
  void looked_for(const Needs& needs);

  // For needs_of(): what has been looked for.
  bool has_looked_for(SourceKeyView record) const { return records_asked_.contains(record); }
  bool has_looked_for_film(domain::MovieId id) const {
    return ids_asked_.contains(id) || films_.contains(id);
  }
  bool has_looked_for_key(domain::MatchKey key) const { return keys_asked_.contains(key); }
  bool has_looked_for_idempotency(const std::string& key) const { return idempotency_asked_.contains(key); }

  // For the plan.
  Counters& counters() { return counters_; }
  HeldFilm* find(domain::MovieId id);
  HeldFilm* find(SourceKeyView record);
  const Remembered* remembered(const std::string& key) const;
  /// The films that are known to have, or to have had, a key that meets; none if there are too many.
  std::vector<domain::MovieId> films_of_key(domain::MatchKey key) const;
  /// What a new record is, made once. `facts` stay where they are until the write ends.
  const domain::FilmIdentity& identity_of_incoming(const domain::MovieFacts& facts);

  HeldFilm& add(domain::Movie movie);
  void remove(domain::MovieId id);
  /// Around a change of a film's records.
  void forget_records(const domain::Movie& movie);
  void learn_records(const domain::Movie& movie);
  void learn_keys(domain::MovieId id, std::span<const domain::MatchKey> match_keys);

 private:
  Counters counters_;
  std::unordered_map<domain::MovieId, HeldFilm> films_;
  std::unordered_map<SourceKey, domain::MovieId, SourceKeyHash, SourceKeyEqual> by_record_;
  std::unordered_map<std::int64_t, std::vector<KeyedFilm>> by_key_;  ///< by hash
  std::unordered_map<std::string, Remembered> remembered_;
  std::unordered_map<const domain::MovieFacts*, domain::FilmIdentity> incoming_;
  std::unordered_set<SourceKey, SourceKeyHash, SourceKeyEqual> records_asked_;
  std::unordered_set<domain::MovieId> ids_asked_;
  std::set<domain::MatchKey> keys_asked_;
  std::unordered_set<std::string> idempotency_asked_;
};

}  // namespace filmoteka::metadata
