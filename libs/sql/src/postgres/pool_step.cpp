#include "pool_step.hpp"

namespace filmoteka::sql::postgres {

PoolStep next_step(const PoolCounts& counts, std::size_t max_connections, const Backoff& backoff,
                   SteadyTime now) {
  if (counts.idle > 0) return PoolStep::kTake;
  if (counts.in_use + counts.connecting >= max_connections) return PoolStep::kWait;
  if (!backoff.is_failing()) return PoolStep::kConnect;
  if (counts.connecting > 0) return PoolStep::kWait;
  return now >= backoff.next_attempt() ? PoolStep::kConnect : PoolStep::kPause;
}

}  // namespace filmoteka::sql::postgres
