#include <filmoteka/base/strings.hpp>

#include <gateway/core/answer/contents.hpp>
#include <gateway/core/answer/forwarded.hpp>
#include <gateway/core/http_caching/ranges.hpp>
#include <gateway/core/http_caching/validators.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::gateway {
namespace {

/// What a 304 repeats (RFC 9110, 15.4.5).
http::Headers fields_of_not_modified(const http::Headers& stored) {
  constexpr std::string_view kRepeated[] = {
      "Content-Location", "Date",    "ETag",          "Vary",
      "Cache-Control",    "Expires", "Last-Modified", "CDN-Cache-Control"};
  http::Headers fields;
  for (const auto& line : stored) {
    const bool repeated = std::ranges::any_of(
        kRepeated, [&](std::string_view name) { return equals_ignore_case_ascii(line.first, name); });
    if (repeated) fields.push_back(line);
  }
  return fields;
}

Variants::Ready part_of(const StoredAnswer& answer, const BodyPart& part) {
  http::Headers fields = answer.fields;
  fields.emplace_back("Content-Range", "bytes " + std::to_string(part.first) + '-' +
                                           std::to_string(part.last) + '/' +
                                           std::to_string(answer.body().size()));
  return forwarded_content(206, fields, answer.body().substr(part.first, part.last - part.first + 1)).whole;
}

Variants::Ready beyond(const StoredAnswer& answer) {
  const http::Headers fields = {{"Content-Range", "bytes */" + std::to_string(answer.body().size())}};
  return forwarded_content(416, fields, std::string{}).whole;
}

Variants::Ready choose(const StoredAnswer& answer, const http::Request& request) {
  const bool reads = request.method == http::Method::kGet || request.method == http::Method::kHead;
  if (!reads || answer.status != 200) return answer.content.whole;
  const Fields asked(request.headers);
  if (is_not_modified(asked, answer.fields, answer.received)) {
    return forwarded_content(304, fields_of_not_modified(answer.fields), std::string{}).whole;
  }
  if (request.method == http::Method::kHead) return answer.content.whole;
  const BodyRange range = select_range(asked, answer.fields, answer.body().size());
  if (const auto* part = std::get_if<BodyPart>(&range)) return part_of(answer, *part);
  return std::holds_alternative<Unsatisfiable>(range) ? beyond(answer) : answer.content.whole;
}

}  // namespace

http::Response forwarded_response(const StoredAnswer& answer, const http::Request& request,
                                  const CacheStatus& status, SteadyTime now) {
  http::Response response;
  response.ready = choose(answer, request);
  response.status = response.ready->status;
  const auto age = answer.age(now);
  const bool from_cache = status.forward == Forward::kNone || status.forward_status == 0;
  if (from_cache || age.count() > 0) response.headers.emplace_back("Age", std::to_string(age.count()));
  response.headers.emplace_back("Cache-Status", to_string(status));
  response.source.cache = to_string(result_of(status));
  return response;
}

}  // namespace filmoteka::gateway
