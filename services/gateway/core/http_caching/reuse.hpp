/// What a stored answer is good for, for this request, now (RFC 9111, 4, 4.2.4, 5.2.1; RFC 5861).
#pragma once

#include <gateway/core/http_caching/directives.hpp>

#include <chrono>

namespace filmoteka::gateway {

/// How a stored answer stands.
struct Standing {
  std::chrono::seconds age{0};
  std::chrono::seconds lifetime{0};
  bool purged = false;  ///< invalidated since it was stored (4.4): needs a validation
};

enum class Reuse {
  kFresh,
  kStaleAllowed,       ///< max-stale of the request
  kWhileRevalidating,  ///< stale-while-revalidate: it is to be fetched anew in the background
  kValidateStale,      ///< the origin has to be asked: it is stale, or says no-cache
  kValidateRequested   ///< the origin has to be asked: the client wants it
};
Reuse judge_reuse(const Standing& standing, const ResponseDirectives& stored,
                  const RequestDirectives& request);

enum class Failure {
  kNoAnswer,    ///< the origin could not be reached: a cache that is cut off may serve what is stale (4.2.4)
  kServerError  ///< it answered 500, 502, 503 or 504: stale-if-error must allow it (RFC 5861, 4)
};
/// Whether a stale answer may stand in for a failure. `when_cut_off`: for how long after its end where
/// nobody has said stale-if-error.
bool may_stand_in(Failure failure, const Standing& standing, const ResponseDirectives& stored,
                  const RequestDirectives& request, std::chrono::seconds when_cut_off);

}  // namespace filmoteka::gateway
