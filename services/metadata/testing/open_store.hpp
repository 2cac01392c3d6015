/// A store with all that it needs, for tests that are not coroutines.
#pragma once

#include <filmoteka/async/runtime.hpp>
#include <filmoteka/base/clock.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <metadata/adapters/sqlite_store.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace filmoteka::metadata::testing {

class OpenStore {
 public:
  explicit OpenStore(const std::filesystem::path& file) {
    auto listener = [this](std::span<const Change> changes) {
      heard.insert(heard.end(), changes.begin(), changes.end());
    };
    store_ = open_sqlite_store(file, clock, metrics, listener).value();
  }

  /// Runs a coroutine to its end. Its runtime stays: the store's threads may still be letting go of it.
  template <class T>
  T run(Task<T> task) {
    std::optional<T> value;
    auto main = [](Task<T> inner, std::optional<T>& out) -> Task<void> {
      out.emplace(co_await std::move(inner));
    };
    runtimes_.push_back(std::make_unique<Runtime>(1));
    runtimes_.back()->run(main(std::move(task), value));
    return std::move(*value);
  }

  std::vector<UpsertOutcome> upsert(const std::vector<domain::MovieFacts>& movies) {
    return run(store_->upsert(movies)).value();
  }
  std::vector<domain::Movie> all() {
    const auto reader = run(store_->read_all()).value();
    std::vector<domain::Movie> movies;
    for (;;) {
      auto some = run(reader->next()).value();
      if (some.empty()) return movies;
      movies.insert(movies.end(), some.begin(), some.end());
    }
  }
  Store& store() { return *store_; }

  FakeClock clock;
  telemetry::Metrics metrics;
  std::vector<Change> heard;  ///< by the commit listener

 private:
  std::vector<std::unique_ptr<Runtime>> runtimes_;
  std::unique_ptr<Store> store_;
};

}  // namespace filmoteka::metadata::testing
