// Which eviction keeps what visitors ask for: hit ratios on made-up traces, as a table for
// docs/performance.md.
#include "lru.hpp"
#include "sieve.hpp"
#include "simulation.hpp"
#include "trace.hpp"

#include <gateway/core/cache/s3_fifo.hpp>

#include <cstdio>
#include <string>
#include <vector>

namespace {

using namespace filmoteka::bench;
using filmoteka::gateway::S3Fifo;
using filmoteka::gateway::S3FifoLinks;

struct Scenario {
  const char* name;
  double crawler_share;
  std::size_t drift_every;
};
constexpr Scenario kScenarios[] = {{"visitors", 0, 0},
                                   {"and a crawler, a third of all requests", 1.0 / 3, 0},
                                   {"visitors whose taste changes", 0, 20'000},
                                   {"both", 1.0 / 3, 20'000}};
constexpr std::size_t kMebibytes[] = {4, 16, 64, 256};

std::string cell(const HitRatio& ratio) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f (%.1f)", ratio.requests * 100, ratio.bytes * 100);
  return text;
}

void print(const Scenario& scenario) {
  const auto trace =
      make_trace({.crawler_share = scenario.crawler_share, .drift_every = scenario.drift_every});
  for (const std::size_t mebibytes : kMebibytes) {
    const std::size_t bytes = mebibytes << 20;
    std::printf("| %s | %zu | %s | %s | %s |\n", scenario.name, mebibytes,
                cell(simulate<S3Fifo, S3FifoLinks>(trace, bytes)).c_str(),
                cell(simulate<Sieve, Sieve::Links>(trace, bytes)).c_str(),
                cell(simulate<Lru, Lru::Links>(trace, bytes)).c_str());
  }
}

}  // namespace

int main() {
  std::puts("| trace | MiB | S3-FIFO | SIEVE | LRU |\n|---|---|---|---|---|");
  for (const Scenario& scenario : kScenarios) print(scenario);
}
