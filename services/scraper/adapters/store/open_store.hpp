/// The store that the settings ask for.
#pragma once

#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/fetch/shared_turns.hpp>

#include <scraper/core/run/store.hpp>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace filmoteka::scraper {

struct StoreSettings {
  std::filesystem::path folder;    ///< made if it is not there; `scraper.db` in it
  std::optional<std::string> url;  ///< "postgresql://…": there instead, shared with others
  std::size_t max_rejects = 10'000;
  std::size_t kept_runs = 1'000;
  std::chrono::milliseconds lease{60'000};  ///< a turn at a host lasts no longer; who died has it so long
};

struct OpenedStore {
  std::unique_ptr<Store> store;
  std::shared_ptr<const std::atomic<std::size_t>>
      depth;                            ///< Store::depth(), for a gauge that outlives the store
  fetch::SharedTurns* turns = nullptr;  ///< null: nobody shares the store; lives as long as it
};

/// PostgreSQL's connections live on `executor`; what blocks is done in `pool`.
Task<Result<OpenedStore>> open_store(StoreSettings settings, Executor executor, BlockingPool& pool,
                                     const Clock& clock);

}  // namespace filmoteka::scraper
