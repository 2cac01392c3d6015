#include <gateway/core/answer/headers.hpp>
#include <gateway/core/cache/entry.hpp>

#include <utility>

namespace filmoteka::gateway {
namespace {

/// The opaque part of an entity tag: W/"x" and "x" give x. Empty for what is no entity tag.
std::string_view opaque(std::string_view tag) {
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  if (tag.size() < 3 || tag.front() != '"' || tag.back() != '"') return {};
  tag = tag.substr(1, tag.size() - 2);
  return tag.find('"') == std::string_view::npos ? tag : std::string_view{};
}

std::string tag_of(const OriginAnswer& answer) {
  const std::string* etag = answer.header("ETag");
  const auto given = etag == nullptr ? std::string_view{} : opaque(*etag);
  return given.empty() ? content_tag(answer.body) : std::string(given);
}

http::Headers headers_of(const OriginAnswer& answer, const Freshness& freshness) {
  http::Headers headers = api_headers();
  const std::string* type = answer.header("Content-Type");
  headers.emplace_back("Content-Type", type == nullptr ? std::string{} : *type);
  headers.emplace_back("Cache-Control", freshness.cache_control());
  const std::string* link = answer.header("Link");
  if (link != nullptr && !link->empty()) headers.emplace_back("Link", *link);
  return headers;
}

Variants variants_of(OriginAnswer answer, const Freshness& freshness) {
  // In this order: the body is read before it is moved.
  http::Headers headers = headers_of(answer, freshness);
  const std::string tag = tag_of(answer);
  return Variants(std::move(headers), tag, std::move(answer.body));
}

std::chrono::seconds whole_seconds(SteadyTime::duration span) {
  return std::chrono::floor<std::chrono::seconds>(span);
}

}  // namespace

std::string Freshness::cache_control() const {
  return "public, max-age=" + std::to_string(fresh.count()) +
         ", stale-while-revalidate=" + std::to_string(stale_while_revalidate.count()) +
         ", stale-if-error=" + std::to_string(stale_if_error.count());
}

Entry::Entry(OriginAnswer answer, const Freshness& freshness, SteadyTime stored_at)
    : stored_at_(stored_at),
      fresh_until_(stored_at + freshness.fresh),
      variants_(variants_of(std::move(answer), freshness)) {}

std::chrono::seconds Entry::age(SteadyTime now) const {
  return whole_seconds(now - stored_at_);
}

std::chrono::seconds Entry::time_to_live(SteadyTime now) const {
  return whole_seconds(fresh_until_ - now);
}

}  // namespace filmoteka::gateway
