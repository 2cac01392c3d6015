#include "instruments.hpp"

#include <filmoteka/base/utf8.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <limits>
#include <mutex>
#include <stdexcept>
#include <utility>
#include <variant>

namespace filmoteka::telemetry {
namespace {

using Callback = std::function<double()>;
using Instrument = std::variant<std::unique_ptr<ShardedCounter>, std::unique_ptr<AtomicGauge>,
                                std::unique_ptr<ShardedHistogram>, Callback>;

/// Fills in what a metric says now.
struct Read {
  prometheus::ClientMetric& metric;
  void operator()(const std::unique_ptr<ShardedCounter>& counter) const {
    metric.counter.value = counter->value();
  }
  void operator()(const std::unique_ptr<AtomicGauge>& gauge) const { metric.gauge.value = gauge->value(); }
  void operator()(const Callback& read) const { metric.gauge.value = metric.counter.value = read(); }
  void operator()(const std::unique_ptr<ShardedHistogram>& histogram) const {
    const auto reading = histogram->read();
    std::uint64_t cumulative = 0;
    for (std::size_t i = 0; i < reading.counts.size(); ++i) {
      cumulative += reading.counts[i];
      const double bound =
          i < histogram->bounds().size() ? histogram->bounds()[i] : std::numeric_limits<double>::infinity();
      metric.histogram.bucket.push_back({cumulative, bound});
    }
    metric.histogram.sample_count = cumulative;
    metric.histogram.sample_sum = reading.sum;
  }
};

bool is_name(const std::string& name) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  const auto allowed = [&](char c) {
    return letter(c) || (c >= '0' && c <= '9');
  };
  return !name.empty() && letter(name.front()) && std::all_of(name.begin(), name.end(), allowed);
}

}  // namespace

class Metrics::Registry {
 public:
  /// The metric of this name and labels; `make` makes it if there is none.
  template <class Kind, class Make>
  Kind& find_or_add(prometheus::MetricType type, const std::string& name, const std::string& help,
                    const Labels& labels, const Make& make) {
    const std::lock_guard lock(mutex_);
    Family& family = find_family(type, name, help, labels);
    const auto [entry, added] = family.metrics.try_emplace(labels);
    if (added) entry->second = make();
    if (auto* found = std::get_if<Kind>(&entry->second)) return *found;
    throw std::logic_error("metric " + name + " was already made as another kind");
  }

  std::string render() const {
    std::vector<prometheus::MetricFamily> families;
    const std::lock_guard lock(mutex_);
    for (const auto& [name, family] : families_) {
      auto& out = families.emplace_back(prometheus::MetricFamily{name, family.help, family.type, {}});
      for (const auto& [labels, instrument] : family.metrics) {
        auto& metric = out.metric.emplace_back();
        for (const auto& [key, value] : labels) metric.label.push_back({key, replace_invalid_utf8(value)});
        std::visit(Read{metric}, instrument);
      }
    }
    return prometheus::TextSerializer().Serialize(families);
  }

 private:
  struct Family {
    prometheus::MetricType type = prometheus::MetricType::Untyped;
    std::string help;
    std::map<Labels, Instrument> metrics;
  };

  Family& find_family(prometheus::MetricType type, const std::string& name, const std::string& help,
                      const Labels& labels) {
    const bool names_ok = is_name(name) && std::all_of(labels.begin(), labels.end(), [](const auto& label) {
                            return is_name(label.first);
                          });
    if (!names_ok)
      throw std::invalid_argument("metric " + name + ": a name may have letters, digits and _ only");
    const auto [entry, added] = families_.try_emplace(name, Family{type, help, {}});
    if (entry->second.type != type)
      throw std::logic_error("metric " + name + " was already made as another kind");
    return entry->second;
  }

  mutable std::mutex mutex_;  ///< guards families_; the metrics in it are atomic
  std::map<std::string, Family> families_;
};

Metrics::Metrics() : registry_(std::make_unique<Registry>()) {}
Metrics::~Metrics() = default;

Counter& Metrics::counter(const std::string& name, const std::string& help, const Labels& labels) {
  return *registry_->find_or_add<std::unique_ptr<ShardedCounter>>(
      prometheus::MetricType::Counter, name, help, labels, [] { return std::make_unique<ShardedCounter>(); });
}

Gauge& Metrics::gauge(const std::string& name, const std::string& help, const Labels& labels) {
  return *registry_->find_or_add<std::unique_ptr<AtomicGauge>>(
      prometheus::MetricType::Gauge, name, help, labels, [] { return std::make_unique<AtomicGauge>(); });
}

Histogram& Metrics::histogram(const std::string& name, const std::string& help,
                              const std::vector<double>& buckets, const Labels& labels) {
  return *registry_->find_or_add<std::unique_ptr<ShardedHistogram>>(
      prometheus::MetricType::Histogram, name, help, labels,
      [&] { return std::make_unique<ShardedHistogram>(buckets); });
}

void Metrics::gauge_callback(const std::string& name, const std::string& help, std::function<double()> read,
                             const Labels& labels) {
  registry_->find_or_add<Callback>(prometheus::MetricType::Gauge, name, help, labels,
                                   [] { return Callback(); }) = std::move(read);
}

void Metrics::counter_callback(const std::string& name, const std::string& help, std::function<double()> read,
                               const Labels& labels) {
  registry_->find_or_add<Callback>(prometheus::MetricType::Counter, name, help, labels,
                                   [] { return Callback(); }) = std::move(read);
}

std::string Metrics::render() const {
  return registry_->render();
}

std::vector<double> latency_buckets() {
  return {0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10};
}

}  // namespace filmoteka::telemetry
