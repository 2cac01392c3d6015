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
    OriginRequest question;
    question.target = "/internal/v1/movies?per_page=1&fields=id&count=none";
    question.headers.emplace_back("X-Request-Id", telemetry::new_request_id().str());
    question.deadline = Deadline::after(kPatience);
    auto exchange = origin.send(question);
    const Result<OriginAnswer> answer = co_await std::move(exchange);
    const bool reachable = answer.has_value() && answer->status < 500;
    if (before != reachable) {
      if (reachable) log.info("the metadata service answers");
      if (!reachable) log.warning("the metadata service does not answer", {{"error", health.message()}});
    }
    before = reachable;
    auto pause = sleep_for(health.is_reachable() ? interval * 5 : interval);
    co_await std::move(pause);
  }
}

}  // namespace filmoteka::gateway
