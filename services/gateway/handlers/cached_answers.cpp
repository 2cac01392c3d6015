#include <gateway/core/request/forwarding.hpp>
#include <gateway/handlers/cached_answers.hpp>

#include <utility>

namespace filmoteka::gateway {
namespace {

/// Fit for answers that are used for seconds: see http::compress.
constexpr int kGzipLevel = 5;
constexpr int kBrotliLevel = 4;

http::Response response_of(Variants::Ready ready, const StoredAnswer& answer, const CacheStatus& status,
                           SteadyTime now) {
  http::Response response;
  response.status = ready->status;
  response.ready = std::move(ready);
  response.headers.reserve(2);
  response.headers.emplace_back("Age", std::to_string(answer.age(now).count()));
  response.headers.emplace_back("Cache-Status", to_string(status));
  response.source.cache = to_string(result_of(status));
  return response;
}

}  // namespace

http::AnswerSource source_of(const HttpCache::Served& served) {
  return {to_string(result_of(served.status)), served.upstream};
}

std::optional<http::Response> CachedAnswers::hit(const http::Request& request) const {
  if (!wants_what_is_there(request)) return std::nullopt;
  const SteadyTime now = clock_.steady_now();
  const auto entry = cache_.fresh(request.target, request.headers, now);
  if (!entry || !entry->answer()->content.variants) return std::nullopt;
  Choice choice = choose(*entry->answer()->content.variants, request);
  if (choice.missing) return std::nullopt;
  cache_.count_hit();
  CacheStatus status;
  status.time_to_live = entry->answer()->time_to_live(now);
  return response_of(std::move(choice.response), *entry->answer(), status, now);
}

Task<http::Response> CachedAnswers::respond(HttpCache::Served served, std::string key,
                                            const http::Request& request) const {
  const auto& variants = served.entry->answer()->content.variants;
  Choice choice = choose(*variants, request);
  // One request makes the variant; others that want it meanwhile are content with the plain one.
  if (choice.missing && variants->claim(*choice.missing)) {
    const http::Encoding encoding = *choice.missing;
    const int level = encoding == http::Encoding::kBrotli ? kBrotliLevel : kGzipLevel;
    auto make = [variants, encoding, level] {
      variants->compress(encoding, level);
    };
    auto made = compression_.run(std::move(make));
    co_await std::move(made);
    cache_.store(key, served.entry);
    choice = choose(*variants, request);
  }
  http::Response response =
      response_of(std::move(choice.response), *served.entry->answer(), served.status, clock_.steady_now());
  response.source.upstream = std::move(served.upstream);
  co_return response;
}

}  // namespace filmoteka::gateway
