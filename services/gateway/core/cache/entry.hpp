/// One cached answer of an API route.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <gateway/core/answer/variants.hpp>
#include <gateway/core/origin.hpp>

#include <string>

namespace filmoteka::gateway {

/// How long an answer may be used, in the terms of RFC 9111 and RFC 5861. The two stale spans are announced
/// to browsers and caches; this cache itself serves fresh entries only.
struct Freshness {
  std::chrono::seconds fresh{5};
  std::chrono::seconds stale_while_revalidate{30};
  std::chrono::seconds stale_if_error{600};
  /// "public, max-age=5, stale-while-revalidate=30, stale-if-error=600"
  std::string cache_control() const;
};

/// Immutable but for the compressed variants that are added to it; thread-safe.
class Entry {
 public:
  /// From an answer with status 200. `links` of the answer are already those of the public API.
  Entry(OriginAnswer answer, const Freshness& freshness, SteadyTime stored_at);

  Variants& variants() { return variants_; }
  const Variants& variants() const { return variants_; }
  bool is_fresh(SteadyTime now) const { return now < fresh_until_; }
  std::chrono::seconds age(SteadyTime now) const;
  /// Negative once it is stale.
  std::chrono::seconds time_to_live(SteadyTime now) const;
  std::size_t bytes() const { return sizeof(Entry) + variants_.bytes(); }

 private:
  SteadyTime stored_at_;
  SteadyTime fresh_until_;
  Variants variants_;
};

}  // namespace filmoteka::gateway
