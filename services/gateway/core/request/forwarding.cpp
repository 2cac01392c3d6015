#include <filmoteka/base/strings.hpp>

#include <gateway/core/answer/contents.hpp>
#include <gateway/core/http_caching/storability.hpp>
#include <gateway/core/request/forwarding.hpp>

#include <algorithm>

namespace filmoteka::gateway {
namespace {

bool is_any_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::any_of(names, [&](auto known) { return equals_ignore_case_ascii(known, name); });
}

/// Preconditions of a kind that a cache does not judge (RFC 9111, 4.3.2).
bool is_for_the_origin(std::string_view name) {
  return is_any_of(name, {"If-Match", "If-Unmodified-Since"});
}

/// By which a client says that it has asked for something else than it has, or from elsewhere. Servers
/// believe it and answer accordingly, others would get that answer from the cache.
bool claims_another_request(std::string_view name) {
  constexpr std::string_view kForwarded = "X-Forwarded-";
  return equals_ignore_case_ascii(name.substr(0, kForwarded.size()), kForwarded) ||
         is_any_of(name, {"Forwarded", "X-Host", "X-Original-URL", "X-Original-Host", "X-Rewrite-URL",
                          "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"});
}

}  // namespace

HttpCache::Question forwarded_question(const http::Request& request) {
  const Fields fields(request.headers);
  HttpCache::Question question;
  question.key = request.target;
  question.host = fields.first("Host").value_or("");
  question.directives = request_directives(fields);
  question.is_authorized = fields.has("Authorization");
  question.only_for_origin =
      !request.body.empty() || fields.has("If-Match") || fields.has("If-Unmodified-Since");

  OriginRequest& forwarded = question.request;
  forwarded.method = request.method;
  if (request.method == http::Method::kOther) forwarded.method_name = request.method_name;
  forwarded.target = request.target;
  forwarded.headers = end_to_end(fields);
  std::erase_if(forwarded.headers, [](const auto& line) {
    return is_any_of(line.first, {"Host", "Expect", "X-Request-Id"}) || claims_another_request(line.first);
  });
  forwarded.headers.emplace_back("X-Request-Id", request.request_id);
  forwarded.headers.emplace_back("Via", kVia);
  forwarded.body = request.body;
  forwarded.deadline = request.deadline;
  return question;
}

bool wants_what_is_there(const http::Request& request) {
  const bool reads = request.method == http::Method::kGet || request.method == http::Method::kHead;
  return reads && request.body.empty() &&
         std::ranges::none_of(request.headers, [](const http::HeaderView& line) {
           return is_for_the_origin(line.name) || is_any_of(line.name, {"Cache-Control", "Pragma"});
         });
}

}  // namespace filmoteka::gateway
