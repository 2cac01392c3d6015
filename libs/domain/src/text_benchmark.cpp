#include <filmoteka/domain/text.hpp>

#include <benchmark/benchmark.h>

namespace filmoteka::domain {
namespace {

constexpr const char* kTitles[] = {"The Lord of the Rings: The Fellowship of the Ring",
                                   "Парень из Голливуда, или Необыкновенные приключения", "Les Misérables"};

void fold_title(benchmark::State& state) {
  const char* title = kTitles[state.range(0)];
  for (auto _ : state) benchmark::DoNotOptimize(fold(title));
}
BENCHMARK(fold_title)->DenseRange(0, 2);

void key_of_title(benchmark::State& state) {
  const char* title = kTitles[state.range(0)];
  for (auto _ : state) benchmark::DoNotOptimize(collation_key(title));
}
BENCHMARK(key_of_title)->DenseRange(0, 2);

}  // namespace
}  // namespace filmoteka::domain
