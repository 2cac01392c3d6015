#include <gateway/core/answer/headers.hpp>
#include <gateway/core/answer/variants.hpp>
#include <gateway/core/api_route.hpp>
#include <gateway/core/page/page_origin.hpp>

#include <algorithm>
#include <limits>
#include <string>

namespace filmoteka::gateway {
namespace {

/// Of a page that is made of nothing that changes.
constexpr std::chrono::hours kLasting{24};
constexpr std::chrono::seconds kLeast{1};

/// What our own cache does with a page is said to it alone (RFC 9213).
OriginAnswer page(int status, std::string html, const std::string& lifetime, std::uint64_t revision) {
  http::Headers headers = site_headers();
  headers.emplace_back("Content-Type", "text/html; charset=utf-8");
  headers.emplace_back("Cache-Control", "no-cache");
  headers.emplace_back("CDN-Cache-Control", lifetime);
  headers.emplace_back("X-Catalogue-Revision", std::to_string(revision));
  if (status == 200) headers.emplace_back("ETag", "W/\"" + content_tag(html) + '"');
  return {status, std::move(headers), std::move(html)};
}

OriginAnswer lasting_page(std::string html) {
  Freshness lasting;
  lasting.fresh = kLasting;
  return page(200, std::move(html), lasting.cache_control(), std::numeric_limits<std::uint64_t>::max());
}

Error no_page(std::string why) {
  return unavailable("There is nothing to make the page of at the moment.", std::move(why));
}

}  // namespace

Task<Result<OriginAnswer>> PageOrigin::send(const OriginRequest& request) {
  std::string_view target = request.target;
  if (!target.starts_with(kPagePrefix)) {
    auto sending = api_->send(request);
    co_return co_await std::move(sending);
  }
  target.remove_prefix(kPagePrefix.size());
  const std::size_t end = target.find('?');
  const auto address =
      read_page_address(target.substr(0, end), end == target.npos ? "" : target.substr(end + 1));
  if (!address) co_return not_found("There is nothing at this address.");
  if (data_target(*address).empty()) co_return lasting_page(writer_.write(*address, "").value_or(""));
  auto making = page_of(*address, request);
  co_return co_await std::move(making);
}

Task<Result<OriginAnswer>> PageOrigin::page_of(const PageAddress& address, const OriginRequest& request) {
  HttpCache::Question question;
  question.request.target = data_target(address);
  question.key = key_of(question.request.target);
  question.request.deadline = request.deadline;
  for (const auto& header : request.headers) {
    if (header.first != "If-None-Match") question.request.headers.push_back(header);
  }
  auto asking = cache_(std::move(question));
  const Result<HttpCache::Served> served = co_await std::move(asking);
  if (served.has_error()) co_return served.error();
  co_return page_from(address, *served->entry->answer());
}

Result<OriginAnswer> PageOrigin::page_from(const PageAddress& address, const StoredAnswer& data) const {
  Freshness freshness = freshness_.load();
  const bool is_there = data.status == 200;
  if (!is_there && data.status != 404) {
    return no_page("the API answered " + std::to_string(data.status) + " to " + data_target(address));
  }
  auto html = is_there ? writer_.write(address, data.body()) : writer_.missing();
  if (!html) return no_page("the API's answer to " + data_target(address) + " cannot be read");
  const auto left = std::max(data.time_to_live(clock_.steady_now()), kLeast);
  freshness.fresh = std::min(is_there ? freshness.fresh : freshness.not_found, left);
  const std::string lifetime =
      is_there ? freshness.cache_control() : "max-age=" + std::to_string(freshness.fresh.count());
  OriginAnswer answer = page(data.status, std::move(*html), lifetime, data.stamp);
  const auto groups = Fields(data.fields).first("Cache-Groups");
  if (groups) answer.headers.emplace_back("Cache-Groups", *groups);
  return answer;
}

}  // namespace filmoteka::gateway
