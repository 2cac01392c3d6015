#include <filmoteka/async/event.hpp>
#include <filmoteka/telemetry/request_id.hpp>

#include <gateway/core/origin_probe.hpp>

#include <optional>
#include <string>
#include <utility>

namespace filmoteka::gateway {

Task<void> probe_origin(Origin& origin, const OriginHealth& health, std::chrono::milliseconds interval,
                        telemetry::Logger log) {
  constexpr std::chrono::milliseconds kPatience{2'000};
  std::optional<bool> before;
  for (;;) {
    const OriginRequest question{"/internal/v1/movies?per_page=1&fields=id&count=none",
                                 telemetry::new_request_id().str(), "", Deadline::after(kPatience)};
    auto exchange = origin.get(question);
    const Result<OriginAnswer> answer = co_await std::move(exchange);
    const bool reachable = answer.has_value();
    if (before != reachable) {
      if (reachable) log.info("the metadata service answers");
      if (!reachable)
        log.warning("the metadata service does not answer", {{"error", describe(answer.error())}});
    }
    before = reachable;
    auto pause = sleep_for(health.is_reachable() ? interval * 5 : interval);
    co_await std::move(pause);
  }
}

}  // namespace filmoteka::gateway
