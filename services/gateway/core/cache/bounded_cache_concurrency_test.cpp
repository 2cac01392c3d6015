/// What many threads do to one cache at the same time. ./test builds it with ThreadSanitizer too.
#include <gateway/core/cache/bounded_cache.hpp>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <thread>
#include <vector>

namespace filmoteka::gateway {
namespace {

struct Text {
  std::string text;
  std::size_t bytes() const { return text.size(); }
};
using Cache = BoundedCache<Text>;

constexpr std::size_t kThreads = 4;
constexpr std::size_t kKeys = 300;

std::string key_of(std::size_t number) {
  return "/api/v1/movies/" + std::to_string(number);
}

/// A text that says which key it is of, of a length that differs from time to time.
std::shared_ptr<Text> text_of(std::size_t number, std::size_t length) {
  return std::make_shared<Text>(Text{key_of(number) + ' ' + std::string(length, 'x')});
}

void use(Cache& cache, unsigned seed) {
  std::mt19937 random(seed);
  for (int step = 0; step < 10'000; ++step) {
    const std::size_t number = std::min(random() % kKeys, random() % kKeys);
    const std::string key = key_of(number);
    const auto what = random() % 16;
    if (what == 0) {
      cache.erase(key);
    } else if (what == 1) {
      EXPECT_LE(cache.bytes(), std::size_t{9} << 20);
    } else if (const auto found = cache.find(key)) {
      EXPECT_TRUE(found->text.starts_with(key + ' '));
    } else {
      cache.store(key, text_of(number, random() % 60'000));
    }
  }
}

TEST(BoundedCacheConcurrency, everybody_finds_what_belongs_to_his_key) {
  for (const std::size_t max_bytes : {std::size_t{1} << 20, std::size_t{9} << 20}) {  // one shard, two
    Cache cache(CacheSettings{.max_bytes = max_bytes});
    {
      std::vector<std::jthread> threads;
      for (unsigned t = 0; t < kThreads; ++t) threads.emplace_back(use, std::ref(cache), t);
    }
    EXPECT_LE(cache.bytes(), max_bytes);
    for (std::size_t i = 0; i < kKeys; ++i) cache.erase(key_of(i));
    EXPECT_EQ(cache.bytes(), 0U);
    EXPECT_EQ(cache.size(), 0U);
  }
}

}  // namespace
}  // namespace filmoteka::gateway
