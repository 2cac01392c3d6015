/// Requests by route, method and class of status, and their times. Outermost, beside the access log.
#pragma once

#include "access_log.hpp"

#include <filmoteka/http/message.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace filmoteka::http {

/// One for each I/O thread. Each metric is looked up once, when its route first answers that way; routes come
/// from the router's patterns, so that clients cannot make up new ones.
class RequestMetrics {
 public:
  RequestMetrics(telemetry::Metrics& metrics, std::string server, std::size_t routes);
  /// `route_index` as in Router::Match.
  void record(std::size_t route_index, Method method, const RequestRecord& record);

 private:
  static constexpr std::size_t kMethods = 8;
  static constexpr std::size_t kClasses = 6;
  struct Route {
    std::array<telemetry::Counter*, kMethods * kClasses> requests{};
    telemetry::Histogram* seconds = nullptr;
  };

  telemetry::Counter& find_counter(Method method, std::size_t status_class, std::string_view route);
  telemetry::Histogram& find_histogram(std::string_view route);

  telemetry::Metrics& metrics_;
  std::string server_;
  std::vector<Route> routes_;
};

}  // namespace filmoteka::http
