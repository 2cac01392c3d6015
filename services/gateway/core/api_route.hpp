/// A public route that is answered by the metadata service, and how its requests are translated.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/http/message.hpp>

#include <span>
#include <string>
#include <string_view>

namespace filmoteka::gateway {

inline constexpr std::string_view kPublicPrefix = "/api/v1";
/// Whether a path is the API's, of whatever version, if it is there or not.
inline bool is_api_path(std::string_view path) {
  return path == "/api" || path.starts_with("/api/");
}
inline constexpr std::string_view kInternalPrefix = "/internal/v1";

/// Static data: see routes.cpp.
struct ApiRoute {
  std::string_view path;  ///< below the prefixes: "/movies/{id}"; one {value} at most
  std::span<const std::string_view> parameters{};  ///< of the query; no other passes
};

/// Path and query in normal form, below the prefixes: "/movies?genre=drama&page=2". Requests that mean the
/// same give the same text. Fails as normal_query() does.
Result<std::string> normal_target(const ApiRoute& route, const http::Request& request);

/// The key under which answers to a target in normal form are kept: the target that a client would write.
std::string key_of(std::string_view target);

/// "</internal/v1/movies?page=2>; rel=\"next\"" with the public prefix. A link to anywhere else but a query
/// ("<?page=2>") is left out: internal addresses never show through.
std::string public_links(std::string_view link_header);

}  // namespace filmoteka::gateway
