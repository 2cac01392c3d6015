#include "conditional.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/http/encoding.hpp>

namespace filmoteka::http {
namespace {

bool describes_the_body(std::string_view name) {
  return equals_ignore_case_ascii(name, "Content-Type") || equals_ignore_case_ascii(name, "Content-Length") ||
         equals_ignore_case_ascii(name, "Content-Encoding");
}

/// The header lines of a ready answer.
Headers headers_of(const ReadyResponse& ready) {
  Headers headers;
  std::string_view rest = ready.head;
  rest.remove_prefix(rest.find("\r\n") + 2);
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find("\r\n"));
    rest.remove_prefix(line.size() + 2);
    const std::size_t colon = line.find(':');
    headers.emplace_back(line.substr(0, colon), trim(line.substr(colon + 1)));
  }
  return headers;
}

}  // namespace

void answer_if_unchanged(const Request& request, Response& response) {
  if (request.method != Method::kGet && request.method != Method::kHead) return;
  if (response.ready && response.ready->forwarded) return;
  const auto if_none_match = request.header("If-None-Match");
  if (!if_none_match || (response.ready ? response.ready->status : response.status) != 200) return;
  if (response.ready) {
    Headers headers = headers_of(*response.ready);
    headers.insert(headers.end(), response.headers.begin(), response.headers.end());
    Response unchanged;
    unchanged.headers = std::move(headers);
    unchanged.lines = response.lines;
    const std::string* etag = unchanged.header("ETag");
    if (etag == nullptr || !etag_matches(*if_none_match, *etag)) return;
    response = std::move(unchanged);
  } else {
    const std::string* etag = response.header("ETag");
    if (etag == nullptr || !etag_matches(*if_none_match, *etag)) return;
  }
  response.status = 304;
  response.body.clear();
  response.stream = nullptr;
  std::erase_if(response.headers, [](const auto& header) { return describes_the_body(header.first); });
}

}  // namespace filmoteka::http
