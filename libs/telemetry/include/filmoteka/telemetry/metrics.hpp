/// Prometheus metrics. Names follow its conventions: filmoteka_<part>_<what>_<unit>[_total].
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::telemetry {

using Labels = std::map<std::string, std::string>;

/// Thread-safe, lock-free.
class Counter {
 public:
  virtual ~Counter() = default;
  virtual void increment(double by = 1) = 0;
};
class Gauge {
 public:
  virtual ~Gauge() = default;
  virtual void set(double value) = 0;
  virtual void add(double by) = 0;
};
class Histogram {
 public:
  virtual ~Histogram() = default;
  virtual void observe(double value) = 0;
};

/// Seconds, from half a millisecond to ten seconds: for the time of requests.
std::vector<double> latency_buckets();

/// The metrics of one process. Asking twice for the same name and labels gives the same metric; references
/// live as long as the registry. Creation takes a lock: do it once at start-up, not per request. Thread-safe.
class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  Counter& counter(const std::string& name, const std::string& help, const Labels& labels = {});
  Gauge& gauge(const std::string& name, const std::string& help, const Labels& labels = {});
  Histogram& histogram(const std::string& name, const std::string& help, const std::vector<double>& buckets,
                       const Labels& labels = {});
  /// A gauge whose value is read when the metrics are asked for. `read` is called from any thread.
  void gauge_callback(const std::string& name, const std::string& help, std::function<double()> read,
                      const Labels& labels = {});
  /// The same for a value that only grows.
  void counter_callback(const std::string& name, const std::string& help, std::function<double()> read,
                        const Labels& labels = {});

  /// The Prometheus text format, version 0.0.4.
  std::string render() const;

 private:
  class Registry;
  std::unique_ptr<Registry> registry_;
};

}  // namespace filmoteka::telemetry
