#include <filmoteka/base/strings.hpp>

#include <gateway/core/page/ids_origin.hpp>
#include <gateway/core/page/sitemap.hpp>

#include <optional>

namespace filmoteka::gateway {
namespace {

constexpr const char* kLifetime = "max-age=600, stale-while-revalidate=600, stale-if-error=604800";

/// nullopt: it is not what was asked for.
std::optional<std::string> read_ids(std::int64_t number, std::string_view json) {
  if (number > 0) return pack_ids(json, ids_of_sitemap(number).first);
  const auto last = last_id_of(json);
  return last ? std::optional(std::to_string(*last)) : std::nullopt;
}

}  // namespace

Task<Result<OriginAnswer>> IdsOrigin::send(const OriginRequest& request) {
  const std::string_view target = request.target;
  const bool is_ours = target.starts_with(kIdsPrefix);
  const auto number = is_ours ? parse_number<std::int64_t>(target.substr(kIdsPrefix.size())) : std::nullopt;
  auto sending = number ? ids_of(*number, request) : api_->send(request);
  co_return co_await std::move(sending);
}

Task<Result<OriginAnswer>> IdsOrigin::ids_of(std::int64_t number, const OriginRequest& request) {
  const IdRange ids = number > 0 ? ids_of_sitemap(number) : IdRange{1, 1};
  OriginRequest asked = request;
  asked.target = "/ids?from=" + std::to_string(ids.first) + "&to=" + std::to_string(ids.last);
  auto sending = api_->send(asked);
  FILMOTEKA_CO_TRY(OriginAnswer list, co_await std::move(sending));
  auto read = [number, &list] {
    return list.status == 200 ? read_ids(number, list.body) : std::nullopt;
  };
  auto reading = pool_.run(std::move(read));
  std::optional<std::string> packed = co_await std::move(reading);
  if (!packed) {
    co_return unavailable("The list of films cannot be had at the moment. Try again later.",
                          asked.target + " was answered with " + std::to_string(list.status));
  }
  http::Headers headers{{"Content-Type", "application/octet-stream"}, {"CDN-Cache-Control", kLifetime}};
  if (const std::string* revision = list.header("X-Catalogue-Revision")) {
    headers.emplace_back("X-Catalogue-Revision", *revision);
  }
  co_return OriginAnswer{200, std::move(headers), std::move(*packed)};
}

}  // namespace filmoteka::gateway
