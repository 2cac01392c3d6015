/// What is shown of the client: metrics, log lines, a word on its health.
#pragma once

#include <filmoteka/base/error.hpp>
#include <filmoteka/redis/endpoint.hpp>
#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>

namespace filmoteka::redis {

/// Thread-safe.
class Probe {
 public:
  Probe(telemetry::Metrics& metrics, telemetry::Logger log, const Endpoint& endpoint);

  void answered(std::chrono::steady_clock::duration time);
  void failed(ErrorCode code);
  void refused();  ///< without asking Redis
  void connected();
  void connect_failed(const Error& error, bool is_first);
  void lost(const Error& error);
  void opened(std::string_view why);  ///< the breaker of one thread
  void closed();

  std::string describe() const;

 private:
  telemetry::Logger log_;
  std::string address_;
  telemetry::Counter& answered_;
  telemetry::Counter& timeouts_;
  telemetry::Counter& errors_;
  telemetry::Counter& refused_;
  telemetry::Histogram& seconds_;
  telemetry::Counter& connects_;
  telemetry::Counter& connect_failures_;
  telemetry::Gauge& connections_;
  telemetry::Gauge& open_breakers_;
  mutable std::mutex mutex_;  ///< guards problem_
  std::string problem_;       ///< empty: none
};

}  // namespace filmoteka::redis
