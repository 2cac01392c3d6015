/// The decisions of every write, the same for all stores: what has to be known, and then what is written.
/// Pure. A store does, inside one transaction that excludes other writers:
///
///     Holdings held(counters);
///     for (Needs needs = needs_of(write, held); !needs.empty(); needs = needs_of(write, held))
///       load what it names into held;          // at most a few rounds
///     WritePlan plan = plan_write(write, held, now);
///     apply the plan; commit.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <metadata/core/write/write.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace filmoteka::metadata {

/// The store's row of counters.
struct Counters {
  domain::Revision revision = 0;  ///< of the last change
  domain::MovieId last_id = 0;    ///< the highest id ever given
  bool operator==(const Counters&) const = default;
};

using SourceKey = std::pair<std::string, std::string>;  ///< source, source_id

/// What a write has to know of the store and does not know yet. Ascending, unique.
struct Needs {
  std::vector<SourceKey> records;             ///< the films that have these records
  std::vector<domain::MovieId> ids;           ///< these films
  std::vector<std::int64_t> match_keys;       ///< the films that have one of these (domain::match_keys)
  std::vector<std::string> idempotency_keys;  ///< what is remembered of these
  bool empty() const;
};

/// What is remembered of a write with an Idempotency-Key.
struct Remembered {
  std::string key;
  std::string request_hash;
  RowOutcome outcome;
};

struct Review {
  domain::MovieId movie = 0;  ///< the smaller id of the two
  domain::MovieId other = 0;
  std::string reasons;  ///< for people
};

/// What the store has said so far, and what the plan adds to it as it goes from row to row.
class Holdings {
 public:
  explicit Holdings(Counters counters);

  /// A store tells here what it found: a film with its records and edits. A film may be told twice.
  void hold(domain::Movie movie);
  void hold(Remembered remembered);
  /// Everything that `needs` names has been looked for.
  void looked_for(const Needs& needs);

  // For the plan.
  const Counters& counters() const;
  domain::Movie* find(domain::MovieId id);
  domain::Movie* find(const SourceKey& record);
  const Remembered* remembered(const std::string& key) const;
  // ... H3: what the planner needs more (candidates by match keys, changed films), private state below
};

/// One film to be written, complete.
struct FilmWrite {
  enum class Kind { kInsert, kUpdate, kDelete };
  Kind kind = Kind::kInsert;
  domain::Movie movie;  ///< kDelete: only id and revision
  /// movie.records differ from what is stored: all are written again.
  bool records_changed = false;
  /// domain::match_keys of the facts if they differ from what is stored: all are written again.
  std::optional<std::vector<std::int64_t>> match_keys;
};

struct WritePlan {
  std::vector<FilmWrite> films;  ///< ascending by revision; each film at most once
  std::vector<RowOutcome> outcomes;
  std::vector<Review> reviews;            ///< to be added
  std::vector<Review> dismissed_reviews;  ///< to be marked
  std::optional<Remembered> remember;
  Counters counters;  ///< afterwards

  /// Nothing is to be written.
  bool empty() const { return films.empty() && dismissed_reviews.empty() && !remember; }
};

Needs needs_of(const Write& write, const Holdings& held);

/// kNotFound, kConflict, kPreconditionFailed, kInvalidArgument as write.hpp says. `held` is used up.
Result<WritePlan> plan_write(const Write& write, Holdings& held, Timestamp now);

}  // namespace filmoteka::metadata
