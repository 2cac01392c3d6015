#include <gateway/core/answer/headers.hpp>

#include <utility>

namespace filmoteka::gateway {
namespace {

/// Posters come from wherever the sources keep them, so pictures may come from anywhere; all else is ours.
constexpr const char* kSitePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https: http:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";

}  // namespace

http::Headers api_headers() {
  return {{"Cross-Origin-Resource-Policy", "cross-origin"},
          {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"}};
}

http::Headers site_headers() {
  return {{"Content-Security-Policy", kSitePolicy},
          {"Permissions-Policy",
           "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"}};
}

http::Response with_api_headers(http::Response response) {
  for (auto& [name, value] : api_headers()) response.set_header(std::move(name), std::move(value));
  return response;
}

}  // namespace filmoteka::gateway
