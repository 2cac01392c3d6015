/// What a cache hit costs in the gateway, without the server around it.
#include <benchmark/benchmark.h>
#include <gateway/core/answer/contents.hpp>
#include <gateway/core/api_origin.hpp>
#include <gateway/handlers/api.hpp>

#include <array>
#include <memory>
#include <string>
#include <utility>

namespace filmoteka::gateway {
namespace {

/// Never asked: everything is in the cache.
class NoOrigin final : public Origin {
 public:
  Task<Result<OriginAnswer>> send(const OriginRequest&) override {
    co_return unavailable("not part of this");
  }
};

struct NoSink final : telemetry::LogSink {
  void write(std::string_view) override {}
};

struct Scene {
  Scene() {
    std::vector<std::unique_ptr<Origin>> origins;
    origins.push_back(std::make_unique<NoOrigin>());
    HttpCacheSettings settings;
    CacheRules rules;
    rules.make_content = api_content;
    origin.emplace(runtime, std::move(origins), settings, rules, nullptr, SystemClock::instance(), log,
                   metrics);
    handler.emplace(*origin, pool, SystemClock::instance());
    Freshness freshness;
    freshness.fresh = std::chrono::hours(1);
    for (int page = 1; page <= 1'000; ++page) {
      Asked asked;
      asked.key = "/api/v1/movies?genre=drama&sort=-views&page=" + std::to_string(page);
      asked.received_steady = SystemClock::instance().steady_now();
      OriginAnswer answer{200,
                          {{"Content-Type", "application/json; charset=utf-8"}, {"ETag", "\"r1\""}},
                          std::string(8'192, 'x')};
      const Received received = receive(*public_answer(std::move(answer), freshness), asked, rules);
      const auto& variants = received.storable->answer()->content.variants;
      variants->claim(http::Encoding::kBrotli);
      variants->compress(http::Encoding::kBrotli, 1);
      origin->store(asked.key, received.storable);
    }
  }

  Runtime runtime{1};
  telemetry::Logger log{std::make_shared<NoSink>(), telemetry::LogLevel::kOff, "gateway"};
  telemetry::Metrics metrics;
  BlockingPool pool{"compress", 1};
  std::optional<HttpCache> origin;
  std::optional<ApiHandler> handler;
};

void hit(benchmark::State& state, std::span<const http::HeaderView> headers) {
  const Scene scene;
  http::Request request;
  request.target = "/api/v1/movies?genre=drama&sort=-views&page=500";
  request.headers = headers;
  for (auto _ : state) benchmark::DoNotOptimize(scene.handler->hit(request));
}

void hit_of_a_program(benchmark::State& state) {
  constexpr std::array<http::HeaderView, 2> kHeaders = {{{"Host", "films.example"}, {"User-Agent", "wrk"}}};
  hit(state, kHeaders);
}
BENCHMARK(hit_of_a_program);

void hit_of_a_browser(benchmark::State& state) {
  constexpr std::array<http::HeaderView, 12> kHeaders = {{{"Host", "films.example"},
                                                          {"Connection", "keep-alive"},
                                                          {"sec-ch-ua-platform", "\"Linux\""},
                                                          {"User-Agent", "Mozilla/5.0 (X11; Linux x86_64)"},
                                                          {"Accept", "application/json"},
                                                          {"sec-ch-ua", "\"Chromium\";v=\"140\""},
                                                          {"sec-ch-ua-mobile", "?0"},
                                                          {"Sec-Fetch-Site", "same-origin"},
                                                          {"Sec-Fetch-Mode", "cors"},
                                                          {"Sec-Fetch-Dest", "empty"},
                                                          {"Accept-Encoding", "gzip, deflate, br, zstd"},
                                                          {"Accept-Language", "ru,en;q=0.9"}}};
  hit(state, kHeaders);
}
BENCHMARK(hit_of_a_browser);

}  // namespace
}  // namespace filmoteka::gateway
