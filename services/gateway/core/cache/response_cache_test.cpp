#include <gateway/core/cache/response_cache.hpp>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace filmoteka::gateway {
namespace {

std::shared_ptr<Entry> entry_of(std::string body) {
  OriginAnswer answer;
  answer.status = 200;
  answer.content_type = "application/json";
  answer.body = std::move(body);
  return std::make_shared<Entry>(std::move(answer), Freshness{}, SteadyTime{});
}

std::string body_of(const std::shared_ptr<Entry>& entry) {
  return entry->variants().get(http::Encoding::kIdentity)->body;
}

std::string key_of_number(std::size_t number) {
  return "/api/v1/movies?page=" + std::to_string(number);
}

TEST(ResponseCache, FindsWhatWasStoredUnderThatKeyOnly) {
  ResponseCache cache(CacheSettings{});
  cache.store("/a", entry_of("one"));
  EXPECT_EQ(body_of(cache.find("/a")), "one");
  EXPECT_EQ(cache.find("/a?"), nullptr);
  EXPECT_EQ(cache.find(""), nullptr);
}

TEST(ResponseCache, ReplacesAndChargesTheDifference) {
  ResponseCache cache(CacheSettings{});
  cache.store("/a", entry_of(std::string(5'000, 'x')));
  const std::size_t before = cache.bytes();
  cache.store("/a", entry_of("small"));
  EXPECT_EQ(body_of(cache.find("/a")), "small");
  EXPECT_EQ(cache.size(), 1U);
  EXPECT_GT(before - cache.bytes(), 4'990U);
  EXPECT_LT(before - cache.bytes(), 5'200U) << "the heads differ by a few headers";
}

TEST(ResponseCache, NeverHoldsMoreThanItMay) {
  ResponseCache cache(CacheSettings{.max_bytes = 200'000, .shards = 4});
  std::uint64_t evicted = 0;
  for (std::size_t i = 0; i < 1'000; ++i) {
    evicted += cache.store(key_of_number(i), entry_of(std::string(500 + i % 700, 'x')));
    ASSERT_LE(cache.bytes(), 200'000U);
  }
  EXPECT_GT(cache.size(), 30U);
  EXPECT_EQ(evicted + cache.size(), 1'000U);
}

TEST(ResponseCache, KeepsWhatIsAskedForWhileOthersPassThrough) {
  ResponseCache cache(CacheSettings{.max_bytes = 50'000, .shards = 1});
  cache.store("/hot", entry_of("hot"));
  for (std::size_t i = 0; i < 1'000; ++i) {
    ASSERT_NE(cache.find("/hot"), nullptr) << "after " << i;
    cache.store(key_of_number(i), entry_of("once"));
  }
}

TEST(ResponseCache, DoesNotKeepWhatIsLargerThanAShard) {
  ResponseCache cache(CacheSettings{.max_bytes = 40'000, .shards = 4});
  cache.store("/a", entry_of("old"));
  cache.store("/a", entry_of(std::string(20'000, 'x')));
  EXPECT_EQ(cache.find("/a"), nullptr) << "the old answer must not stand in for the new one";
  EXPECT_EQ(cache.bytes(), 0U);
}

TEST(ResponseCache, ChargesForVariantsThatWereAddedLater) {
  ResponseCache cache(CacheSettings{});
  const auto entry = entry_of(std::string(20'000, 'x'));
  cache.store("/a", entry);
  const std::size_t before = cache.bytes();
  ASSERT_TRUE(entry->variants().claim(http::Encoding::kGzip));
  entry->variants().compress(http::Encoding::kGzip, 5);
  cache.store("/a", entry);
  EXPECT_GT(cache.bytes(), before);
  EXPECT_EQ(cache.size(), 1U);
}

TEST(ResponseCache, AnEntryOutlivesItsEvictionWhileItIsInUse) {
  ResponseCache cache(CacheSettings{.max_bytes = 10'000, .shards = 1});
  cache.store("/a", entry_of("held"));
  const auto held = cache.find("/a");
  for (std::size_t i = 0; i < 100; ++i) cache.store(key_of_number(i), entry_of("x"));
  EXPECT_EQ(body_of(held), "held");
}

TEST(ResponseCache, CanBeUsedByManyThreads) {
  ResponseCache cache(CacheSettings{.max_bytes = 100'000, .shards = 4});
  std::vector<std::jthread> threads;
  for (std::size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&cache, t] {
      for (std::size_t i = 0; i < 3'000; ++i) {
        const std::size_t number = (i * 7 + t * 13) % 200;
        const auto found = cache.find(key_of_number(number));
        if (!found) {
          cache.store(key_of_number(number), entry_of(std::to_string(number) + std::string(1'200, ' ')));
          continue;
        }
        EXPECT_TRUE(body_of(found).starts_with(std::to_string(number) + " "));
        if (!found->variants().claim(http::Encoding::kGzip)) continue;
        found->variants().compress(http::Encoding::kGzip, 1);
        cache.store(key_of_number(number), found);
      }
    });
  }
  threads.clear();
  EXPECT_LE(cache.bytes(), 100'000U);
}

}  // namespace
}  // namespace filmoteka::gateway
