#include <gateway/core/answer/headers.hpp>

#include <utility>

namespace filmoteka::gateway {
namespace {

/// Posters come from wherever the sources keep them, so pictures may come from anywhere; all else is ours.
/// Texts become code or markup only through two policies of Trusted Types: Vue's own and that of the web app.
constexpr const char* kSitePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https: http:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types vue filmoteka";

/// Redoc (web/docs) puts its styles into elements of its own: an empty one that it fills through the CSSOM,
/// and one with a fixed text. These two are named by their hashes; no other inline style or script runs.
constexpr const char* kDocsPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self' "
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' "
    "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

http::Headers page_headers(const char* policy) {
  return {{"Content-Security-Policy", policy},
          {"Permissions-Policy",
           "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"}};
}

}  // namespace

http::Headers api_headers() {
  return {{"Cross-Origin-Resource-Policy", "cross-origin"},
          {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"}};
}

http::Headers site_headers() {
  return page_headers(kSitePolicy);
}

http::Headers docs_headers() {
  return page_headers(kDocsPolicy);
}

http::Response with_api_headers(http::Response response) {
  for (auto& [name, value] : api_headers()) response.set_header(std::move(name), std::move(value));
  return response;
}

}  // namespace filmoteka::gateway
