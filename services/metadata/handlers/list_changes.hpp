/// GET /changes: the change feed, for replicas and caches that follow the catalogue.
#pragma once

#include <filmoteka/http/message.hpp>

#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/core/movie_store.hpp>

#include <chrono>
#include <vector>

namespace filmoteka::metadata {

inline constexpr std::size_t kMaxFeedEntries = 1'000;  ///< of one answer

class ListChanges {
 public:
  struct Input {
    domain::Revision since = 0;
    std::chrono::seconds wait{0};  ///< how long to wait for something to tell
  };
  struct Output {
    std::vector<FeedEntry> changes;  ///< ascending; each film at most once
    domain::Revision revision = 0;   ///< ask from here next time
  };

  /// Tells only of changes that the catalogue already shows: who hears of a film and asks for it gets it new.
  ListChanges(MovieStore& store, RevisionSignal& revisions) : store_(store), revisions_(revisions) {}

  Task<Result<Output>> process(Input input);
  Task<http::Response> handle(LiveCatalogue& catalogue, const http::Request& request);

 private:
  MovieStore& store_;
  RevisionSignal& revisions_;
};

}  // namespace filmoteka::metadata
