/// What is measured: each in a process of its own, so that none has the other's memory.
#pragma once

#include "measure.hpp"

#include <cstdint>

namespace filmoteka::bench {

struct Plan {
  std::int64_t films = 0;
  int rounds = 3;
  std::int64_t upserts = 50'000;  ///< new films behind the first ones
  double seconds_of_views = 3;
};

/// The service's parts on a store: fills it, starts on it, asks, writes.
void measure_sqlite(const Plan& plan, const Report& report);
void measure_postgres(const Plan& plan, const Report& report);
/// The catalogue alone, filled by the generator: no store, no writes.
void measure_catalogue(const Plan& plan, const Report& report);
/// The same questions in SQL.
void measure_sql(const Plan& plan, const Report& report);

}  // namespace filmoteka::bench
