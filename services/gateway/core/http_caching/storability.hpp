/// Whether a shared cache may store an answer (RFC 9111, 3), and which of its fields (3.1).
#pragma once

#include <gateway/core/http_caching/directives.hpp>
#include <gateway/core/http_caching/freshness.hpp>

namespace filmoteka::gateway {

/// The first reason that forbids it.
enum class Obstacle {
  kNone,
  kMethod,   ///< not GET
  kStatus,   ///< 206, 304, or one that is not understood where it must be
  kNoStore,  ///< the request or the answer says so
  kPrivate,
  kAuthorization,  ///< given with credentials, and nothing says that others may see it (3.5)
  kVary,           ///< Vary: *
  kUseless         ///< it could be shared, but is neither fresh for a moment nor can it be validated
};

/// What counts of the request.
struct StoringRequest {
  bool is_get = true;
  bool no_store = false;
  bool has_authorization = false;
};

Obstacle storing_obstacle(const StoringRequest& request, int status, const Fields& response,
                          const ResponseDirectives& directives, const Lifetime& lifetime);

/// True where the only thing against storing is that it is no use: who asked the same at the same time may
/// have the answer too.
inline bool may_be_shared(Obstacle obstacle) {
  return obstacle == Obstacle::kNone || obstacle == Obstacle::kUseless;
}

/// The fields of a message that go from end to end: without those of the connection, those that Connection
/// names, those of the framing, and those for a proxy's own authentication (RFC 9110, 7.6.1).
http::Headers end_to_end(const Fields& message);

/// The end-to-end fields without those that no-cache="…" and private="…" keep back.
http::Headers storable_fields(const Fields& response, const ResponseDirectives& directives);

}  // namespace filmoteka::gateway
