#include "server.hpp"

#include <unistd.h>

#include <algorithm>
#include <string>

namespace filmoteka::bench {

testing::PostgresOptions server_options(std::int64_t most_megabytes) {
  const std::int64_t pages = ::sysconf(_SC_PHYS_PAGES);
  const std::int64_t megabytes = pages * ::sysconf(_SC_PAGESIZE) / (1 << 20);
  const auto setting = [](const std::string& name, std::int64_t value) {
    return name + "=" + std::to_string(value) + "MB";
  };
  return {.fsync = true,
          .settings = {setting("shared_buffers", std::min(megabytes / 4, most_megabytes)),
                       setting("effective_cache_size", megabytes / 2), setting("work_mem", 64),
                       setting("maintenance_work_mem", std::min<std::int64_t>(megabytes / 16, 1'024)),
                       "random_page_cost=1.1", "effective_io_concurrency=100", "jit=off", "max_wal_size=8GB",
                       "wal_level=minimal", "max_wal_senders=0", "checkpoint_timeout=30min",
                       "synchronous_commit=on", "default_statistics_target=500"}};
}

}  // namespace filmoteka::bench
