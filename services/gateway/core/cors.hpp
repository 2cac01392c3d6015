/// Which pages of other sites may read the API (CORS, the Fetch standard: https://fetch.spec.whatwg.org/).
#pragma once

#include <filmoteka/http/message.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::gateway {

/// Immutable. Outlives the answers. The API takes no cookies, so credentials are never allowed.
class Cors {
 public:
  /// "https://films.example", "http://localhost:5173": as browsers write it, or "*" for anybody.
  static bool is_origin(std::string_view text);

  /// With "*" among them anybody may read; with none at all nobody may but our own pages.
  explicit Cors(const std::vector<std::string>& origins);

  /// An answer of the API. What is said to one origin and not to another is marked so (Vary): no cache may
  /// mix them up.
  http::Response answer(const http::Request& request, http::Response response) const;
  /// The answer to OPTIONS, a preflight or not. `methods`: of the route, "GET, HEAD".
  http::Response preflight(const http::Request& request, std::string_view methods) const;

 private:
  struct Allowed {
    std::string origin;  ///< "*": any
    std::string lines;   ///< of answers to its pages
  };
  const Allowed* find(const http::Request& request) const;

  std::vector<Allowed> allowed_;
};

}  // namespace filmoteka::gateway
