/// A store that a catalogue can be copied from and to: what that takes beyond the films.
#pragma once

#include <metadata/core/movie_store.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace filmoteka::metadata {

/// Which catalogue a store has, up to where, and what copies have to do with it.
struct CopyMark {
  Counters counters;
  std::int64_t views_version = 0;
  std::string secret;       ///< also says which catalogue it is: a copy has its original's
  bool is_copying = false;  ///< a copy into it has begun and is not whole yet
  /// The revision, and the version of its views, that the last copy left; absent: there was none.
  std::optional<domain::Revision> copied_revision;
  std::int64_t copied_views_version = 0;
};

/// What a catalogue has beside its films and views. Times are milliseconds since 1970 in UTC.
struct Surroundings {
  struct Deleted {
    domain::MovieId id = 0;
    domain::Revision revision = 0;
    std::int64_t deleted_at = 0;
    bool operator==(const Deleted&) const = default;
  };
  struct Pair {
    Review review;
    std::int64_t created_at = 0;
    bool dismissed = false;
    bool operator==(const Pair&) const = default;
  };
  struct Key {
    std::string key;
    std::string request_hash;
    domain::MovieId movie = 0;
    domain::Revision revision = 0;
    std::int64_t created_at = 0;
    bool operator==(const Key&) const = default;
  };
  std::vector<Deleted> deleted;  ///< ascending by id
  std::vector<Pair> reviews;     ///< ascending by movie and other
  std::vector<Key> remembered;   ///< ascending by key
  bool operator==(const Surroundings&) const = default;
};

/// Threads, lifetime and errors as MovieStore.
class CopyableStore : public MovieStore {
 public:
  virtual Task<Result<CopyMark>> copy_mark() = 0;
  virtual Task<Result<Surroundings>> surroundings() = 0;

  // Of a target. Each is durable when it returns, and may be repeated.
  /// From now on it is the catalogue of this secret, and is_copying.
  virtual Task<Result<void>> begin_copy(const std::string& secret) = 0;
  /// Sets local views; films that do not exist are passed over.
  virtual Task<Result<void>> set_views(std::span<const FilmViews> views) = 0;
  /// Puts these in the place of what is there, reviews of films that do not exist apart.
  virtual Task<Result<void>> set_surroundings(const Surroundings& surroundings) = 0;
  /// It is whole: counters as given, no longer is_copying.
  virtual Task<Result<void>> end_copy(Counters counters) = 0;
};

/// What a store is opened for.
enum class CopyRole {
  kSource,  ///< is only read: nothing is migrated or made anew
  kTarget,
};

}  // namespace filmoteka::metadata
