/// The answers that are put together from several others, as if the metadata service had them: so the cache
/// keeps, coalesces and compresses them as it does all.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <gateway/core/aggregate/parts.hpp>
#include <gateway/core/api_origin.hpp>
#include <gateway/core/cache/http_cache.hpp>

#include <functional>
#include <memory>
#include <vector>

namespace filmoteka::gateway {

/// "/home" and "/movies/{id}?include=…"; everything else goes to the origin behind it. The parts are asked
/// for at once, through the cache, each with a lifetime of its own and a share of the deadline; the whole is
/// fresh as long as its oldest part. A part that fails is named in the answer, which is then kept for a
/// second only.
class AggregatingOrigin final : public Origin {
 public:
  using AskCache = std::function<Task<Result<HttpCache::Served>>(HttpCache::Question)>;

  AggregatingOrigin(std::unique_ptr<Origin> api, AskCache cache, const LiveFreshness& freshness,
                    const Clock& clock)
      : api_(std::move(api)), cache_(std::move(cache)), freshness_(freshness), clock_(clock) {}
  Task<Result<OriginAnswer>> send(const OriginRequest& request) override;

 private:
  struct Asked {
    const OriginRequest& request;
    Deadline deadline;
  };
  Task<Result<OriginAnswer>> home(const OriginRequest& request);
  Task<Result<OriginAnswer>> film_page(const OriginRequest& request, std::string_view film,
                                       std::string_view include);
  Task<std::vector<PartAnswer>> ask_all(const std::vector<Part>& parts, const Asked& asked);
  Task<void> ask(const Part& part, const Asked& asked, PartAnswer& answer);
  OriginAnswer answer_of(Assembled whole, const std::vector<PartAnswer>& parts, std::string groups) const;

  std::unique_ptr<Origin> api_;
  AskCache cache_;
  const LiveFreshness& freshness_;
  const Clock& clock_;
};

}  // namespace filmoteka::gateway
