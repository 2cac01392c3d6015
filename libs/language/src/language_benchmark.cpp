#include <filmoteka/language/morphology.hpp>
#include <filmoteka/language/stem.hpp>
#include <filmoteka/language/transliteration.hpp>

#include <benchmark/benchmark.h>

namespace filmoteka::language {
namespace {

/// In the dictionary, with many е, and unknown.
constexpr const char* kWords[] = {"друзья", "переселенческие", "бэтменом"};

void lemmas_of_word(benchmark::State& state) {
  const Morphology morphology;
  const char* word = kWords[state.range(0)];
  for (auto _ : state) benchmark::DoNotOptimize(morphology.lemmas(word));
}
BENCHMARK(lemmas_of_word)->DenseRange(0, 2);

void stem_of_word(benchmark::State& state) {
  Stemmer stemmer;
  for (auto _ : state) benchmark::DoNotOptimize(stemmer.stem("переселенческие"));
}
BENCHMARK(stem_of_word);

constexpr const char* kTransliterated[] = {"batman", "transformers", "спайдермен"};

void transliterations_of_word(benchmark::State& state) {
  const char* word = kTransliterated[state.range(0)];
  for (auto _ : state) benchmark::DoNotOptimize(transliterations(word));
}
BENCHMARK(transliterations_of_word)->DenseRange(0, 2);

}  // namespace
}  // namespace filmoteka::language
