/// What counting a hit costs: the client's address from its text, the table, the headers.
#include <benchmark/benchmark.h>
#include <gateway/core/limits/limit_headers.hpp>

#include <string>
#include <vector>

namespace filmoteka::gateway {
namespace {

constexpr std::size_t kClients = 1'000'000;

std::vector<Address> clients() {
  std::vector<Address> all;
  for (std::size_t i = 0; i < kClients; ++i) {
    all.push_back(Address::parse("10." + std::to_string(i >> 16 & 255) + "." + std::to_string(i >> 8 & 255) +
                                 "." + std::to_string(i & 255))
                      .value());
  }
  return all;
}

void client_of_a_request(benchmark::State& state) {
  const TrustedProxies nobody;
  http::Request request;
  request.peer_address = "192.0.2.117";
  for (auto _ : state) benchmark::DoNotOptimize(nobody.client_of(request));
}
BENCHMARK(client_of_a_request);

/// range: how many clients take turns.
void check(benchmark::State& state) {
  Limits limits({true, 1'000'000, 1'000'000, 1'000'000, 1'000'000});
  const std::vector<Address> all = clients();
  const SteadyTime now{std::chrono::hours(1)};
  std::size_t next = 0;
  for (auto _ : state) {
    next = (next + 7'919) % static_cast<std::size_t>(state.range());
    benchmark::DoNotOptimize(limits.check(all[next], RouteClass::kCached, now));
  }
}
BENCHMARK(check)->Arg(1)->Arg(1'000)->Arg(kClients);

void headers(benchmark::State& state) {
  const Limits limits({});
  for (auto _ : state) {
    http::Response response;
    response.headers.reserve(4);
    add_limit_headers(response, limits, RouteClass::kCached, {true, 5'999, 1});
    benchmark::DoNotOptimize(response);
  }
}
BENCHMARK(headers);

}  // namespace
}  // namespace filmoteka::gateway
