/// The web app's pages, put together from the built page and an answer of the API, as if the metadata service
/// had them: so the cache keeps, coalesces and compresses them as it does all.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <gateway/core/api_origin.hpp>
#include <gateway/core/cache/http_cache.hpp>
#include <gateway/core/page/page_writer.hpp>

#include <functional>
#include <memory>
#include <string_view>
#include <utility>

namespace filmoteka::gateway {

/// Before a page_target(): what PageOrigin is asked for. No target of the API begins so.
inline constexpr std::string_view kPagePrefix = "page:";

/// Everything else goes to the origin behind it. A page is fresh as long as the answer that it is made of,
/// ends with the same changes of films (Cache-Groups), and is asked for again by browsers each time. Where
/// there is no such film the page says so, with 404; where there is no answer there is no page either.
class PageOrigin final : public Origin {
 public:
  using AskCache = std::function<Task<Result<HttpCache::Served>>(HttpCache::Question)>;

  PageOrigin(std::unique_ptr<Origin> api, AskCache cache, const PageWriter& writer,
             const LiveFreshness& freshness, const Clock& clock)
      : api_(std::move(api)),
        cache_(std::move(cache)),
        writer_(writer),
        freshness_(freshness),
        clock_(clock) {}
  Task<Result<OriginAnswer>> send(const OriginRequest& request) override;

 private:
  Task<Result<OriginAnswer>> page_of(const PageAddress& address, const OriginRequest& request);
  Result<OriginAnswer> page_from(const PageAddress& address, const StoredAnswer& data) const;

  std::unique_ptr<Origin> api_;
  AskCache cache_;
  const PageWriter& writer_;
  const LiveFreshness& freshness_;
  const Clock& clock_;
};

}  // namespace filmoteka::gateway
