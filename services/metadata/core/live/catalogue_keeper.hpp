/// Keeps the catalogue in memory equal to its store for as long as the service lives.
#pragma once

#include <filmoteka/base/backoff.hpp>

#include <metadata/core/live/follower.hpp>
#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/core/movie_store.hpp>

namespace filmoteka::metadata {

class CatalogueKeeper {
 public:
  /// The arguments must outlive it. `pauses`: between attempts to load.
  CatalogueKeeper(LiveCatalogue& catalogue, MovieStore& store, Follower& follower,
                  BackoffSettings pauses = {std::chrono::milliseconds(50), std::chrono::milliseconds(500)})
      : catalogue_(catalogue), store_(store), follower_(follower), pauses_(pauses) {}

  /// Loads until that has succeeded, follows, and loads anew when following ends, until it is cancelled.
  Task<void> run();

 private:
  Task<void> load();

  LiveCatalogue& catalogue_;
  MovieStore& store_;
  Follower& follower_;
  BackoffSettings pauses_;
};

}  // namespace filmoteka::metadata
