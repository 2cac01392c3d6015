/// Where a test's store lives, so that one suite runs against every kind of store.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/telemetry/metrics.hpp>
#include <filmoteka/testing/run.hpp>

#include <metadata/core/copy/copyable_store.hpp>

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace filmoteka::metadata::testing {

/// One database, empty at first; gone with the object.
class StorePlace {
 public:
  virtual ~StorePlace() = default;
  /// Opens what is stored there. One at a time.
  virtual std::unique_ptr<MovieStore> open(const Clock& clock, telemetry::Metrics& metrics) = 0;
  /// Beside an open one, for a source.
  virtual Result<std::unique_ptr<CopyableStore>> open_to_copy(CopyRole role, const Clock& clock,
                                                              telemetry::Metrics& metrics) = 0;
};

struct StoreKind {
  std::string name;  ///< of the test's instance
  std::function<std::unique_ptr<StorePlace>()> make;
};
/// Found by GoogleTest: names of tests shall not have the object's bytes in them.
inline void PrintTo(const StoreKind& kind, std::ostream* out) {
  *out << kind.name;
}

/// A store with all that it needs, for tests that are not coroutines.
class OpenStorePlace {
 public:
  explicit OpenStorePlace(const StoreKind& kind) : place_(kind.make()) { reopen(); }

  void reopen() {
    store_.reset();
    store_ = place_->open(clock, metrics);
  }
  void close() { store_.reset(); }
  MovieStore& store() { return *store_; }
  StorePlace& place() { return *place_; }

  template <class Make>
  auto run(Make make) {
    return runner_.run(std::move(make));
  }
  Result<Commit> write(const Write& write) {
    return run([&] { return store_->write(write); });
  }
  Commit must(const Write& one) { return write(one).value(); }
  Commit upsert(const std::vector<domain::MovieFacts>& rows) { return must(UpsertMovies{rows}); }

  std::vector<domain::Movie> all() {
    const auto reader = run([&] { return store_->read_all(); }).value();
    std::vector<domain::Movie> movies;
    for (;;) {
      const auto some = run([&] { return reader->next(); }).value();
      if (some.empty()) return movies;
      movies.insert(movies.end(), some.begin(), some.end());
    }
  }

  FakeClock clock;
  telemetry::Metrics metrics;

 private:
  filmoteka::testing::Runner runner_;
  std::unique_ptr<StorePlace> place_;
  std::unique_ptr<MovieStore> store_;
};

}  // namespace filmoteka::metadata::testing
