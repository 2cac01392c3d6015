/// From what the origin has sent to what the cache keeps: pure.
#pragma once

#include <gateway/core/cache/entry.hpp>
#include <gateway/core/http_caching/storability.hpp>
#include <gateway/core/origin.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace filmoteka::gateway {

/// In what the cache of the API differs from that of any origin.
struct CacheRules {
  /// The bytes of an answer with these end-to-end fields; `body` is nullopt in the answer to HEAD.
  std::function<Content(int status, const http::Headers& fields, std::optional<std::string> body)>
      make_content;
  /// Stamps are the catalogue's revisions, from X-Catalogue-Revision; otherwise they are counted here, when a
  /// call to the origin begins.
  bool stamps_are_revisions = false;
  /// An answer that was invalidated may still stand in for an origin that is away.
  bool purged_may_stand_in = false;
  /// For how long a stale answer stands in for an origin that is away where nobody has said stale-if-error.
  std::chrono::seconds when_cut_off{600};
};

/// What counts of a request for keeping its answer.
struct Asked {
  std::string key;
  http::Headers headers;
  StoringRequest storing;
  bool is_head = false;
  bool only_here = false;  ///< not for the second level
  ExchangeTimes times{};
  SteadyTime received_steady{};
  std::uint64_t stamp = 0;  ///< where they are counted here
};

struct Received {
  std::shared_ptr<Entry> whole;     ///< for who asked
  std::shared_ptr<Entry> storable;  ///< null: not to be stored; `whole`, unless some of its fields are not
  Obstacle obstacle = Obstacle::kNone;
};
Received receive(OriginAnswer answer, const Asked& asked, const CacheRules& rules);

/// The stored answer after a 304, or after an answer to HEAD (RFC 9111, 3.2 and 4.3.4).
std::shared_ptr<Entry> confirm(const StoredAnswer& stored, const http::Headers& came, const Asked& asked,
                               const CacheRules& rules);

}  // namespace filmoteka::gateway
