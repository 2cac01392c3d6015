#include <gateway/core/answer/variants.hpp>
#include <gateway/core/api_origin.hpp>
#include <gateway/core/api_route.hpp>
#include <gateway/core/http_caching/validators.hpp>

#include <utility>

namespace filmoteka::gateway {
namespace {

Error faulty(std::string detail) {
  return unavailable("The catalogue has a fault at the moment. Try again later.", std::move(detail));
}

/// Weak: the compressed variants have the same one.
std::string public_tag(const OriginAnswer& answer) {
  const std::string* given = answer.header("ETag");
  const auto tag = given == nullptr ? std::nullopt : parse_entity_tag(*given);
  const bool usable = tag && !tag->opaque.empty();
  return "W/\"" + (usable ? std::string(tag->opaque) : content_tag(answer.body)) + '"';
}

void copy(const OriginAnswer& from, std::string_view name, http::Headers& to) {
  if (const std::string* value = from.header(name)) to.emplace_back(name, *value);
}

}  // namespace

std::string Freshness::cache_control() const {
  return "public, max-age=" + std::to_string(fresh.count()) +
         ", stale-while-revalidate=" + std::to_string(stale_while_revalidate.count()) +
         ", stale-if-error=" + std::to_string(stale_if_error.count());
}

void LiveFreshness::store(const Freshness& freshness) {
  fresh_.store(freshness.fresh.count(), std::memory_order_relaxed);
  stale_while_revalidate_.store(freshness.stale_while_revalidate.count(), std::memory_order_relaxed);
  stale_if_error_.store(freshness.stale_if_error.count(), std::memory_order_relaxed);
  not_found_.store(freshness.not_found.count(), std::memory_order_relaxed);
}

Freshness LiveFreshness::load() const {
  const auto seconds = [](const Seconds& value) {
    return std::chrono::seconds(value.load(std::memory_order_relaxed));
  };
  return {seconds(fresh_), seconds(stale_while_revalidate_), seconds(stale_if_error_), seconds(not_found_)};
}

Result<OriginAnswer> public_answer(OriginAnswer answer, const Freshness& freshness) {
  http::Headers fields;
  for (const char* name : {"Content-Type", "Cache-Groups", "X-Catalogue-Revision"})
    copy(answer, name, fields);
  switch (answer.status) {
    case 200:
      fields.emplace_back("ETag", public_tag(answer));
      fields.emplace_back("Cache-Control", freshness.cache_control());
      if (const std::string* link = answer.header("Link")) {
        if (std::string links = public_links(*link); !links.empty()) fields.emplace_back("Link", links);
      }
      break;
    case 304:
      fields.emplace_back("Cache-Control", freshness.cache_control());
      if (answer.header("ETag") != nullptr) fields.emplace_back("ETag", public_tag(answer));
      break;
    case 202:
      fields.emplace_back("Cache-Control", "no-store");
      break;
    case 404:
      fields.emplace_back("Cache-Control", "max-age=" + std::to_string(freshness.not_found.count()));
      break;
    case 400:
    case 429:
      copy(answer, "Retry-After", fields);
      break;
    default:
      return faulty("metadata answered " + std::to_string(answer.status) + ": " + answer.body);
  }
  answer.headers = std::move(fields);
  return answer;
}

Task<Result<OriginAnswer>> ApiOrigin::send(const OriginRequest& request) {
  OriginRequest internal = request;
  internal.target = std::string(kInternalPrefix) + request.target;
  internal.headers.emplace_back("Accept", "application/json");
  auto sending = metadata_->send(internal);
  Result<OriginAnswer> answer = co_await std::move(sending);
  if (answer.has_error()) {
    const Error& error = answer.error();
    if (error.code == ErrorCode::kCorrupt) co_return faulty(describe(error));
    co_return answer;
  }
  co_return public_answer(std::move(*answer), freshness_.load());
}

}  // namespace filmoteka::gateway
