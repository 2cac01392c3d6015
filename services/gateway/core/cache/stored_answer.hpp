/// One answer of the origin, with all that decides whether and for whom it may be used again.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <gateway/core/answer/variants.hpp>
#include <gateway/core/http_caching/freshness.hpp>
#include <gateway/core/http_caching/reuse.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace filmoteka::gateway {

/// The bytes of an answer, ready to be written.
struct Content {
  Variants::Ready whole;                 ///< as it came; its body is the body
  std::shared_ptr<Variants> variants{};  ///< where we choose the coding and answer conditions ourselves
  std::size_t bytes() const;
};

/// Immutable but for the compressed variants that are added to it; thread-safe.
struct StoredAnswer {
  int status = 200;
  http::Headers fields;  ///< from end to end
  Content content;
  ResponseDirectives directives;
  Lifetime lifetime;
  std::chrono::seconds initial_age{0};  ///< when it came
  std::chrono::sys_seconds received{};  ///< by the wall clock
  SteadyTime received_steady;
  std::string variant{};                ///< variant_of() the request that it answered; empty: for all
  std::vector<std::uint64_t> groups{};  ///< group_hash() of its key and of its groups
  std::uint64_t stamp = 0;              ///< see GroupGenerations

  const std::string& body() const { return content.whole->body; }
  std::chrono::seconds age(SteadyTime now) const;
  /// Negative once it is stale.
  std::chrono::seconds time_to_live(SteadyTime now) const { return lifetime.span - age(now); }
  std::size_t bytes() const;
};

}  // namespace filmoteka::gateway
