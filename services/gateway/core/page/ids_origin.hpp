/// Metadata's lists of ids in the form in which they are kept for sitemaps.
#pragma once

#include <filmoteka/async/blocking_pool.hpp>

#include <gateway/core/origin.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace filmoteka::gateway {

/// Before the number of a sitemap: what IdsOrigin is asked for. No target of the API begins so.
inline constexpr std::string_view kIdsPrefix = "ids:";

/// Everything else goes to the origin behind it. The answer to file N is pack_ids(), to 0 the highest id as a
/// number. Kept for ten minutes whatever changes, and for a week while metadata is away: who reads sitemaps
/// comes once a day.
class IdsOrigin final : public Origin {
 public:
  /// `pool`: where the lists, of some MiB, are read.
  IdsOrigin(std::unique_ptr<Origin> api, BlockingPool& pool) : api_(std::move(api)), pool_(pool) {}
  Task<Result<OriginAnswer>> send(const OriginRequest& request) override;

 private:
  Task<Result<OriginAnswer>> ids_of(std::int64_t number, const OriginRequest& request);

  std::unique_ptr<Origin> api_;
  BlockingPool& pool_;
};

}  // namespace filmoteka::gateway
