#include <gateway/core/limits/shedding.hpp>

namespace filmoteka::gateway {
namespace {

telemetry::Counter& shed_counter(telemetry::Metrics& metrics, const char* kind) {
  return metrics.counter("filmoteka_gateway_shed_requests_total",
                         "Questions that were not passed on to metadata because of too much work.",
                         {{"kind", kind}});
}

}  // namespace

Shedding::Shedding(telemetry::Metrics& metrics)
    : expensive_(shed_counter(metrics, "expensive")), other_(shed_counter(metrics, "other")) {}

bool Shedding::turns_away(Load load, bool expensive) const {
  if (!would_turn_away(load, expensive)) return false;
  (expensive ? expensive_ : other_).increment();
  return true;
}

Error Shedding::too_much_to_do() {
  return unavailable("There is more to do than can be done at the moment. Try again in some seconds.");
}

}  // namespace filmoteka::gateway
