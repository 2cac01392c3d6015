/// What a caller that waits for a connection does next. Pure.
#pragma once

#include <filmoteka/base/backoff.hpp>

#include <cstddef>

namespace filmoteka::sql::postgres {

struct PoolCounts {
  std::size_t idle = 0;
  std::size_t in_use = 0;
  std::size_t connecting = 0;
};

enum class PoolStep {
  kTake,     ///< an idle connection
  kConnect,  ///< a new one
  kWait,     ///< until a connection comes back
  kPause,    ///< until the back-off's next attempt, or a connection comes back
};

/// For the first in the queue. After a failure one attempt at a time: a server that comes back is not
/// stormed.
PoolStep next_step(const PoolCounts& counts, std::size_t max_connections, const Backoff& backoff,
                   SteadyTime now);

}  // namespace filmoteka::sql::postgres
