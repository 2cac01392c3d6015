/// Which questions are turned away under load, and how that is counted.
#pragma once

#include <filmoteka/base/error.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <gateway/core/limits/load_level.hpp>

namespace filmoteka::gateway {

/// Metrics: filmoteka_gateway_shed_requests_total{kind="expensive"|"other"}. Thread-safe.
class Shedding {
 public:
  explicit Shedding(telemetry::Metrics& metrics);

  /// True: it is turned away, and counted.
  bool turns_away(Load load, bool expensive) const;
  static bool would_turn_away(Load load, bool expensive) {
    return load == Load::kOverloaded || (load == Load::kBusy && expensive);
  }
  /// What whoever asked is told.
  static Error too_much_to_do();

 private:
  telemetry::Counter& expensive_;
  telemetry::Counter& other_;
};

}  // namespace filmoteka::gateway
