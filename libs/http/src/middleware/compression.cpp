#include "compression.hpp"

#include <filmoteka/base/strings.hpp>

namespace filmoteka::http {
namespace {

// Larger answers would hold up the thread's other connections; who makes them compresses them beforehand.
constexpr std::size_t kMaxCompressedBytes = 1024 * 1024;
constexpr int kOtherLevel = 5;
constexpr int kBrotliLevel = 4;

void add_vary(Response& response) {
  const std::string* vary = response.header("Vary");
  if (vary == nullptr) {
    response.headers.emplace_back("Vary", "Accept-Encoding");
  } else if (to_lower_ascii(*vary).find("accept-encoding") == std::string::npos && *vary != "*") {
    response.set_header("Vary", *vary + ", Accept-Encoding");
  }
}

}  // namespace

Encoding choose_encoding(const Request& request, Response& response) {
  if (response.ready || response.stream || response.header("Content-Encoding") != nullptr) {
    return Encoding::kIdentity;
  }
  const std::string* type = response.header("Content-Type");
  if (type == nullptr || !is_compressible(*type, response.body.size())) return Encoding::kIdentity;
  add_vary(response);
  if (response.body.size() > kMaxCompressedBytes) return Encoding::kIdentity;
  const Encoding encoding = negotiate(request.header("Accept-Encoding").value_or(""));
  if (encoding == Encoding::kIdentity) return encoding;
  if (const std::string* etag = response.header("ETag")) {
    response.set_header("ETag", variant_etag(*etag, encoding));
  }
  response.headers.emplace_back("Content-Encoding", to_string(encoding));
  return encoding;
}

void encode_body(Response& response, Encoding encoding) {
  if (encoding == Encoding::kIdentity) return;
  response.body =
      compress(encoding, response.body, encoding == Encoding::kBrotli ? kBrotliLevel : kOtherLevel);
}

}  // namespace filmoteka::http
