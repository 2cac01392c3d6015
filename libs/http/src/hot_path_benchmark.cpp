// What the server adds to the kernel's work for one cached answer: everything but the socket.
#include "pipeline.hpp"
#include "response_writer.hpp"

#include <benchmark/benchmark.h>

namespace filmoteka::http {
namespace {

constexpr std::string_view kHead =
    "GET /api/v1/movies?genre=drama&page=2 HTTP/1.1\r\nHost: localhost:8080\r\nUser-Agent: benchmark/1.0\r\n"
    "Accept: application/json\r\nAccept-Encoding: gzip, br\r\nAccept-Language: ru\r\n\r\n";

class NullSink final : public telemetry::LogSink {
 public:
  void write(std::string_view line) override { benchmark::DoNotOptimize(line); }
};

Task<Response> nothing(const Request&) {
  co_return Response{};
}

void cached_answer(benchmark::State& state) {
  Router router;
  const auto ready = make_ready(200, {{"Content-Type", "application/json"}}, std::string(8192, 'x'));
  router.add(Method::kGet, "/api/v1/movies", nothing, [ready](const Request&) {
    std::optional<Response> response(std::in_place);
    response->ready = ready;
    return response;
  });
  telemetry::Metrics metrics;
  ServerSettings settings;
  settings.access_log = state.range(0) != 0;
  const ClientOf client_of;
  Pipeline pipeline(router,
                    telemetry::Logger(std::make_shared<NullSink>(), telemetry::LogLevel::kInfo, "bench"),
                    RequestMetrics(metrics, "bench", router.size()), settings, client_of);
  OutputQueue output;
  Exchange exchange;
  for (auto _ : state) {
    exchange.framing = std::get<Framing>(check_framing(kHead, {}));
    parse_request_head(kHead, exchange.head);
    exchange.start = std::chrono::steady_clock::now();
    pipeline.begin(exchange, "127.0.0.1");
    std::optional<Response> response = pipeline.answer_now(exchange);
    pipeline.finish(exchange, *response);
    const std::size_t bytes = write_response(
        output, std::move(*response),
        {"Date: Mon, 23 Nov 2026 06:25:01 GMT\r\n", exchange.request.request_id, false, false, true});
    pipeline.record(exchange, 200, bytes, {.cache = "hit"}, std::chrono::steady_clock::now());
    benchmark::DoNotOptimize(output.buffers());
    output.clear();
  }
}
BENCHMARK(cached_answer)->ArgName("access_log")->Arg(0)->Arg(1);

}  // namespace
}  // namespace filmoteka::http
