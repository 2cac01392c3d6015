/// Whose turn it is at a host, agreed among processes: so that several scrapers together are one guest.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/result.hpp>

#include <chrono>
#include <string>

namespace filmoteka::fetch {

/// The seam to where the processes agree (a database). Its clock counts, not theirs. A turn that was not
/// given back, because its holder died, ends by itself. All calls on one executor's thread. Errors: they
/// can't agree just now; then each keeps its own pauses.
class SharedTurns {
 public:
  virtual ~SharedTurns() = default;
  /// Takes the turn at an origin ("https://rutube.ru") and returns zero, or returns after how long to ask
  /// again: somebody has it, or the host rests.
  virtual Task<Result<std::chrono::milliseconds>> take(std::string origin) = 0;
  /// Nobody asks the origin for `rest` from now on.
  virtual Task<Result<void>> give_back(std::string origin, std::chrono::milliseconds rest) = 0;
};

}  // namespace filmoteka::fetch
