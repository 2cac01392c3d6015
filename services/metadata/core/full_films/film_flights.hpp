/// Coalescing: who wants the same film at the same time waits for one read of it.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/deadline.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <metadata/core/catalogue/film_row.hpp>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace filmoteka::metadata {

/// One for all I/O threads. The first to come reads for all; a failure is shared like a success.
class FilmFlights {
 public:
  /// nullopt: there is no such film.
  using Film = std::shared_ptr<const Result<std::optional<FilmRow>>>;
  using Read = std::function<Task<Film>()>;
  /// A film and the revision of it that is known already: a read that began before it was known is of no use.
  using Key = std::pair<domain::MovieId, domain::Revision>;

  /// Null: the reader was cancelled, or this waiter's deadline has passed. Throws
  /// system_error(operation_aborted) when the waiter is cancelled.
  Task<Film> join(Key key, Deadline deadline, Read read);

 private:
  struct Waiter;
  class Landing;
  using Waiters = std::vector<std::shared_ptr<Waiter>>;

  std::mutex mutex_;  ///< guards flights_; held for a look only
  std::map<Key, Waiters> flights_;
};

}  // namespace filmoteka::metadata
