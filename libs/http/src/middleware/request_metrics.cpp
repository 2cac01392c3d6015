#include "request_metrics.hpp"

#include <algorithm>

namespace filmoteka::http {

RequestMetrics::RequestMetrics(telemetry::Metrics& metrics, std::string server, std::size_t routes)
    : metrics_(metrics), server_(std::move(server)), routes_(routes + 1) {}

telemetry::Counter& RequestMetrics::find_counter(Method method, std::size_t status_class,
                                                 std::string_view route) {
  return metrics_.counter("filmoteka_http_requests_total", "Requests answered.",
                          {{"server", server_},
                           {"route", std::string(route)},
                           {"method", std::string(to_string(method))},
                           {"status", std::to_string(status_class) + "xx"}});
}

telemetry::Histogram& RequestMetrics::find_histogram(std::string_view route) {
  return metrics_.histogram(
      "filmoteka_http_request_duration_seconds", "Time from the whole head of a request to its answer.",
      telemetry::latency_buckets(), {{"server", server_}, {"route", std::string(route)}});
}

void RequestMetrics::record(std::size_t route_index, Method method, const RequestRecord& record) {
  Route& route = routes_[route_index];
  const auto status_class = static_cast<std::size_t>(std::clamp(record.status / 100, 0, 5));
  telemetry::Counter*& counter = route.requests[static_cast<std::size_t>(method) * kClasses + status_class];
  if (counter == nullptr) counter = &find_counter(method, status_class, record.route);
  if (route.seconds == nullptr) route.seconds = &find_histogram(record.route);
  counter->increment();
  route.seconds->observe(std::chrono::duration<double>(record.time).count());
}

}  // namespace filmoteka::http
