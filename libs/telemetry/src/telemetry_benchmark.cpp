/// What an access-log line, a count and an id cost the thread that serves requests.
#include "descriptor_sink.hpp"

#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>
#include <filmoteka/telemetry/request_id.hpp>

#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

namespace filmoteka::telemetry {
namespace {

void access_log_line(benchmark::State& state) {
  const int descriptor = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  {
    const Logger log(std::make_shared<DescriptorSink>(descriptor), LogLevel::kInfo, "gateway");
    const RequestId id = new_request_id();
    for (auto step : state) {
      log.info("request",
               {{"request_id", id.view()},
                {"method", "GET"},
                {"path", "/api/v1/movies?genre=drama&page=2"},
                {"status", 200},
                {"bytes", 8'192U},
                {"milliseconds", 0.41},
                {"cache", "hit"},
                {"agent", "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0"}});
    }
  }
  ::close(descriptor);
}
BENCHMARK(access_log_line);

void count_and_time(benchmark::State& state) {
  Metrics metrics;
  Counter& requests = metrics.counter("requests_total", "Requests.");
  Histogram& seconds = metrics.histogram("seconds", "Time.", latency_buckets());
  for (auto step : state) {
    requests.increment();
    seconds.observe(0.0004);
  }
}
BENCHMARK(count_and_time);

void request_id(benchmark::State& state) {
  for (auto step : state) benchmark::DoNotOptimize(new_request_id());
}
BENCHMARK(request_id);

}  // namespace
}  // namespace filmoteka::telemetry
