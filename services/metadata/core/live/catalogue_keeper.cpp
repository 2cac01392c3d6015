#include <filmoteka/async/event.hpp>

#include <metadata/core/live/catalogue_keeper.hpp>

#include <random>
#include <utility>

namespace filmoteka::metadata {

Task<void> CatalogueKeeper::run() {
  for (;;) {
    auto loading = load();
    co_await std::move(loading);
    auto following = follower_.run();
    co_await std::move(following);
  }
}

Task<void> CatalogueKeeper::load() {
  Backoff backoff(pauses_);
  std::minstd_rand random(std::random_device{}());
  std::uniform_real_distribution<double> jitter(0, 1);
  while (catalogue_.needs_load()) {
    auto loading = catalogue_.load(store_);
    co_await std::move(loading);
    if (!catalogue_.needs_load()) break;
    backoff.failed(std::chrono::steady_clock::now(), jitter(random));
    auto pausing = sleep_until(backoff.next_attempt());
    co_await std::move(pausing);
  }
}

}  // namespace filmoteka::metadata
